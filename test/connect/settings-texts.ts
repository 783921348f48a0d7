/** Hooks of another program, and more. */
export const FOREIGN = `{
  "model": "opus",
  "hooks": {
    "Stop": [
      {
        "matcher": "",
        "hooks": [{ "type": "command", "command": "say done" }]
      }
    ],
    "PreToolUse": []
  },
  "permissions": {"allow": ["Bash(ls:*)"]}
}
`;

/** Settings as users have them. */
export const FILES: readonly (readonly [string, string])[] = [
  ['an empty object', '{}'],
  ['an empty object on two lines', '{\n}\n'],
  ['an empty file', ''],
  ['white space alone', '\n\n'],
  ['no hooks', '{\n  "model": "opus"\n}\n'],
  ['no end of line at the end', '{\n  "model": "opus"\n}'],
  ['hooks that are empty', '{\n  "hooks": {},\n  "model": "opus"\n}\n'],
  ['hooks that are empty, with a space', '{ "hooks": { }, "model": "opus" }'],
  ['an empty list of a hook', '{\n  "hooks": {\n    "Stop": [ ]\n  }\n}\n'],
  ['hooks of others in the same lists', FOREIGN],
  ['tabs', FOREIGN.replaceAll('  ', '\t')],
  ['four spaces', FOREIGN.replaceAll('  ', '    ')],
  ['CRLF', FOREIGN.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\ufeff${FOREIGN}`],
  ['one line', JSON.stringify(JSON.parse(FOREIGN))],
  ['one line with spaces', '{"model": "opus", "hooks": {"Stop": [{"hooks": []}]}}\n'],
  [
    'comments everywhere',
    `// settings
{
  // the model
  "model": "opus", // fast
  "hooks": {
    /* mine */ "Stop": [
      {"hooks": [{"type": "command", "command": "say // done"}]} // loud
      // nothing more
    ] /* end */
  } // hooks
  // last
}
// bye
`,
  ],
  ['commas at the ends', '{\n  "model": "opus",\n  "hooks": {\n    "Stop": [\n      {"hooks": []},\n    ],\n  }, // c\n}\n'],
  ['comments alone', '{\n  // nothing yet\n}\n'],
  [
    'a megabyte',
    `{\n  "env": {\n${Array.from({length: 16_000}, (_, at) => `    "NAME_${at}": "${'x'.repeat(48)}"`).join(',\n')}\n  }\n}\n`,
  ],
];
