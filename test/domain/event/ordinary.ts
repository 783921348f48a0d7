/** How most events came by what a record says beside them. */
export const ORDINARY = {hasSeq: true, hasExactNumbers: false, isAltered: false, former: ''} as const;
