/** What one room may import; see rooms.mjs. */
interface Room {
  readonly may: readonly string[];
  readonly loads?: readonly string[];
  readonly node: boolean | readonly string[];
  readonly packages: readonly string[];
}
export function roomFaults(folder: string, rooms?: Readonly<Record<string, Room>>): readonly string[];
