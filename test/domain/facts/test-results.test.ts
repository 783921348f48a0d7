import {expect, test} from 'vitest';
import {aShell, aToolUse, read} from './builders.js';

const ran = (answer: string) => read(aShell('run the tests', answer, {is_error: true}));

test.each([
  ['vitest', ' Test Files  1 passed (1)\n      Tests  245 passed (245)\n   Duration  1s', 'passed', 'Tests 245 passed (245)'],
  ['vitest', '      Tests  2 failed | 243 passed (245)', 'failed', 'Tests 2 failed | 243 passed (245)'],
  ['jest', 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 2 passed, 3 total', 'failed', 'Tests: 1 failed, 2 passed, 3 total'],
  ['jest', 'Tests:       3 passed, 3 total', 'passed', 'Tests: 3 passed, 3 total'],
  ['pytest', '==== 3 failed, 12 passed, 1 warning in 0.52s ====', 'failed', '3 failed, 12 passed, 1 warning in 0.52s'],
  ['pytest', '12 passed in 0.12s', 'passed', '12 passed in 0.12s'],
  ['pytest', '=== 1 error in 0.52s ===', 'failed', '1 error in 0.52s'],
  ['cargo', 'test result: ok. 12 passed; 0 failed; 0 ignored', 'passed', 'test result: ok. 12 passed; 0 failed; 0 ignored'],
  ['cargo', 'test result: FAILED. 11 passed; 1 failed; 0 ignored', 'failed', 'test result: FAILED. 11 passed; 1 failed; 0 ignored'],
  [
    'nextest',
    '     Summary [   0.5s] 12 tests run: 11 passed, 1 failed, 0 skipped',
    'failed',
    'Summary [ 0.5s] 12 tests run: 11 passed, 1 failed, 0 skipped',
  ],
  ['ctest', '100% tests passed, 0 tests failed out of 12', 'passed', '100% tests passed, 0 tests failed out of 12'],
  ['rspec', '12 examples, 2 failures', 'failed', '12 examples, 2 failures'],
  ['ExUnit', '1 doctest, 12 tests, 0 failures', 'passed', '1 doctest, 12 tests, 0 failures'],
  ['minitest', '5 runs, 8 assertions, 0 failures, 1 errors, 0 skips', 'failed', '5 runs, 8 assertions, 0 failures, 1 errors, 0 skips'],
  ['minitest', '5 runs, 8 assertions, 0 failures, 0 errors, 0 skips', 'passed', '5 runs, 8 assertions, 0 failures, 0 errors, 0 skips'],
  ['gotestsum', 'DONE 345 tests, 1 failure in 12.3s', 'failed', 'DONE 345 tests, 1 failure in 12.3s'],
  ['Maven', '[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0', 'passed', '[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0'],
  ['Maven', 'Tests run: 5, Failures: 0, Errors: 2, Skipped: 0', 'failed', 'Tests run: 5, Failures: 0, Errors: 2, Skipped: 0'],
  [
    'XCTest',
    '\t Executed 12 tests, with 1 failure (0 unexpected) in 1.2 seconds',
    'failed',
    'Executed 12 tests, with 1 failure (0 unexpected) in 1.2 seconds',
  ],
  ['.NET', 'Passed!  - Failed:     0, Passed:    12, Skipped:     0', 'passed', 'Passed! - Failed: 0, Passed: 12, Skipped: 0'],
  ['PHPUnit', 'OK (12 tests, 34 assertions)', 'passed', 'OK (12 tests, 34 assertions)'],
  ['PHPUnit', 'Tests: 12, Assertions: 34, Failures: 1.', 'failed', 'Tests: 12, Assertions: 34, Failures: 1.'],
  ['Gradle', '12 tests completed, 1 failed', 'failed', '12 tests completed, 1 failed'],
  ['Deno', 'ok | 12 passed | 0 failed (34ms)', 'passed', 'ok | 12 passed | 0 failed (34ms)'],
  ['mocha', '  12 passing (34ms)\n  1 failing\n', 'failed', '12 passing (34ms), 1 failing'],
  ['mocha', '  12 passing (34ms)\n', 'passed', '12 passing (34ms)'],
  ['node:test', '# tests 12\n# pass 11\n# fail 1', 'failed', 'pass 11, fail 1'],
  ['node:test', 'ℹ pass 12\nℹ fail 0', 'passed', 'pass 12, fail 0'],
  ['Bun', ' 12 pass\n 0 fail', 'passed', '12 pass, 0 fail'],
  ['unittest', 'Ran 5 tests in 0.001s\n\nFAILED (failures=1)', 'failed', 'Ran 5 tests in 0.001s: FAILED (failures=1)'],
  ['unittest', 'Ran 5 tests in 0.001s\n\nOK', 'passed', 'Ran 5 tests in 0.001s: OK'],
  ['go', 'ok  \tcafe/menu\t0.4s', 'passed', 'ok cafe/menu'],
  ['go', 'ok  \tcafe/menu\t0.4s\nok  \tcafe/bar\t(cached)\n?   \tcafe\t[no test files]', 'passed', 'ok, 2 packages'],
  ['go', 'ok  \tcafe/bar\t0.1s\n--- FAIL: TestSoup (0.13s)\n    x_test.go:3: cold\nFAIL\tcafe/menu\t0.4s\nFAIL', 'failed', 'FAIL TestSoup'],
  ['go', 'FAIL\tcafe/menu [build failed]', 'failed', 'FAIL cafe/menu'],
])('reads how tests of %s ended: %j', (_, answer, state, text) => {
  expect(ran(`some lines\n${answer}`)).toEqual([{kind: 'test', text, state}]);
});

test('tells of the first suite that failed, otherwise of the last one', () => {
  expect(
    ran('test result: ok. 1 passed; 0 failed;\ntest result: FAILED. 1 passed; 2 failed;\ntest result: ok. 3 passed; 0 failed;'),
  ).toEqual([{kind: 'test', text: 'test result: FAILED. 1 passed; 2 failed;', state: 'failed'}]);
  expect(ran('1 passed in 0.1s\n2 passed in 0.1s')).toEqual([{kind: 'test', text: '2 passed in 0.1s', state: 'passed'}]);
});

test.each(['all tests passed', 'ok', 'it has 3 tests', '--- a/src/soup.ts', '+ 12 passing', 'PASS'])('reads no result off %j', (answer) => {
  expect(ran(answer)).toEqual([]);
});

test('reads no result off a file', () => {
  expect(read(aToolUse('Read', {file_path: 'log.txt'}, '12 passed in 0.12s'))).toEqual([]);
});
