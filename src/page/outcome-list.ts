import type {EventId} from '../domain/event/event.js';
import type {Fact} from '../domain/facts/fact.js';
import type {ShownNode} from '../domain/toc/shown-node.js';
import {count} from '../text/node-text.js';
import {type Html, html, proseHtml} from './html.js';
import {type Outcome, outcomesOf, shortRef} from './outcomes.js';

const MOST_OUTCOMES = 12;
const MOST_COMMITS = 6;

/** What was committed and proposed, branch by branch. @param numberOf an event on the page */
export function outcomeList(nodes: readonly ShownNode[], numberOf: (id: EventId) => number | undefined): Html | string {
  const outcomes = outcomesOf(nodes);
  if (outcomes.length === 0) return '';
  const more = outcomes.length - MOST_OUTCOMES;
  const rest = more > 0 ? html`<p class="note">and ${count(more, 'more branch').replace(/branchs$/, 'branches')}</p>` : '';
  const hasManyProjects = new Set(outcomes.map(({project}) => project)).size > 1;
  return html`<section class="card outcomes"><h2>What came out</h2>
${outcomes.slice(0, MOST_OUTCOMES).map((outcome) => outcomeRow(outcome, hasManyProjects, numberOf))}${rest}</section>`;
}

function outcomeRow(
  {branch, project, pullRequests, commits}: Outcome,
  tellsProject: boolean,
  numberOf: (id: EventId) => number | undefined,
): Html {
  const where = tellsProject && project !== '' ? html`<span class="where">${project}</span>` : '';
  const name = branch === '' ? 'no branch of its own' : branch;
  const hidden = commits.slice(MOST_COMMITS);
  const rows = [...pullRequests, ...commits.slice(0, MOST_COMMITS)].map((fact) => factRow(fact, numberOf));
  const folded =
    hidden.length > 0
      ? html`<details><summary>${count(hidden.length, 'more commit')}</summary><ul>${hidden.map((fact) => factRow(fact, numberOf))}</ul></details>`
      : '';
  return html`<h3>${name}${where}</h3><ul>${rows}</ul>${folded}
`;
}

function factRow(fact: Fact, numberOf: (id: EventId) => number | undefined): Html {
  const ref = shortRef(fact);
  const cites = fact.eventIds.flatMap((id) => {
    const number = numberOf(id);
    return number === undefined ? [] : [html`<a class="cite" href="#e${number}" title="what was said">${number}</a>`];
  });
  return html`<li class="${fact.kind}">${ref === '' ? '' : html`<span class="ref">${ref}</span>`}${proseHtml(fact.text)}${cites}</li>
`;
}
