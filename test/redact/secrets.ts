/** A made secret, and a text such as it is seen in. `secret` is what must be gone. */
export interface MadeSecret {
  readonly kind: string;
  readonly secret: string;
  readonly text: string;
}

const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const LETTERS = LOWER + UPPER;
const WORD = LETTERS + DIGITS;
const BASE64 = `${WORD}+/`;
const BASE64URL = `${WORD}_-`;

/** mulberry32, so that a failure comes again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/** `each` secrets of every kind. */
export function makeSecrets(each: number, seed = 20261128): readonly MadeSecret[] {
  const random = randomFrom(seed);
  const of = (alphabet: string, length: number): string =>
    Array.from({length}, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
  const pick = <T>(...list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const kinds: Readonly<Record<string, () => readonly [string, (secret: string) => string]>> = {
    'aws key id': () => [`AKIA${of(`${UPPER}234567`, 16)}`, (s) => `aws_access_key_id = ${s}`],
    'aws secret': () => [
      of(BASE64, 40),
      (s) => pick(`AWS_SECRET_ACCESS_KEY=${s}`, `aws_secret_access_key = ${s}`, `"aws_secret_access_key": "${s}"`),
    ],
    'gcp api key': () => [`AIza${of(BASE64URL, 35)}`, (s) => `https://maps.googleapis.com/?key=${s}&v=3`],
    'azure storage': () => [
      `${of(BASE64, 86)}==`,
      (s) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${s};EndpointSuffix=core`,
    ],
    'azure client secret': () => [`${of(WORD, 3)}8Q~${of(`${WORD}_.`, 33)}${of(WORD, 1)}`, (s) => `client secret is ${s}`],
    github: () => [
      pick(`ghp_${of(WORD, 36)}`, `gho_${of(WORD, 36)}`, `github_pat_${of(WORD, 22)}_${of(WORD, 59)}`),
      (s) => `git clone with ${s}, please`,
    ],
    gitlab: () => [`glpat-${of(WORD, 20)}`, (s) => `export GL=${s}`],
    slack: () => [
      pick(`xoxb-${of(DIGITS, 12)}-${of(DIGITS, 12)}-${of(WORD, 24)}`, `xapp-1-A${of(DIGITS, 10)}-${of(HEX, 40)}`),
      (s) => `bot token ${s}`,
    ],
    'slack hook': () => [`T${of(UPPER, 8)}/B${of(UPPER, 8)}/${of(WORD, 24)}`, (s) => `curl https://hooks.slack.com/services/${s}`],
    stripe: () => [pick('sk_live_', 'rk_live_', 'sk_test_') + of(WORD, 24), (s) => `Stripe("${s}")`],
    openai: () => [
      pick(`sk-proj-${of(BASE64URL, 100)}${of(WORD, 1)}`, `sk-${of(WORD, 20)}T3BlbkFJ${of(WORD, 20)}`),
      (s) => `OPENAI_API_KEY=${s}`,
    ],
    anthropic: () => [`sk-ant-api03-${of(BASE64URL, 92)}${of(WORD, 1)}`, (s) => `x-api-key: ${s}`],
    npm: () => [`npm_${of(WORD, 36)}`, (s) => `//registry/:_authToken=${s}`],
    pypi: () => [`pypi-AgEIcHlwaS5vcmc${of(BASE64URL, 150)}${of(WORD, 1)}`, (s) => `twine upload -p ${s}`],
    jwt: () => [
      `${base64url({alg: 'HS256'})}.${base64url({sub: of(DIGITS, 10)})}.${of(BASE64URL, 42)}${of(WORD, 1)}`,
      (s) => `cookie session=${s}; path=/`,
    ],
    'private key': () => [
      of(BASE64, 64),
      (s) => `-----BEGIN ${pick('RSA ', 'EC ', 'OPENSSH ', '')}PRIVATE KEY-----\n${s}\n${of(BASE64, 64)}\n-----END PRIVATE KEY-----`,
    ],
    'connection string': () => [
      of(`${WORD}-_.`, 18),
      (s) => `${pick('postgres', 'mongodb+srv', 'redis', 'amqp', 'mysql')}://app:${s}@db.internal:5432/x`,
    ],
    'dot env': () => [
      of(WORD, 20),
      (s) => pick(`DB_PASSWORD=${s}`, `SESSION_SECRET="${s}"`, `export ADMIN_TOKEN='${s}'`, `SMTP_PASSWD=${s}`),
    ],
    'basic auth in a url': () => [of(WORD, 14), (s) => `https://deploy:${s}@git.example.com/a.git`],
    'basic header': () => [base64(`user${of(LOWER, 4)}:${of(WORD, 16)}`), (s) => `Authorization: Basic ${s}`],
    bearer: () => [of(`${WORD}-_.`, 40) + of(WORD, 1), (s) => `curl -H "Authorization: Bearer ${s}"`],
    sendgrid: () => [`SG.${of(BASE64URL, 22)}.${of(BASE64URL, 42)}${of(WORD, 1)}`, (s) => `sendgrid ${s}`],
    twilio: () => [pick(`SK${of(HEX, 32)}`, of(HEX, 32)), (s) => (s.startsWith('SK') ? `twilio ${s}` : `TWILIO_AUTH_TOKEN=${s}`)],
    telegram: () => [`${of('123456789', 9)}:AA${of(BASE64URL, 32)}${of(WORD, 1)}`, (s) => `https://api.telegram.org/bot${s}/getMe`],
  };
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({length: each}, () => {
      const [secret, seenIn] = make();
      return {kind, secret, text: seenIn(secret)};
    }),
  );
}
