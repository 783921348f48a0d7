import {test} from 'vitest';
import {eventsOf, summaryOf} from '/tmp/wt/s2-segments/test/summarizers/extractive/builders.js';
test('x',()=>{
const p=(...t:string[])=>console.log(JSON.stringify(summaryOf(eventsOf(...t)),null,1));
const ASKED = 'Can you find out why the harbour importer stops at midnight?';
p(`${ASKED} The night watch is angry.\n\n${Array.from({length: 60}, (_, at) => `- Rename \`frobnicator${at}\` to \`gadget${at}\` in the orchard module`).join('\n')}`, 'The lease of the importer was extended.');
p(`The gateway ${Array.from({length: 200}, (_, at) => `certificate${at}`).join(' ')} expired.`);
p('请帮我修复订单导入的超时问题。','我已经修复了超时问题，现在导入只需要两分钟。');
p('请求が夜中に失敗します。再試行を追加してください。','再試行を追加しました。');
p('The war of the harbour workers began when the die of the coin press broke.');
});
