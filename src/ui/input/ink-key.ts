import type {Key as InkKey} from 'ink';
import type {Key, NamedKey} from './key.js';

const NAMES: readonly (readonly [keyof InkKey, NamedKey])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
];
const CONTROLS: Readonly<Record<string, NamedKey>> = {c: 'ctrl-c', l: 'ctrl-l', u: 'ctrl-u', z: 'ctrl-z'};

/** What a key of Ink's means here; undefined: nothing. @param input what Ink hands over with it */
export function keyOf(input: string, key: InkKey): Key | undefined {
  const [, name] = NAMES.find(([flag]) => key[flag]) ?? [];
  if (name !== undefined) return {kind: 'named', name};
  if (key.tab) return key.shift ? undefined : {kind: 'named', name: 'tab'};
  if (key.ctrl) {
    const control = CONTROLS[input];
    return control && {kind: 'named', name: control};
  }
  // A line feed has no flag of its own.
  if (input === '\n') return {kind: 'named', name: 'enter'};
  // Of a sequence that it does not know Ink hands over all but the escape.
  const isCharacter = [...input].length === 1 && !/[\x00-\x1f\x7f-\x9f]/.test(input);
  return isCharacter ? {kind: 'char', char: input} : undefined;
}
