import {type BudgetLimits, type Spending, tokensOf} from '../../domain/rollup/budget.js';
import {count, thousands} from '../../text/node-text.js';
import {usdText} from './spending-text.js';

/** `12 of 500 calls, 40,321 of 2,000,000 tokens, $0.01 of $1.00`. @param limits undefined without a model */
export function spentText(spent: Spending, limits: BudgetLimits | undefined): string {
  const most = (text: string, limit: string | undefined): string => (limit === undefined ? text : `${text} of ${limit}`);
  const parts = [
    limits ? `${most(thousands(spent.calls), thousands(limits.maxCallsPerDay))} calls` : count(spent.calls, 'call'),
    `${most(thousands(tokensOf(spent)), limits && thousands(limits.maxTokensPerDay))} tokens`,
  ];
  if (limits?.prices || spent.microUsd > 0) {
    const limit = limits?.maxUsdPerDay;
    parts.push(most(usdText(spent.microUsd), limit === undefined ? undefined : usdText(limit * 1e6)));
  }
  return parts.join(', ');
}
