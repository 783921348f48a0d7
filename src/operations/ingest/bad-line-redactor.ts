import type {Redactor} from '../../domain/event/redactor.js';

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;
const KEY_END = '-----END ';
const KEY_HEAD = '-----BEGIN PRIVATE KEY-----\n';

/** Replaces secrets in bad lines. A private key that was piped in as it is stands in many of them, of which only the first says so. */
export class BadLineRedactor {
  readonly #redactor: Redactor;
  #isInKey = false;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** @param line as received; where it is no UTF-8, each byte counts as a character */
  redact(line: Buffer): Buffer {
    const utf8 = line.toString('utf8');
    const encoding = Buffer.byteLength(utf8) === line.length && !utf8.includes('\ufffd') ? 'utf8' : 'latin1';
    const text = encoding === 'utf8' ? utf8 : line.toString(encoding);
    const wasInKey = this.#isInKey;
    this.#isInKey = (wasInKey || KEY_BEGIN.test(text)) && !text.includes(KEY_END);
    return Buffer.from(this.#redactor.text(wasInKey ? KEY_HEAD + text : text), encoding);
  }
}
