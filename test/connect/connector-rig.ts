import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Connector} from '../../src/connect/connector.js';
import {openConnector} from '../../src/connect/open-connector.js';

const MEM = resolve('bin/mem.js');

/** An account with Claude Code and Codex, and a home of mem. */
export class ConnectorRig implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'mem-connect-'));
  readonly home = join(this.folder, 'mem home');
  readonly claude = join(this.folder, '.claude', 'settings.json');
  readonly codex = join(this.folder, '.codex', 'hooks.json');

  constructor() {
    mkdirSync(join(this.folder, '.claude'));
    mkdirSync(join(this.folder, '.codex'));
  }

  connector(home = this.home): Connector {
    const places = {env: {}, accountHome: this.folder};
    const program = {
      node: {path: process.execPath, alternatives: []},
      script: {path: MEM, alternatives: []},
      variables: {},
      isLeaving: undefined,
    };
    return openConnector({
      home,
      version: '1.2.3',
      platform: process.platform,
      places,
      program: () => program,
      stamp: () => '20260310T090000',
    });
  }

  write(text: string): void {
    writeFileSync(this.claude, text);
  }

  read(): string {
    return readFileSync(this.claude, 'utf8');
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, {recursive: true, force: true});
  }
}
