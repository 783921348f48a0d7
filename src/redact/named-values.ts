/** Names that say that their value is a secret, as they stand in code, settings and JSON. */
const NAME_PARTS =
  'secret|token|passw(?:or)?d|passphrase|pwd|api_?-?key|access_?-?key|private_?-?key|signing_?-?key|encryption_?-?key|auth_?-?key|credential|client_?-?key';
const SECRET_NAME = new RegExp(`(?:${NAME_PARTS})s?(?:_?(?:id_)?(?:v\\d|base64|value|string))?$`, 'i');
/** Names that hold one of the words and yet no secret: counts, places, kinds. */
const HARMLESS_NAME =
  /(?:^|[_-])(?:max|min|num|count|total|input|output|prompt|completion|cache\w*|used|per|limit)_?-?tokens?$|tokens$|(?:public|file|path|dir|name|type|url|uri|env|var|header|field|id|ttl|expiry|expires\w*)$/i;

/** Whether a member with this name holds a secret, if it holds a text that looks like one. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

/** Every name that can be a secret's holds one of these, in one of these spellings. */
export const NAME_LITERALS = ['secret', 'token', 'passw', 'passphrase', 'pwd', 'key', 'credential'].flatMap((word) => [
  word,
  word.toUpperCase(),
  word.charAt(0).toUpperCase() + word.slice(1),
]);

const MOST_NAME = 64;
/** `NAME=value` of a settings file or a command line, in capitals. */
const SETTING = /\s{0,4}=\s{0,4}(?:"(?<double>[^"\n]{1,512})"|'(?<single>[^'\n]{1,512})'|(?<bare>[^\s"'`,;)}\]]{1,512}))/y;
/** `"name": "value"`, `name: 'value'`, `name = "value"`: the value in quotes, which may be escaped. */
const QUOTED = /\\?["']?\s{0,4}(?::|=>?|:=)\s{0,4}\\?(?<quote>["'])(?<value>[^"'\\\n\s]{8,512})\\?\k<quote>/y;
/** `name: value` of YAML and headers, `--name value`, `name=value`: the value bare. */
const BARE = /["']?(?:\s{0,4}[:=]\s{0,4}|\s{1,4}(?<=--[\w-]{1,64}\s{1,4}))(?<value>[^\s"'`,;<>(){}[\]=:]{12,512}={0,2})(?![\w(=])/y;

/** A secret value in a text. */
export interface NamedValue {
  readonly start: number;
  readonly end: number;
}

export interface FoundName {
  /** Where the name ends: up to there no other literal has to be looked at. */
  readonly nameEnd: number;
  /** Undefined when the name or its value is harmless. */
  readonly value: NamedValue | undefined;
}

/** The name that holds the literal at `at`, and its value. */
export function namedValueAt(text: string, at: number): FoundName {
  let start = at;
  while (start > 0 && at - start < MOST_NAME && isNamePart(text.charCodeAt(start - 1))) start--;
  let nameEnd = at;
  while (nameEnd < text.length && nameEnd - at < MOST_NAME && isNamePart(text.charCodeAt(nameEnd))) nameEnd++;
  const name = text.slice(start, nameEnd);
  if (!isSecretName(name)) return {nameEnd, value: undefined};
  const setting = /^[A-Z][A-Z0-9_]*$/.test(name) ? settingValue(text, name, nameEnd) : undefined;
  return {nameEnd, value: setting ?? looseValue(text, nameEnd)};
}

function isNamePart(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f || unit === 0x2d;
}

function settingValue(text: string, name: string, nameEnd: number): NamedValue | undefined {
  SETTING.lastIndex = nameEnd;
  const groups = SETTING.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const value = groups['double'] ?? groups['single'] ?? groups['bare'] ?? '';
  const end = SETTING.lastIndex - (groups['bare'] === undefined ? 1 : 0);
  // `TOKEN=word` is a name of something in code; `PASSWORD=word` is a weak password.
  const isWord = /^[a-z]+$/i.test(value) && value.length < 12 && !/PASS|PWD|SECRET/.test(name);
  return value.length < 6 || isWord || isPlaceholder(value) ? undefined : {start: end - value.length, end};
}

function looseValue(text: string, nameEnd: number): NamedValue | undefined {
  for (const pattern of [QUOTED, BARE]) {
    pattern.lastIndex = nameEnd;
    const match = pattern.exec(text);
    const value = match?.groups?.['value'];
    if (match === null || value === undefined) continue;
    if (!looksRandom(value) || isPlaceholder(value)) return undefined;
    const end = pattern === QUOTED ? pattern.lastIndex - (text.charAt(pattern.lastIndex - 2) === '\\' ? 2 : 1) : pattern.lastIndex;
    return {start: end - value.length, end};
  }
  return undefined;
}

/** Letters and digits mixed, as no word of a language or a program is. */
function looksRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[a-z]+[_-]?\d{1,4}$/i.test(value) && !/^[\w.]+\.[a-z]\w*$/i.test(value);
}

/** A text that stands where a secret will be put, or says where it is. */
export function isPlaceholder(value: string): boolean {
  return (
    /^(?:\$[A-Za-z_{(]|%[A-Za-z_]|<|\{|\[|process\.|os\.|env\.|env\[|secrets?\.|vault:|op:\/\/|file:|https?:\/\/|[~.]{0,2}\/[a-z_.-]{1,40}(?:\/|$))/i.test(
      value,
    ) ||
    /\$\{|\{\{|\[redacted:|\.\.\.|…|\*{3}|(?:^|[_.-])x{3,64}(?:$|[_.-])|(?:^|[_.-])(?:your|example|test|sample|dummy|placeholder|changeme|change-me|todo|fake|redacted|none|null|undefined|true|false|required|optional|string)(?:$|[_.-])/i.test(
      value,
    ) ||
    /^(.)\1*$/.test(value) ||
    /^(?:pass|passw(?:or)?d|pwd|secret|token|api_?key|key|user|admin)$/i.test(value) ||
    /^[\w.]+\(/.test(value)
  );
}
