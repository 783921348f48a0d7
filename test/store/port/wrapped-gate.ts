import type {Store, StoreGate} from '../../../src/store/port/store.js';

/** An object whose named members are replaced; the others are those of `target`, which they are called on. */
export function withMembers<T extends object>(target: T, members: Partial<T>): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (name in members) return Reflect.get(members, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A gate that shows every open store through `wrap`. */
export function wrappedGate(gate: StoreGate, wrap: (store: Store) => Store): StoreGate {
  return withMembers(gate, {
    use: (patienceMs, work, upkeep) => gate.use(patienceMs, (store) => work(wrap(store)), upkeep),
    inTurns: (patienceMs, work, upkeep) => gate.inTurns(patienceMs, (current) => work(() => wrap(current())), upkeep),
  });
}

/** A gate that asks `before` at each opening, which may refuse it. */
export function guardedGate(gate: StoreGate, before: () => void): StoreGate {
  return withMembers(gate, {
    use: async (patienceMs, work, upkeep) => {
      before();
      return gate.use(patienceMs, work, upkeep);
    },
    inTurns: async (patienceMs, work, upkeep) => {
      before();
      return gate.inTurns(patienceMs, work, upkeep);
    },
    lease: async (name, claim) => {
      before();
      return gate.lease(name, claim);
    },
  });
}
