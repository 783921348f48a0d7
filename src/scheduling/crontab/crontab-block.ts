import {MemError} from '../../errors.js';

/*
 * A schedule's block in the text of a crontab. The lines around it belong to others and are kept byte for byte. A block without exactly one
 * first line and one last line is not touched, since nobody can tell which lines are mem's.
 */

/** A crontab in its parts. */
interface CrontabParts {
  readonly before: string;
  /** With both its marking lines; empty when the crontab has no block. */
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
  // An editor for Windows saved it. Treated as lines of others, it would stay for ever beside the new block.
  if (lines.some(({line}) => line === `${blockStart(id)}\r` || line === `${blockEnd(id)}\r`)) throw damaged(id, 'its lines end with CR');
  const [start] = starts;
  const [end] = ends;
  if (start === undefined && end === undefined) return {before: text, block: '', after: ''};
  if (start === undefined || end === undefined || starts.length > 1 || ends.length > 1 || end.from < start.from)
    throw damaged(id, `first lines: ${starts.length}, last lines: ${ends.length}`);
  return {before: text.slice(0, start.from), block: text.slice(start.from, end.to), after: text.slice(end.to)};
}

/**
 * Replaces the block in `text`, or adds it at the end if `text` has no block; an empty `block` removes it.
 * A last line without a line feed gets one before the block, and keeps it: crontab(1) refuses a table without it.
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
    hint: `with crontab -e remove everything from "${blockStart(id)}" to "${blockEnd(id)}", with these lines, then run: mem install-schedule`,
  });
}
