/** What the bundle of the browser holds: Ink and React are loaded by nothing else. */
export {Browser} from '../ui/browser.js';
