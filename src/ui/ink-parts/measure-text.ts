import stringWidth from './string-width.js';

/**
 * The size of a text in columns and rows. Ink's own keeps every text that was ever on the screen, and the browser stays open all day: this
 * one keeps nothing.
 */
export default function measureText(text: string): {readonly width: number; readonly height: number} {
  if (text === '') return {width: 0, height: 0};
  const lines = text.split('\n');
  return {width: Math.max(...lines.map(stringWidth)), height: lines.length};
}
