import {type Spending, tokensOf} from '../../domain/rollup/budget.js';
import {count, thousands} from '../../text/node-text.js';

/** `$0.0123`: small sums keep four decimals. @param microUsd millionths of a US dollar */
export function usdText(microUsd: number): string {
  const dollars = microUsd / 1e6;
  return `$${dollars.toFixed(dollars === 0 || dollars >= 1 ? 2 : 4)}`;
}

/** `12 calls, 40,321 tokens, $0.0123`. @param hasPrices whether to print the cost */
export function spendingText(spending: Spending, hasPrices: boolean): string {
  const cost = hasPrices ? `, ${usdText(spending.microUsd)}` : '';
  return `${count(spending.calls, 'call')}, ${thousands(tokensOf(spending))} tokens${cost}`;
}
