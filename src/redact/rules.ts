/** A kind of secret that can be told by its shape. */
export interface SecretRule {
  /** Stands in the mark. */
  readonly name: string;
  /** Texts of which every secret of the kind holds one. They are looked for in a single pass. */
  readonly literals: readonly string[];
  /** How many characters of the match stand before the literal, at most; 0 when it begins with it. */
  readonly before?: number;
  /** The source of a regular expression. All quantifiers have an upper bound. A group named `secret` is what is replaced; without one it is the whole match. */
  readonly pattern: string;
  /** Whether what matched is a secret after all. */
  readonly holds?: (secret: string) => boolean;
}

const NOT_IN_WORD = '(?<![A-Za-z0-9])';
const END = '(?![A-Za-z0-9])';

function token(name: string, literals: readonly string[], pattern: string): SecretRule {
  return {name, literals, pattern: `${NOT_IN_WORD}(?:${pattern})${END}`};
}

/**
 * The shapes that vendors document, or that their tokens are seen to have. Longer literals before those that they begin with.
 * Sources: the vendors' pages on token formats, and the pattern lists of secret scanners.
 */
export const SECRET_RULES: readonly SecretRule[] = [
  token('aws-key-id', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  token('gcp-api-key', ['AIza'], 'AIza[0-9A-Za-z_-]{35}'),
  token('gcp-oauth', ['GOCSPX-'], 'GOCSPX-[0-9A-Za-z_-]{28}'),
  token('gcp-token', ['ya29.'], String.raw`ya29\.[0-9A-Za-z_-]{20,2000}`),
  {
    name: 'azure-key',
    literals: ['AccountKey=', 'SharedAccessKey='],
    pattern: '(?:AccountKey|SharedAccessKey)=(?<secret>[0-9A-Za-z+/]{40,100}={0,2})',
  },
  {name: 'azure-sas', literals: ['sig='], pattern: String.raw`(?<=[?&]|\\u0026|&amp;)sig=(?<secret>[0-9A-Za-z%+/]{40,100}={0,2})`},
  {name: 'azure-secret', literals: ['8Q~', '7Q~'], before: 3, pattern: String.raw`(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{31,34}(?![\w~-])`},
  token('github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[0-9A-Za-z]{36,255}'),
  token('github', ['github_pat_'], 'github_pat_[0-9A-Za-z_]{22,255}'),
  token(
    'gitlab',
    ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glcbt-', 'glsoat-'],
    'gl[a-z]{2,6}-[0-9A-Za-z_=.-]{20,300}',
  ),
  token(
    'slack',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-'],
    'xox[abcdeoprs][-.][0-9A-Za-z.%-]{10,400}',
  ),
  token('slack', ['xapp-'], String.raw`xapp-\d-[0-9A-Za-z-]{10,300}`),
  {
    name: 'slack-hook',
    literals: ['hooks.slack.com/'],
    pattern: String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/(?<secret>[0-9A-Za-z/]{20,200})`,
  },
  token('stripe', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], '[sr]k_(?:live|test)_[0-9A-Za-z]{10,250}'),
  token('stripe', ['whsec_'], 'whsec_[0-9A-Za-z+/]{24,100}'),
  token('anthropic', ['sk-ant-'], 'sk-ant-[0-9A-Za-z_-]{20,400}'),
  token('openrouter', ['sk-or-'], 'sk-or-[0-9A-Za-z_-]{20,400}'),
  token('openai', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'], 'sk-(?:proj|svcacct|admin|None)-[0-9A-Za-z_-]{20,400}'),
  token('openai', ['sk-'], 'sk-(?=[A-Za-z_-]{0,60}[0-9])(?=[0-9a-z_-]{0,60}[A-Z])[0-9A-Za-z]{32,100}'),
  token('npm', ['npm_'], 'npm_[0-9A-Za-z]{36}'),
  token('pypi', ['pypi-'], 'pypi-[0-9A-Za-z_-]{50,2000}'),
  token('jwt', ['eyJ'], String.raw`eyJ[0-9A-Za-z_-]{8,4000}\.eyJ[0-9A-Za-z_-]{8,8000}\.[0-9A-Za-z_-]{10,2000}`),
  token('sendgrid', ['SG.'], String.raw`SG\.[0-9A-Za-z_-]{16,32}\.[0-9A-Za-z_-]{32,64}`),
  token('twilio', ['SK'], 'SK[0-9a-f]{32}'),
  {name: 'telegram', literals: [':AA'], before: 12, pattern: String.raw`(?<!\d)\d{8,12}:AA[0-9A-Za-z_-]{32,34}(?![0-9A-Za-z_-])`},
  token('hugging-face', ['hf_'], 'hf_[0-9A-Za-z]{34,40}'),
  token('groq', ['gsk_'], 'gsk_[0-9A-Za-z]{40,80}'),
  token('perplexity', ['pplx-'], 'pplx-[0-9A-Za-z]{40,80}'),
  token('replicate', ['r8_'], 'r8_[0-9A-Za-z]{37,40}'),
  token('xai', ['xai-'], 'xai-[0-9A-Za-z]{60,100}'),
  token('digitalocean', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'do[opr]_v1_[0-9a-f]{64}'),
  token('databricks', ['dapi'], 'dapi[0-9a-f]{32}(?:-\\d)?'),
  token('shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  token('linear', ['lin_api_'], 'lin_api_[0-9A-Za-z]{32,64}'),
  token('figma', ['figd_'], 'figd_[0-9A-Za-z_-]{38,60}'),
  token('vault', ['hvs.', 'hvb.'], String.raw`hv[sb]\.[0-9A-Za-z_-]{24,300}`),
  token('grafana', ['glsa_', 'glc_'], 'gl(?:sa|c)_[0-9A-Za-z+/=_]{32,400}'),
  token('postman', ['PMAK-'], 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  token('age-key', ['AGE-SECRET-KEY-1'], 'AGE-SECRET-KEY-1[0-9A-Z]{58}'),
  {
    name: 'private-key',
    literals: ['-----BEGIN '],
    // Up to its end, or as far as it looks like one where the end was cut off.
    pattern: String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,16000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\sA-Za-z0-9+/=\\:,.()-]{0,16000})`,
  },
  {
    name: 'url-password',
    literals: ['://'],
    pattern: String.raw`://[^\s:/@"'\x60<>]{0,200}:(?<secret>[^\s@/"'\x60<>]{3,300})@(?=[A-Za-z0-9[])`,
  },
  {name: 'bearer', literals: ['earer '], before: 1, pattern: String.raw`[Bb]earer (?<secret>[0-9A-Za-z._~+/-]{16,4000}={0,2})(?![\w(])`},
  {
    name: 'basic-auth',
    literals: ['Basic ', 'basic '],
    pattern: String.raw`[Bb]asic (?<secret>(?=[a-z+/]{0,40}[0-9A-Z])[0-9A-Za-z+/]{12,1000}={0,2})(?![\w(.,-])`,
    holds: isUserAndPassword,
  },
];

/** `user:password` in base 64 (RFC 7617). */
function isUserAndPassword(secret: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]*:[\x20-\x7e\xa0-\xff]*$/.test(Buffer.from(secret, 'base64').toString('latin1'));
}
