import type {Fact} from './fact.js';

/**
 * Gives tasks that an event names by their number alone the subject that an earlier event of the session-day told. A session-day depends
 * on no other: what was named the day before stays without a name, and is left out.
 * @param events facts by event, in the one order of events
 */
export function nameTasks(events: readonly (readonly Fact[])[]): readonly (readonly Fact[])[] {
  const subjects = new Map<string, string>();
  return events.map((facts) => {
    if (facts.every(({kind}) => kind !== 'task')) return facts;
    return facts.flatMap((fact): readonly Fact[] => {
      const {kind, ref, text} = fact;
      if (kind !== 'task' || ref === undefined) return [fact];
      if (text !== '') subjects.set(ref, text);
      const named = text === '' ? subjects.get(ref) : text;
      return named === undefined || fact.state === undefined ? [] : [{...fact, text: named}];
    });
  });
}
