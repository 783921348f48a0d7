import {type FolderFacts, fitsGlob, lastPart} from '../../domain/event/project.js';
import type {ProjectNames} from '../../domain/event/project-names.js';

export interface FolderProject {
  readonly project: string;
  /** Its user does not want it in the memory. */
  readonly isKeptOut: boolean;
}

const NOWHERE: FolderProject = {project: '', isKeptOut: false};

/** Which projects the folders belong to in which an agent worked, each looked at once. */
export class Projects {
  readonly #facts: (folder: string) => FolderFacts;
  /** What folders had that are gone now, from earlier imports. */
  readonly #before: ReadonlyMap<string, string>;
  readonly #names: ProjectNames;
  readonly #found = new Map<string, string>();
  readonly #byFolder = new Map<string, {readonly project: string; readonly isIgnored: boolean}>();

  /** @param names under which projects are read: what is to stay out may be named by either */
  constructor(facts: (folder: string) => FolderFacts, before: ReadonlyMap<string, string>, names: ProjectNames) {
    this.#facts = facts;
    this.#before = before;
    this.#names = names;
  }

  of(folder: string | undefined, excluded: readonly string[]): FolderProject {
    if (folder === undefined) return NOWHERE;
    let known = this.#byFolder.get(folder);
    if (known === undefined) {
      known = this.#look(folder);
      this.#byFolder.set(folder, known);
    }
    const {project, isIgnored} = known;
    return {project, isKeptOut: isIgnored || excluded.some((glob) => fitsGlob(project, glob) || fitsGlob(this.#names(project), glob))};
  }

  /** Folders whose project is to be remembered, since it was not known or is another now. */
  get found(): ReadonlyMap<string, string> {
    return this.#found;
  }

  #look(folder: string): {readonly project: string; readonly isIgnored: boolean} {
    const facts = this.#facts(folder);
    if (facts.kind === 'gone') return {project: this.#before.get(folder) ?? lastPart(folder), isIgnored: false};
    if (this.#before.get(folder) !== facts.project) this.#found.set(folder, facts.project);
    return {project: facts.project, isIgnored: facts.isIgnored};
  }
}
