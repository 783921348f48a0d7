/** A key, or what the mouse did, as the browser knows it. */
export type Key =
  | {readonly kind: 'named'; readonly name: NamedKey}
  | {readonly kind: 'char'; readonly char: string}
  /** Came with a paste: text, whatever the key would do. */
  | {readonly kind: 'pasted'; readonly char: string}
  | MouseKey;

/** Columns and rows from 0. */
export type MouseKey =
  | {readonly kind: 'wheel'; readonly by: 1 | -1; readonly column: number; readonly row: number}
  | {readonly kind: 'click'; readonly column: number; readonly row: number};

export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'tab'
  | 'ctrl-c'
  | 'ctrl-l'
  | 'ctrl-u'
  | 'ctrl-z';
