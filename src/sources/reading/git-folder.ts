import {existsSync, readFileSync, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {type FolderFacts, lastPart, projectOfOrigin} from '../../domain/event/project.js';

const IGNORE_FILE = '.memignore';
const SECTION = /^\s*\[\s*([^\s"\]]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/;
const URL = /^\s*url\s*=\s*(.*?)\s*$/i;

/** What the git files of a folder say of its project. Git itself is not run; what cannot be read counts as not there. */
export function folderFacts(folder: string): FolderFacts {
  if (!isFolder(folder)) return {kind: 'gone'};
  for (let root = resolve(folder); ; root = dirname(root)) {
    const dotGit = join(root, '.git');
    const common = commonFolder(dotGit);
    if (common !== undefined) {
      const origin = originIn(join(common, 'config'));
      const project = origin === '' ? mainFolder(common, root) : origin;
      return {kind: 'there', project, root, isIgnored: existsSync(join(root, IGNORE_FILE))};
    }
    if (dirname(root) === root) break;
  }
  return {kind: 'there', project: lastPart(folder), root: folder, isIgnored: existsSync(join(folder, IGNORE_FILE))};
}

/** The folder with a repository's config. Work trees share that of the main one; a submodule has its own. */
function commonFolder(dotGit: string): string | undefined {
  const facts = statSync(dotGit, {throwIfNoEntry: false});
  if (facts === undefined) return undefined;
  if (facts.isDirectory()) return existsSync(join(dotGit, 'HEAD')) ? dotGit : undefined;
  const link = /^gitdir: (.*)/.exec(textOf(dotGit))?.[1]?.trim();
  if (link === undefined) return undefined;
  const linked = resolve(dirname(dotGit), link);
  const common = textOf(join(linked, 'commondir')).trim();
  return common === '' ? linked : resolve(linked, common);
}

/** What the main work tree is called. @param root the top of the work tree at hand */
function mainFolder(common: string, root: string): string {
  if (basename(common) === '.git') return basename(dirname(common));
  // A submodule's folder lies in the `modules` of its parent; else it is a bare repository with work trees.
  return /[/\\]\.git[/\\]modules[/\\]/.test(common) ? basename(root) : basename(common).replace(/\.git$/, '');
}

function originIn(config: string): string {
  let isOrigin = false;
  for (const line of textOf(config).split('\n')) {
    const [, section, name] = SECTION.exec(line) ?? [];
    if (section !== undefined) isOrigin = section.toLowerCase() === 'remote' && name === 'origin';
    const url = isOrigin ? URL.exec(line)?.[1] : undefined;
    if (url !== undefined) return projectOfOrigin(url.replace(/^"(.*)"$/, '$1'));
  }
  return '';
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
