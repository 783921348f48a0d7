import {MemError} from '../../errors.js';

/*
 * A schedule's block in the text of a crontab. What stands around it is other people's: it is kept byte for byte, and a block that is not
 * exactly one pair of its two lines is not touched, since nobody can tell then what is whose.
 */

/** A crontab in its parts. */
interface CrontabParts {
  readonly before: string;
  /** With both its marking lines; empty when there is none. */
  readonly block: string;
  readonly after: string;
}

export const blockStart = (id: string): string => `# >>> mem schedule ${id} >>>`;
export const blockEnd = (id: string): string => `# <<< mem schedule ${id} <<<`;

/** @throws MemError CONFIG_INVALID when the block is damaged */
export function findBlock(text: string, id: string): CrontabParts {
  const lines = linesOf(text);
  const starts = lines.filter(({line}) => line === blockStart(id));
  const ends = lines.filter(({line}) => line === blockEnd(id));
  // Saved by an editor for Windows: taken for others' lines, it would stay for ever beside the new block.
  if (lines.some(({line}) => line === `${blockStart(id)}\r` || line === `${blockEnd(id)}\r`)) throw damaged(id, 'its lines end with CR');
  const [start] = starts;
  const [end] = ends;
  if (start === undefined && end === undefined) return {before: text, block: '', after: ''};
  if (start === undefined || end === undefined || starts.length > 1 || ends.length > 1 || end.from < start.from)
    throw damaged(id, `${starts.length} of its first line and ${ends.length} of its last`);
  return {before: text.slice(0, start.from), block: text.slice(start.from, end.to), after: text.slice(end.to)};
}

/**
 * `text` with the block in the place of the old one, or at the end where there is none; without it when `block` is empty.
 * A last line without a line feed gets one before the block, and keeps it: crontab(1) refuses such a table.
 */
export function withBlock(text: string, id: string, block: string): string {
  const {before, block: old, after} = findBlock(text, id);
  if (block === '' || old !== '' || before === '' || before.endsWith('\n')) return before + block + after;
  return `${before}\n${block}`;
}

function linesOf(text: string): readonly {readonly line: string; readonly from: number; readonly to: number}[] {
  const lines = [];
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed + 1;
    lines.push({line: text.slice(from, feed < 0 ? text.length : feed), from, to});
    from = to;
  }
  return lines;
}

function damaged(id: string, why: string): MemError {
  return new MemError('CONFIG_INVALID', `mem's block in the crontab is damaged: ${why}`, {
    hint: `with crontab -e take out everything between "${blockStart(id)}" and "${blockEnd(id)}", and these lines, then run: mem install-schedule`,
  });
}
