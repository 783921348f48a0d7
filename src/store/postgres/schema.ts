/*
 * Numbered steps that make the tables; each can run twice, also at once. `owner` leads every key: a login owns one memory, sees no other
 * (row-level security), and what is spread over machines is spread by it. PostgreSQL, CockroachDB, YugabyteDB and Citus take these.
 */
const OWNED = "owner text not null default current_user check (owner <> '')";

const secured = (table: string): readonly string[] => [
  `alter table mem.${table} enable row level security`,
  `alter table mem.${table} force row level security`,
  `drop policy if exists own on mem.${table}`,
  `create policy own on mem.${table} using (owner = current_user) with check (owner = current_user)`,
  `grant select, insert, update, delete on mem.${table} to public`,
];

export const MIGRATIONS: readonly {readonly number: number; readonly statements: readonly string[]}[] = [
  {
    number: 1,
    statements: [
      'create schema if not exists mem',
      'grant usage on schema mem to public',
      // Its row is locked by whoever changes the memory.
      `create table if not exists mem.memories (${OWNED}, primary key (owner))`,
      `create table if not exists mem.rows (${OWNED}, key bytea not null, value bytea not null, primary key (owner, key))`,
      `create table if not exists mem.leases (${OWNED}, name text not null, holder text not null, token text not null, until timestamptz not null, primary key (owner, name))`,
      'create table if not exists mem.migrations (number int not null, primary key (number))',
      'grant select on mem.migrations to public',
      ...['memories', 'rows', 'leases'].flatMap(secured),
    ],
  },
];
