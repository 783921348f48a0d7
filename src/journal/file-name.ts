import type {JournalKind} from '../domain/journal/journal-end.js';
import type {JournalFile} from './journal.js';

/** The parts of a file's name. */
export type FileNameParts = Pick<JournalFile, 'kind' | 'month' | 'number' | 'generation' | 'hash'>;

const NAME = /^(nodes-)?(\d{4}-(?:0[1-9]|1[0-2]))-(\d{3,9})(?:\.([1-9]\d{0,8})\.([0-9a-f]{32}))?\.(jsonl|nodes|forgotten)\.gz$/;
const WRITER = /^[0-9a-z]{8,32}$/;

const ENDING: Readonly<Record<JournalKind, string>> = {event: 'jsonl', node: 'nodes', forgotten: 'forgotten'};
const KIND: Readonly<Record<string, JournalKind>> = {jsonl: 'event', nodes: 'node', forgotten: 'forgotten'};

export const isWriterName = (name: string): boolean => WRITER.test(name);

/** `2024-01-001.jsonl.gz`; sealed `2024-01-001.1.<hash>.jsonl.gz`. Nodes have names that begin with `nodes-`. */
export function formatFileName({kind, month, number, generation, hash}: FileNameParts): string {
  const start = `${kind === 'node' ? 'nodes-' : ''}${month}-${String(number).padStart(3, '0')}`;
  return `${start}${generation === 0 ? '' : `.${generation}.${hash}`}.${ENDING[kind]}.gz`;
}

/** Undefined for what is no name of a journal's file. */
export function parseFileName(name: string): FileNameParts | undefined {
  const [, nodes, month = '', number = '', generation = '0', hash = '', ending = ''] = NAME.exec(name) ?? [];
  const kind = KIND[ending];
  if (kind === undefined) return undefined;
  const parts = {kind, month, number: Number(number), generation: Number(generation), hash};
  // A number has one spelling, and only nodes have their prefix.
  return (nodes !== undefined) === (kind === 'node') && formatFileName(parts) === name ? parts : undefined;
}
