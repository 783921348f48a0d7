import {Transform, type TransformCallback} from 'node:stream';

const LINE_FEED = 0x0a;

/**
 * Passes whole lines on, and drops a line that is longer than a limit, however it comes: the lines behind it are read as if it were not there.
 * @param mostBytes without the line feed @param refuse called once for each line that is dropped
 */
export function lineGate(mostBytes: number, refuse: () => void): Transform {
  let parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer): void => {
    length += part.length;
    if (length <= mostBytes) parts.push(part);
    else parts = [];
  };
  return new Transform({
    transform(chunk: Buffer, _, done: TransformCallback) {
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
        take(chunk.subarray(from, end));
        if (length > mostBytes) refuse();
        else this.push(Buffer.concat([...parts, chunk.subarray(end, end + 1)]));
        parts = [];
        length = 0;
        from = end + 1;
      }
      take(chunk.subarray(from));
      done();
    },
  });
}
