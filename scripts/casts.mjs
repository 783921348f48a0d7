export const MOST_CASTS = 40;
export const CASTS = {};
