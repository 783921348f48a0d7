/**
 * In the place of what Ink loads for its developers, for errors, or to leave the terminal in order: mem's own terminal does that, in more
 * cases. Some of it is called while Ink is loaded, or when a component throws.
 */
const unused = Object.assign(
  function unused() {
    return () => {};
  },
  {nodeInternals: () => []},
);
export default unused;
