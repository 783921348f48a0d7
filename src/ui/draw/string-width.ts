import {widthOf} from '../../text/width.js';

const STYLES = /\x1b\[[\d;]*m/g;

/**
 * What the build puts in the place of Ink's own measure, which asks `Intl.Segmenter` about every line: half of the time of a first frame. It
 * also makes Ink's widths those by which the lines were cut.
 * @param text escaped, with nothing but styles in it
 */
export default function stringWidth(text: string): number {
  return widthOf(text.replace(STYLES, ''));
}
