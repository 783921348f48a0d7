import type {EpochMs} from '../domain/event/event.js';
import {DAY_MS} from '../domain/time/durations.js';
import {instant} from '../domain/time/instant.js';
import {readOwnFile, replaceOwnFile} from '../system/files/own-file.js';

/** How long it is remembered that another machine wrote here. */
const KEPT_DAYS = 30;

/** Other machines whose files were drained lately, from a file with a line each: when, and which. */
export function readOtherHosts(path: string, now: EpochMs | undefined): readonly string[] {
  return [...readLines(path)].filter(([, at]) => now === undefined || now - at < KEPT_DAYS * DAY_MS).map(([host]) => host);
}

export function noteOtherHosts(path: string, hosts: readonly string[], now: EpochMs): void {
  const known = readLines(path);
  for (const host of hosts) known.set(host, now);
  const lines = [...known].filter(([, at]) => now - at < KEPT_DAYS * DAY_MS).map(([host, at]) => `${at} ${host}\n`);
  replaceOwnFile(path, lines.join(''));
}

function readLines(path: string): Map<string, EpochMs> {
  const hosts = new Map<string, EpochMs>();
  for (const line of (readOwnFile(path) ?? '').split('\n')) {
    const [, at = '', host = ''] = /^(\d{1,15}) ([^\r\n]{1,255})$/.exec(line) ?? [];
    if (host !== '') hosts.set(host, instant(Number(at)));
  }
  return hosts;
}
