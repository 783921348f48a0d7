import {Box, Transform} from 'ink';
import {styled} from '../../text/line.js';
import {beginDoc, helpDoc, unreadableDoc} from '../docs/help-doc.js';
import {hitBlock, hitsDoc} from '../docs/hits-doc.js';
import {projectsDoc} from '../docs/projects-doc.js';
import {TOP} from '../docs/scroll.js';
import {MARGIN, type Pane, panesOf} from '../state/panes.js';
import type {BrowserState} from '../state/state.js';
import {ansiLine} from './ansi.js';
import {Footer} from './footer.js';
import {Heading} from './heading.js';
import {EventList, Tree} from './list.js';
import {ChoicePage, Page, Reader} from './reader.js';
import {ColorContext, placed} from './row.js';

export interface ScreenProps {
  readonly state: BrowserState;
  readonly color: boolean;
}

/** All that a state looks like. Only what is on the screen is laid out. */
export function Screen({state, color}: ScreenProps) {
  const {heading, height, footer} = panesOf(state);
  const {columns, rows} = state.size;
  return (
    <ColorContext value={color}>
      <Box flexDirection="column" width={columns} height={rows}>
        {heading === 1 && <Heading state={state} columns={columns} />}
        <Box height={height}>
          <Body state={state} />
        </Box>
        <Footer state={state} columns={columns} rows={footer} />
      </Box>
    </ColorContext>
  );
}

function Body({state}: {readonly state: BrowserState}) {
  const {list, reader, height} = panesOf(state);
  const {events, help, store, tree, prompt, search, projects} = state;
  const width = state.size.columns;
  if (help !== undefined) return <Page doc={helpDoc(width)} top={help} width={width} height={height} />;
  if (store.kind === 'empty') return <Page doc={beginDoc(width)} top={TOP} width={width} height={height} />;
  if (store.kind === 'failed' && tree.rows.length === 0)
    return <Page doc={unreadableDoc(store.message, width)} top={TOP} width={width} height={height} />;
  if (prompt?.kind === 'search')
    return (
      <ChoicePage doc={hitsDoc(state, width - MARGIN)} top={search.top} cursor={hitBlock(search.cursor)} width={width} height={height} />
    );
  if (prompt?.kind === 'project')
    return <ChoicePage doc={projectsDoc(state)} top={projects.top} cursor={projects.cursor} width={width} height={height} />;
  return (
    <>
      {list !== undefined && (
        <Box flexDirection="column" width={list.width}>
          {events === undefined ? (
            <Tree state={state} pane={list} height={height} />
          ) : (
            <EventList state={state} events={events} pane={list} height={height} />
          )}
        </Box>
      )}
      {list !== undefined && reader !== undefined && <Divider before={reader} height={height} />}
      {reader !== undefined && (
        <Box flexDirection="column" width={reader.width}>
          <Reader state={state} pane={reader} height={height} />
        </Box>
      )}
    </>
  );
}

/** The line between two panes, with a column free on both sides. What reaches over it, where a terminal sees text wider, is erased. */
function Divider({before, height}: {readonly before: Pane; readonly height: number}) {
  const line = ansiLine([styled('dim', '│')], true);
  return (
    <Box marginX={1}>
      <Transform transform={(drawn) => placed(`\x1b[K${drawn}`, before.column - 2)}>
        {Array.from({length: height}, () => line).join('\n')}
      </Transform>
    </Box>
  );
}
