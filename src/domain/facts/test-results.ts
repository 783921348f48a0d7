import {factText, linesOf, type ToolUse} from './tool-use.js';

export interface FoundTest {
  readonly text: string;
  readonly state: 'passed' | 'failed';
}

/** Lines in which a test runner says how it ended; group 1 counts what failed, and is missing or 0 where nothing did. */
const RUNNERS: readonly RegExp[] = [
  // vitest: Tests  2 failed | 243 passed (245)
  /^\s*Tests {2,}(?:(\d+) failed)?.*\d+ (?:passed|failed|skipped|todo).*\(\d+\)$/,
  // jest: Tests:       1 failed, 2 passed, 3 total
  /^Tests: +(?:(\d+) failed)?.*\d+ total$/,
  // pytest, with the frame and without: ==== 3 failed, 12 passed in 0.52s ====
  /^(?:=+ )?(?:(\d+) failed, )?\d+ passed[^|]*? in [\d.]+ ?m?s\b.*$/,
  /^(?:=+ )?(\d+) (?:failed|errors?)\b[^|]*? in [\d.]+ ?m?s\b.*$/,
  // cargo test, then cargo nextest
  /^test result: .*?\d+ passed; (\d+) failed;.*$/,
  /^ *Summary \[.*\] +\d+ tests? run: \d+ passed(?:.*?, (\d+) failed)?.*$/,
  // ctest: 100% tests passed, 0 tests failed out of 12
  /^\d+% tests passed, (\d+) tests failed out of \d+$/,
  // RSpec and ExUnit, then minitest
  /^(?:\d+ \w+, )?\d+ (?:examples?|tests?), (\d+) failures?\b.*$/,
  /^\d+ (?:runs|tests), \d+ assertions, 0 failures, 0 errors.*$/,
  /^\d+ (?:runs|tests), \d+ (assertions), \d+ failures, \d+ errors.*$/,
  // gotestsum: DONE 345 tests, 1 failure in 12.3s
  /^DONE \d+ tests(?:, \d+ skipped)?(?:, (\d+) failures?)? in .*$/,
  // Maven, XCTest, .NET, PHPUnit
  /^(?:\[\w+\] )?Tests run: \d+, Failures: (\d+), Errors: 0\b.*$/,
  /^(?:\[\w+\] )?Tests run: \d+, Failures: \d+, Errors: ([1-9]\d*)\b.*$/,
  /^\s*Executed \d+ tests?, with (\d+) failures?.*$/,
  /^(?:Passed|Failed)! +- Failed: +(\d+), Passed: +\d+.*$/,
  /^OK \(\d+ tests?, \d+ assertions?\)$/,
  /^Tests: \d+, Assertions: \d+, (?:Errors|Failures): (\d+).*$/,
  // Gradle, Deno
  /^\d+ tests completed, (\d+) failed.*$/,
  /^(?:ok|FAILED) \| \d+ passed.*? \| (\d+) failed.*$/,
];

/** Runners that say what passed and what failed on two lines: mocha, node:test, Bun. */
const PASSED = /^(?:\s*(\d+) passing\b.*|[#ℹ] pass (\d+)|\s*(\d+) pass)$/;
const FAILED = /^(?:\s*(\d+) failing|[#ℹ] fail (\d+)|\s*(\d+) fail)$/;
/** unittest of Python: Ran 5 tests in 0.001s, then OK or FAILED (failures=1). */
const RAN = /^Ran \d+ tests? in [\d.]+s$/;
const RAN_END = /^(?:OK|FAILED)(?: \(.*\))?$/;
/** go test: a line for each package, and for each test that failed. */
const GO_OK = /^ok\s+(\S+)\s+(?:[\d.]+s|\(cached\))/;
const GO_FAILED_TEST = /^\s*--- FAIL: (\S+) \(/;
const GO_FAILED = /^FAIL\s+(\S+)(?:\s+[\d.]+s|\s+\[build failed\])$/;
/** Most lines of an answer say nothing of the kind. */
const MAY_SAY = /pass|fail|^ok\b|^ran \d|tests?[:, ]|errors? in |examples?, /im;

/** The line in which a shell's answer says how tests ended: the first one that tells of a failure, otherwise the last one. */
export function testResultOf({script, answer}: ToolUse): FoundTest | undefined {
  if (script === undefined || !MAY_SAY.test(answer)) return undefined;
  const found = new Found();
  for (const line of linesOf(answer)) if (MAY_SAY.test(line)) found.take(line);
  return found.result();
}

/** How the tests ended, where a runner says it on one line. */
function summaryIn(line: string): FoundTest['state'] | undefined {
  for (const pattern of RUNNERS) {
    const match = pattern.exec(line);
    if (match !== null) return match[1] === undefined || /^0\b/.test(match[1]) ? 'passed' : 'failed';
  }
  return undefined;
}

class Found {
  #passed: string | undefined;
  #failed: string | undefined;
  #ran = '';
  #passing = '';
  readonly #packages: string[] = [];
  #failedTest = '';
  #failedPackage = '';

  take(line: string): void {
    const summary = summaryIn(line);
    if (summary !== undefined) this.#say(line, summary);
    else if (RAN.test(line)) this.#ran = line;
    else if (this.#ran !== '' && RAN_END.test(line)) this.#say(`${this.#ran}: ${line}`, line.startsWith('OK') ? 'passed' : 'failed');
    else if (PASSED.test(line)) this.#passing = line;
    else if (FAILED.test(line)) this.#two(line);
    else this.#go(line);
  }

  result(): FoundTest | undefined {
    if (this.#passing !== '') this.#two('');
    const test = this.#failedTest || this.#failedPackage;
    if (test !== '') this.#say(`FAIL ${test}`, 'failed');
    const [first] = this.#packages;
    if (first !== undefined) this.#say(this.#packages.length === 1 ? `ok ${first}` : `ok, ${this.#packages.length} packages`, 'passed');
    if (this.#failed !== undefined) return {text: factText(this.#failed), state: 'failed'};
    return this.#passed === undefined ? undefined : {text: factText(this.#passed), state: 'passed'};
  }

  #say(line: string, state: FoundTest['state']): void {
    const text = line.replace(/^[=\s]+|[=\s]+$/g, '');
    if (state === 'failed') this.#failed ??= text;
    else this.#passed = text;
  }

  /** @param failing empty where the runner says nothing of failures */
  #two(failing: string): void {
    const parts = [this.#passing, failing].map((line) => line.replace(/^[#ℹ\s]+/, '')).filter((line) => line !== '');
    this.#passing = '';
    this.#say(parts.join(', '), /[1-9]/.test(failing) ? 'failed' : 'passed');
  }

  #go(line: string): void {
    const ok = GO_OK.exec(line)?.[1];
    if (ok !== undefined) this.#packages.push(ok);
    this.#failedTest ||= GO_FAILED_TEST.exec(line)?.[1] ?? '';
    this.#failedPackage ||= GO_FAILED.exec(line)?.[1] ?? '';
  }
}
