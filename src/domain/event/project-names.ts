/** Gives the name under which a project is read: projects that are joined have one name. Events keep the name that they were taken with. */
export type ProjectNames = (project: string) => string;

/** No two projects are joined. */
export const OWN_NAMES: ProjectNames = (project) => project;

/**
 * Each project that `alias` names is read as what it stands for, and so on from there; an empty name joins nothing.
 * @returns undefined where names lead to each other
 */
export function projectNames(alias: Readonly<Record<string, string>>): ProjectNames | undefined {
  const pairs = Object.entries(alias).filter(([, name]) => name !== '');
  if (pairs.length === 0) return OWN_NAMES;
  const next = new Map(pairs);
  const last = new Map<string, string>();
  for (const [old] of pairs) {
    let name = old;
    for (let step = 0; next.has(name); step++) {
      if (step === pairs.length) return undefined;
      name = next.get(name) ?? name;
    }
    last.set(old, name);
  }
  return (project) => last.get(project) ?? project;
}

/** An event as it is read. */
export function withProjectName<E extends {readonly project: string}>(event: E, names: ProjectNames): E {
  const project = names(event.project);
  return project === event.project ? event : {...event, project};
}
