/** What the bundle of the browser holds; Ink and React are in one of their own, which it loads once the first frame is drawn. */
export {Browser} from '../ui/browser.js';
