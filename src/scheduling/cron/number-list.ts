/** `0,5..7`: ascending numbers, three or more in a row as a range. @param options.range undefined for no ranges @param options.digits with leading zeros */
export function numberList(values: readonly number[], {range, digits = 1}: {range: string | undefined; digits?: number}): string {
  const text = (value: number): string => String(value).padStart(digits, '0');
  const parts: string[] = [];
  for (let at = 0; at < values.length; ) {
    let end = at;
    while (values[end + 1] === (values[end] ?? 0) + 1) end++;
    const run = values.slice(at, end + 1);
    const [first, last] = [run[0] ?? 0, run[run.length - 1] ?? 0];
    parts.push(...(range !== undefined && run.length > 2 ? [`${text(first)}${range}${text(last)}`] : run.map(text)));
    at = end + 1;
  }
  return parts.join(',');
}
