import type {Surroundings} from './schedule-places.js';

/** Folders that macOS guards: a background program may not read them, or waits for an answer that nobody gives. */
const GUARDED = ['Documents', 'Desktop', 'Downloads', 'Library/Mobile Documents', 'Library/CloudStorage'];

/** Notes for the user of a Mac about the home's place. */
export function privacyNotes({platform, homeFolder}: Pick<Surroundings, 'platform' | 'homeFolder'>, home: string): readonly string[] {
  if (platform !== 'darwin') return [];
  const guarded = GUARDED.map((name) => `${homeFolder}/${name}`).find((folder) => home === folder || home.startsWith(`${folder}/`));
  const where = guarded ?? (home.startsWith('/Volumes/') ? 'a separate volume' : undefined);
  if (where === undefined) return [];
  return [
    `macOS keeps background jobs out of ${where}: move the home elsewhere, or allow Node full disk access (again after each update of Node)`,
  ];
}
