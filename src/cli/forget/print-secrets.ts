import {EXIT_STATUS} from '../../errors.js';
import {secretsJson} from '../../json/forget-json.js';
import {scanSecrets} from '../../operations/forget/secrets.js';
import type {Mem} from '../../operations/mem.js';
import {note, type Output} from '../frame/output.js';
import {secretLines} from './forget-text.js';

/** Says which events hold secrets that the rules of now know. @returns the exit status */
export async function printSecrets(mem: Mem, isJson: boolean, out: Output): Promise<number> {
  const scan = await scanSecrets(mem);
  if (isJson) out.json(secretsJson(scan), 'indented');
  else out.lines(secretLines(scan));
  if (scan.secrets.length === 0) return 0;
  note(['mem: hint: replace them by marks with: mem forget --secrets']);
  return EXIT_STATUS.INPUT_BAD;
}
