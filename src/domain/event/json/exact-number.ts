/** A number of JSON that a double cannot hold, with its digits as they were received. */
export class ExactNumber {
  /** A JSON number (RFC 8259, section 6). */
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** Whether a value holds one, at any depth. */
export function hasExactNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof ExactNumber) return true;
  for (const member of Object.values(value)) if (hasExactNumber(member)) return true;
  return false;
}

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;

/** Whether the double that is nearest to `number` prints as the same number, however it is spelled: 1.0 is 1, 0.1 is 0.1. */
export function isHeldByDouble(number: string): boolean {
  // Up to 15 digits and without an exponent every number comes back as it was.
  if (number.length <= 15 && !/[eE]/.test(number)) return true;
  const nearest = Number(number);
  return Number.isFinite(nearest) && decimalOf(number) === decimalOf(String(nearest));
}

/** One text for each number: its digits without zeros around them, and the power of ten of the last one. */
function decimalOf(number: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(number) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${number.startsWith('-') ? '-' : ''}${significant}e${power}`;
}
