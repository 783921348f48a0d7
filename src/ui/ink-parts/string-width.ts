import {widthOf} from '../../text/width.js';
import {CONTROLS} from './ansi-tokenize.js';

/**
 * Ink's measure, by the widths by which the lines were cut. Ink's own asks `Intl.Segmenter` about every line, which takes half of the time
 * of a first frame.
 * @param text escaped, with nothing but styles and places in it
 */
export default function stringWidth(text: string): number {
  return widthOf(text.includes('\x1b') ? text.replace(CONTROLS, '') : text);
}
