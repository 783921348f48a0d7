import type {EventId, SessionKey} from '../../domain/event/event.js';
import {FACT_KINDS, FACT_STATES, type Fact} from '../../domain/facts/fact.js';
import type {Workstream} from '../../domain/facts/workstream.js';
import {parseFailureReason} from '../../domain/model/failure-reason.js';
import {Fields, isRecord, isText} from '../../domain/stored/fields.js';
import type {NodeBullet, NodePointer, SegmentFacts, TocNode} from '../../domain/toc/node.js';
import {isSegmentId, type NodeId, type SegmentId} from '../../domain/toc/node-id.js';
import {nodeIdOfKey, nodeIdOfVersionKey} from './keys.js';
import {formatJson, parseJson} from './records.js';

/*
 * Nodes and pointers as they are stored: version 2 of a node, which has facts and workstreams, version 1 of a pointer. Their ids are those
 * of their keys.
 */

const NODE_SHAPE = 2;

export function formatNode(node: TocNode): Buffer {
  return formatJson({v: NODE_SHAPE, ...node});
}

const STATUSES = ['current', 'retracted'] as const;

export function parseNode(key: string, bytes: Buffer): TocNode {
  const fields = new Fields(key, parseJson(bytes), NODE_SHAPE);
  const id = nodeIdOfVersionKey(key);
  checkId(fields, id);
  const version = {
    version: fields.number('version'),
    status: fields.oneOf('status', STATUSES),
    title: fields.text('title'),
    start: fields.instant('start'),
    end: fields.instant('end'),
    bullets: fields.list('bullets', isBullet),
    keywords: fields.texts('keywords'),
    facts: fields.has('facts') ? fields.list('facts', isFact) : [],
    workstreams: fields.has('workstreams') ? fields.list('workstreams', isWorkstream) : [],
    createdAt: fields.instant('createdAt'),
    rulesVersion: fields.has('rulesVersion') ? fields.number('rulesVersion') : 1,
    ...(fields.has('inputsSince') && {inputsSince: fields.instant('inputsSince')}),
    summarizer: fields.text('summarizer'),
    ...(fields.has('fallback') && {fallback: parseFailureReason(fields.text('fallback'))}),
    inputFingerprint: fields.text('inputFingerprint'),
    contentDigest: fields.text('contentDigest'),
  };
  if (!isSegmentId(id)) return {id, childIds: fields.list('childIds', isStoredNodeId), ...version};
  return {
    id,
    childIds: fields.list('childIds', isEventId),
    ...version,
    segment: parseFacts(fields.inner('segment')),
    ...(fields.has('replacedBy') && {replacedBy: fields.list('replacedBy', isStoredSegmentId)}),
    ...(fields.has('replaces') && {replaces: fields.list('replaces', isStoredSegmentId)}),
  };
}

export function parsePointer(key: string, bytes: Buffer): NodePointer {
  const fields = new Fields(key, parseJson(bytes));
  const id = nodeIdOfKey(key);
  checkId(fields, id);
  const pointer = {
    version: fields.number('version'),
    status: fields.oneOf('status', STATUSES),
    start: fields.instant('start'),
    end: fields.instant('end'),
    inputFingerprint: fields.text('inputFingerprint'),
    contentDigest: fields.text('contentDigest'),
  };
  if (!isSegmentId(id)) return {id, ...pointer};
  return {
    id,
    ...pointer,
    sessionKey: sessionKeyIn(fields),
    ...(fields.has('replacedBy') && {replacedBy: fields.list('replacedBy', isStoredSegmentId)}),
  };
}

function parseFacts(fields: Fields): SegmentFacts {
  return {
    sessionKey: sessionKeyIn(fields),
    sessionId: fields.text('sessionId'),
    eventCount: fields.number('eventCount'),
    tokenCount: fields.number('tokenCount'),
    agents: fields.texts('agents'),
    projects: fields.texts('projects'),
  };
}

function checkId(fields: Fields, id: NodeId): void {
  if (fields.text('id') !== id) throw fields.fault('id');
}

function sessionKeyIn(fields: Fields): SessionKey {
  const text = fields.text('sessionKey');
  if (!isSessionKey(text)) throw fields.fault('sessionKey');
  return text;
}

const isSessionKey = (text: string): text is SessionKey => text !== '';
const isEventId = (value: unknown): value is EventId => isText(value) && value.length === 26;
const isStoredNodeId = (value: unknown): value is NodeId => isText(value) && value.startsWith('toc:');
const isStoredSegmentId = (value: unknown): value is SegmentId => isText(value) && value.startsWith('toc:segment:');
const isMaybeText = (value: unknown): value is string | undefined => value === undefined || isText(value);
const areEventIds = (value: unknown): value is readonly EventId[] => Array.isArray(value) && value.every(isEventId);
const isOneOf = (value: unknown, known: readonly string[]): boolean => isText(value) && known.includes(value);
const isBullet = (value: unknown): value is NodeBullet =>
  isRecord(value) && isText(value['text']) && areEventIds(value['eventIds']) && isMaybeText(value['workstream']);
const isFact = (value: unknown): value is Fact =>
  isRecord(value) &&
  isOneOf(value['kind'], FACT_KINDS) &&
  isText(value['text']) &&
  isMaybeText(value['ref']) &&
  (value['lines'] === undefined || typeof value['lines'] === 'number') &&
  (value['state'] === undefined || isOneOf(value['state'], FACT_STATES)) &&
  areEventIds(value['eventIds']) &&
  isMaybeText(value['workstream']);
const isWorkstream = (value: unknown): value is Workstream =>
  isRecord(value) &&
  ['id', 'project', 'branch'].every((name) => isText(value[name])) &&
  ['events', 'commits', 'days'].every((name) => typeof value[name] === 'number');
