/**
 * Loads the browser, with React and Ink. They wait for their layout engine at the top of a module, which only an ES module can: the build
 * makes a bundle of `ui/browser.ts` that exports this function, in place of this file.
 */
export async function loadBrowser() {
  const {Browser} = await import('../ui/browser.js');
  return Browser;
}
