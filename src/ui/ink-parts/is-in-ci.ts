/**
 * Ink writes nothing but its last frame where the environment looks like a build server's (`CI=1`). The browser always has a terminal,
 * whatever the environment says.
 */
const isInCi = false;
export default isInCi;
