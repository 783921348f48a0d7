/**
 * Loads the browser, with React and Ink. They wait for their layout engine at the top of a module: they are the one bundle that must be an
 * ES module, and this is the way to it.
 */
export async function loadBrowser() {
  const {Browser} = await import('../ui/browser.js');
  return Browser;
}
