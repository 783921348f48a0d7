// Looks for relative links in Markdown files that lead nowhere: a file that does not exist, or a heading that its page does not have.
// `node scripts/check-links.mjs [FOLDER]` prints a line for each and ends with 1.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const NOT_OURS = new Set(['node_modules', 'dist', '.git']);
/** `[text](target)`, `![text](target)` and `<img src="target">`. */
const LINK = /!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)|<img[^>]*\ssrc="([^"]+)"/g;
const FENCE = /^(```|~~~)[\s\S]*?^\1.*$/gm;
const CODE = /`[^`\n]*`/g;
const HEADING = /^#{1,6}\s+(.+?)\s*$/gm;
const ELSEWHERE = /^[a-z][a-z\d+.-]*:/i;

/** All dead links in the Markdown files below `folder`, a sentence each; empty when there is none. */
export function deadLinks(folder) {
  const pages = markdownIn(folder);
  return pages.flatMap((page) => linksOf(page).flatMap((target) => faultOf(folder, page, target) ?? []));
}

function markdownIn(folder) {
  return readdirSync(folder, {withFileTypes: true})
    .filter(({name}) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return markdownIn(path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}

function linksOf(page) {
  const prose = readFileSync(page, 'utf8').replace(FENCE, '').replace(CODE, '');
  return [...prose.matchAll(LINK)].map(([, link, image]) => link ?? image).filter((target) => !ELSEWHERE.test(target));
}

function faultOf(folder, page, target) {
  const [path, anchor] = target.split('#');
  const file = path === '' ? page : resolve(dirname(page), decodeURI(path));
  const from = relative(folder, page);
  if (!existsSync(file)) return `${from} links to ${path}, which does not exist`;
  if (anchor === undefined || !file.endsWith('.md') || headingsOf(file).has(anchor)) return undefined;
  return `${from} links to ${target}, but that page has no such heading`;
}

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(page) {
  const text = readFileSync(page, 'utf8').replace(FENCE, '');
  const anchors = new Set();
  for (const [, heading] of text.matchAll(HEADING)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    // A heading that comes again gets a number.
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number++;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = deadLinks(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
