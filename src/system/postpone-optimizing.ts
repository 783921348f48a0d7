import {setFlagsFromString} from 'node:v8';

/**
 * By V8's major version: how much of a function is run before it is optimized. Where none is named it was no gain (13, which comes with
 * another compiler between), or nobody has measured it; a flag that a version does not know would be an error on stderr.
 */
const FLAGS: Readonly<Record<string, string>> = {
  '11': '--interrupt-budget=2000000',
  '12': '--invocation-count-for-turbofan=60000',
};

/**
 * Has V8 optimize functions 20 times later than it would. In work of a tenth of a second the optimizer takes longer than it saves. To be
 * called before anything is compiled: kept code counts for the flags that it was made with.
 */
export function postponeOptimizing(): void {
  const flag = FLAGS[process.versions.v8.split('.')[0] ?? ''];
  if (flag !== undefined) setFlagsFromString(flag);
}
