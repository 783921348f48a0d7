/** Ink loads its developers' tools where `DEV=true`: in a person's environment that means something else. */
export const isDev = (): boolean => false;
