import type {AST} from '@eslint-community/regexpp';
import {allChars, areDisjoint, type CharSet, charsOf, noChars, union} from './char-set.js';

/** What may come behind an element for the whole to match. */
interface Follow {
  readonly first: CharSet;
  /** Nothing has to come. */
  readonly isEnd: boolean;
}

/** Upper bounds for one place of a text at which an expression is tried, and what it takes at least. */
export interface PatternCost {
  readonly steps: number;
  /** In how many ways it can match, which is how often what stands behind it is tried. */
  readonly ways: number;
  /** Characters of the shortest match. */
  readonly least: number;
}

const END: Follow = {first: noChars(), isEnd: true};

/**
 * How long a backtracking matcher can take. A quantifier gives characters back one by one when what is behind it fails; where what is behind
 * cannot begin with what is given back, each of that fails at once, and the quantifier counts as matching in one way.
 */
export function patternCost(pattern: AST.Pattern): PatternCost {
  return alternativesCost(pattern.alternatives, END);
}

function alternativesCost(alternatives: readonly AST.Alternative[], follow: Follow): PatternCost {
  const costs = alternatives.map(({elements}) => sequenceCost(elements, follow));
  return {
    steps: sum(costs.map(({steps}) => steps)),
    ways: sum(costs.map(({ways}) => ways)),
    least: Math.min(...costs.map(({least}) => least)),
  };
}

function sequenceCost(elements: readonly AST.Element[], follow: Follow): PatternCost {
  let [steps, ways, least] = [0, 1, 0];
  for (const [at, element] of elements.entries()) {
    const cost = elementCost(element, sequenceStart(elements.slice(at + 1), follow));
    steps += ways * cost.steps;
    ways *= cost.ways;
    least += cost.least;
  }
  return {steps, ways, least};
}

function elementCost(element: AST.Element, follow: Follow): PatternCost {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return alternativesCost(element.alternatives, follow);
    case 'Quantifier':
      return quantifierCost(element, follow);
    case 'Assertion': {
      // What it looks at is not looked at again.
      const isLook = element.kind === 'lookahead' || element.kind === 'lookbehind';
      return {steps: isLook ? alternativesCost(element.alternatives, END).steps : 1, ways: 1, least: 0};
    }
    default:
      return {steps: 1, ways: 1, least: 1};
  }
}

function quantifierCost({element, min, max}: AST.Quantifier, follow: Follow): PatternCost {
  const again = startOf(element, follow);
  const isSure = follow.isEnd || areDisjoint(again.first, follow.first);
  // Only the last repetition that has to be is followed by the end.
  const inner = elementCost(element, {first: union(again.first, follow.first), isEnd: follow.isEnd && min <= 1});
  const least = min * inner.least;
  if (inner.ways === 1) return {steps: Math.max(1, max) * inner.steps, ways: isSure ? 1 : max - min + 1, least};
  // Each repetition matches in several ways: they multiply.
  let [ways, steps, power] = [min === 0 ? 1 : 0, 1, 1];
  for (let count = 1; count <= max && Number.isFinite(power); count++) {
    steps += power * inner.steps;
    power *= inner.ways;
    if (count >= min) ways += power;
  }
  return {steps, ways, least};
}

/** What an element can begin with, and what is behind it where it can be empty. */
function startOf(element: AST.Element, follow: Follow): Follow {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup': {
      const starts = element.alternatives.map(({elements}) => sequenceStart(elements, follow));
      return {first: union(...starts.map(({first}) => first)), isEnd: starts.some(({isEnd}) => isEnd)};
    }
    case 'Quantifier': {
      const own = startOf(element.element, follow);
      return element.min > 0 ? own : {first: union(own.first, follow.first), isEnd: own.isEnd || follow.isEnd};
    }
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return {first: charsOf(element.raw), isEnd: false};
    default:
      // An assertion can fail whatever comes.
      return {first: allChars(), isEnd: false};
  }
}

function sequenceStart(elements: readonly AST.Element[], follow: Follow): Follow {
  return elements.reduceRight<Follow>((behind, element) => startOf(element, behind), follow);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
