import {Box, Text} from 'ink';
import type {Line} from '../../text/line.js';
import {ansiLine} from './ansi.js';
import type {Frame} from './frame.js';

export interface ScreenProps {
  readonly frame: Frame;
  readonly color: boolean;
}

/** A frame, part below part; the painter puts each to its place. */
export function Screen({frame: {height, heading, panes, footer}, color}: ScreenProps) {
  return (
    <Box flexDirection="column">
      {heading !== undefined && <Row line={heading} color={color} />}
      {panes.map(({pane, lines}) => (
        <Box key={pane.column} flexDirection="column" width={pane.width} height={height}>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is known by its place
            <Row key={at} line={line} color={color} />
          ))}
        </Box>
      ))}
      {footer.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Row key={at} line={line} color={color} />
      ))}
    </Box>
  );
}

function Row({line, color}: {readonly line: Line; readonly color: boolean}) {
  const text = ansiLine(line, color);
  // Ink gives an empty text no row.
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
}
