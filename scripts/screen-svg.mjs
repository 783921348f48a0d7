// A terminal's screen as SVG: text with the styles of SGR sequences (ECMA-48, 8.3.117), as `tmux capture-pane -e` prints them.

const CELL_WIDTH = 8;
const CELL_HEIGHT = 18;
const MARGIN = 14;
const INK = '#d4d4d4';
const PAPER = '#1e1e1e';
/** The sixteen colours of a terminal. */
const PALETTE = [
  ...['#000000', '#cd5c5c', '#6aab73', '#c9a26d', '#5c9fd6', '#b48ead', '#56b6c2', '#d4d4d4'],
  ...['#7f7f7f', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#7fd5d9', '#ffffff'],
];
const PLAIN = {ink: undefined, paper: undefined, bold: false, dim: false, underline: false, inverse: false};
const SGR = /\u001b\[([\d;]*)m/;

/**
 * @param screen lines of text with SGR sequences
 * @param title what the picture shows, for those who do not see it
 */
export function toSvg(screen, columns, rows, title) {
  const width = columns * CELL_WIDTH + 2 * MARGIN;
  const height = rows * CELL_HEIGHT + 2 * MARGIN;
  const parts = [];
  let style = PLAIN;
  for (const [row, line] of screen.split('\n').slice(0, rows).entries()) {
    let column = 0;
    const [first, ...rest] = line.split(SGR);
    parts.push(...run(first, style, row, column));
    column += cells(first);
    for (let at = 0; at < rest.length; at += 2) {
      style = styled(style, rest[at]);
      parts.push(...run(rest[at + 1], style, row, column));
      column += cells(rest[at + 1]);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="${INK}" xml:space="preserve">
${parts.join('\n')}
</g>
</svg>
`;
}

/** The example has no wide characters: a character is a cell. */
function cells(text) {
  return [...text].length;
}

/** A stretch of one style. Its length is given, so that columns stand below each other in every font. */
function run(text, style, row, column) {
  const ink = style.inverse ? (style.paper ?? PAPER) : (style.ink ?? INK);
  const paper = style.inverse ? (style.ink ?? INK) : style.paper;
  const x = MARGIN + column * CELL_WIDTH;
  const y = MARGIN + row * CELL_HEIGHT;
  const parts = [];
  if (paper !== undefined && text !== '') {
    parts.push(`<rect x="${x}" y="${y}" width="${cells(text) * CELL_WIDTH}" height="${CELL_HEIGHT}" fill="${paper}"/>`);
  }
  const shown = text.trimEnd();
  const start = cells(shown) - cells(shown.trimStart());
  const word = shown.trimStart();
  if (word === '') return parts;
  const attributes = [
    `x="${x + start * CELL_WIDTH}" y="${y + 13}" textLength="${cells(word) * CELL_WIDTH}"`,
    ink === INK ? '' : `fill="${ink}"`,
    style.bold ? 'font-weight="bold"' : '',
    style.dim ? 'opacity="0.6"' : '',
    style.underline ? 'text-decoration="underline"' : '',
  ];
  parts.push(`<text ${attributes.filter((text) => text !== '').join(' ')}>${escaped(word)}</text>`);
  return parts;
}

/** The style after a sequence with these parameters. */
function styled(style, parameters) {
  const codes = parameters === '' ? [0] : parameters.split(';').map(Number);
  let next = style;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code === 0) next = PLAIN;
    else if (code === 1) next = {...next, bold: true};
    else if (code === 2) next = {...next, dim: true};
    else if (code === 22) next = {...next, bold: false, dim: false};
    else if (code === 4 || code === 24) next = {...next, underline: code === 4};
    else if (code === 7 || code === 27) next = {...next, inverse: code === 7};
    else if (code >= 30 && code <= 37) next = {...next, ink: PALETTE[code - 30]};
    else if (code >= 90 && code <= 97) next = {...next, ink: PALETTE[code - 82]};
    else if (code === 39) next = {...next, ink: undefined};
    else if (code >= 40 && code <= 47) next = {...next, paper: PALETTE[code - 40]};
    else if (code === 49) next = {...next, paper: undefined};
    else if (code === 38 || code === 48) {
      const colour = codes[at + 1] === 5 ? PALETTE[codes[at + 2]] : `rgb(${codes.slice(at + 2, at + 5).join(',')})`;
      next = code === 38 ? {...next, ink: colour} : {...next, paper: colour};
      at += codes[at + 1] === 5 ? 2 : 4;
    }
  }
  return next;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
