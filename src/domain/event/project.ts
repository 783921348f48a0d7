/** What a folder's own git files say, read when a record is taken. */
export type FolderFacts =
  /** `root`: the top of its work tree, or the folder itself outside of git. */
  {readonly kind: 'there'; readonly project: string; readonly root: string; readonly isIgnored: boolean} | {readonly kind: 'gone'};

/**
 * The key of a repository by its `origin`: `owner/name`, its last two parts, without host, `.git` and case. One part alone where there are
 * no two; empty where it names nothing.
 */
export function projectOfOrigin(url: string): string {
  const path = url
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    // `git@host:owner/name`
    .replace(/^[^/:]+:/, '');
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..' && part !== '.git');
  const name = parts.pop()?.replace(/\.git$/i, '');
  return [parts.pop(), name]
    .filter((part) => part !== undefined && part !== '')
    .join('/')
    .toLowerCase();
}

/** The last part of a path: what a folder is called. */
export function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}

/** Whether a project's key fits a glob of `sources.<agent>.exclude`: `*` stands for what is between two `/`, `**` for all. */
export function fitsGlob(project: string, glob: string): boolean {
  const pattern = glob
    .toLowerCase()
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).test(project.toLowerCase());
}
