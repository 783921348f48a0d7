/** The style of a report's page. It names only fonts that are there, and loads nothing. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d2126; --soft: #5d6670; --faint: #8b949e; --line: #e4e1db;
  --accent: #0f766e; --accent-soft: #d5ebe7; --quiet: #dedad3; --code: #f1efea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1b1f23; --ink: #e6e8ea; --soft: #a3acb5; --faint: #77818b; --line: #2d3338;
    --accent: #4fd1bf; --accent-soft: #173b37; --quiet: #32383e; --code: #262b30;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", Arial, sans-serif;
  overflow-wrap: anywhere;
}
main, header, footer { max-width: 50rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3rem; }
h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0.1rem 0 0.4rem; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -0.01em; margin: 0; }
h3 { font-size: 1rem; line-height: 1.4; margin: 0; font-weight: 600; }
p { margin: 0; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
ul, ol { margin: 0; padding: 0; list-style: none; }
.eyebrow { color: var(--accent); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
.lead { font-size: 1.15rem; line-height: 1.45; color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 0.35rem 1.6rem; margin: 1.1rem 0 1.3rem; color: var(--soft); font-size: 0.92rem; }
.facts b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.strip { display: block; width: 100%; height: auto; overflow: visible; }
.strip .bar { fill: var(--accent); }
.strip .none { fill: var(--quiet); }
.strip text { fill: var(--faint); font-size: 11px; font-family: inherit; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.3rem 1.5rem 1.4rem; margin: 1.4rem 0 0; }
.card > .lead { font-size: 1.02rem; margin-top: 0.15rem; }
.head { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
.when { color: var(--faint); font-size: 0.86rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.mark { color: var(--soft); border: 1px solid var(--line); border-radius: 99px; font-size: 0.72rem; padding: 0.05rem 0.5rem; white-space: nowrap; }
.bullets { margin-top: 0.9rem; }
.bullets li { position: relative; padding-left: 1.15rem; margin-top: 0.5rem; }
.bullets li::before { content: ""; position: absolute; left: 0.1rem; top: 0.62em; width: 0.38rem; height: 0.38rem; border-radius: 50%; background: var(--accent); }
.bullets li.assistant::before, .bullets li.tool::before { background: none; border: 1.5px solid var(--accent); }
.who { color: var(--faint); font-size: 0.82em; margin-right: 0.4em; }
.user > .who { color: var(--accent); font-weight: 600; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--code); border-radius: 4px; padding: 0.06em 0.28em; }
.cite { margin-left: 0.3rem; padding: 0.08rem 0.34rem; border-radius: 5px; background: var(--accent-soft); font-size: 0.72rem; line-height: 1.35; vertical-align: 0.12em; font-variant-numeric: tabular-nums; }
.segments { margin-top: 1.2rem; border-top: 1px solid var(--line); }
h2 + .segments { margin-top: 0.7rem; }
.segments > li { display: grid; grid-template-columns: 6.3rem 1fr; gap: 0 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
.segments > li:last-child { border-bottom: 0; padding-bottom: 0; }
.segments .when { padding-top: 0.12rem; white-space: normal; }
.segments h3 { font-weight: 600; }
.segments.brief > li { padding: 0.3rem 0; border-bottom: 0; }
.segments.brief { padding-top: 0.5rem; }
.segments.brief h3 { font-weight: 400; font-size: 0.95rem; }
.segments .bullets { margin-top: 0.3rem; font-size: 0.95rem; }
.segments .bullets li { margin-top: 0.35rem; }
.where { color: var(--faint); font-size: 0.82rem; margin-left: 0.4rem; font-weight: 400; }
.outcomes h3 { margin: 1.1rem 0 0.3rem; font: 600 0.88rem ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.outcomes li { padding: 0.12rem 0 0.12rem 5.4rem; text-indent: -5.4rem; font-size: 0.95rem; }
.outcomes .ref { display: inline-block; width: 5.4rem; text-indent: 0; color: var(--faint); font: 0.8rem ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.outcomes .pull_request .ref { color: var(--accent); font-weight: 600; }
.keywords { margin-top: 0.9rem; color: var(--faint); font-size: 0.86rem; }
.note { margin-top: 1rem; color: var(--soft); font-size: 0.9rem; }
.sources { margin-top: 3rem; }
.sources > p { color: var(--soft); font-size: 0.92rem; margin-top: 0.2rem; }
.sources h3 { margin-top: 1.8rem; color: var(--soft); font-weight: 600; font-size: 0.92rem; }
.event { margin-top: 0.8rem; padding: 0.7rem 1rem 0.8rem; border-left: 3px solid var(--line); background: var(--card); border-radius: 0 8px 8px 0; }
.event.user { border-left-color: var(--accent); }
.event:target, .bullets li:target { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.event .head { font-size: 0.84rem; color: var(--soft); }
.event .head b { color: var(--ink); }
.event .number { color: var(--accent); font-variant-numeric: tabular-nums; margin-right: 0.5rem; }
.event .back { white-space: nowrap; }
pre { margin: 0.4rem 0 0; white-space: pre-wrap; font: inherit; font-size: 0.92rem; line-height: 1.5; }
pre.output { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.8rem; }
summary { cursor: pointer; color: var(--soft); font-size: 0.86rem; margin-top: 0.3rem; }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--faint); font-size: 0.82rem; }
@media (max-width: 34rem) {
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.6rem; }
  .card { padding: 1rem 1.1rem; }
  .segments > li { grid-template-columns: 1fr; }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --faint: #555; --line: #ccc; --accent: #0b5c55; --accent-soft: #fff; --quiet: #ddd; --code: #f2f2f2;
  }
  body { font-size: 10.5pt; }
  header { padding-top: 0; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .card { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 0.8rem 0 0; }
  .strip rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .event, .bullets li, .segments > li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .sources { break-before: page; }
}
`;
