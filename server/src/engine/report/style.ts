/** The report's one style sheet. Colours are tokens so that light, dark and paper differ in one place. */
export const REPORT_STYLE = `
:root { color-scheme: light dark;
  --page: #ffffff; --text: #1f1f1f; --dim: #5b5b5b; --line: #dcdcdc; --soft: #f6f6f6; --link: #005fb8;
  --blue: #005fb8; --amber: #8a6100; --red: #c0141c; --green: #2f7d32;
  --only-source: #fbd9d7; --only-target: #ddf0cd; --fact: #005fb8; }
@media screen and (prefers-color-scheme: dark) { :root {
  --page: #1b1b1b; --text: #dedede; --dim: #a3a3a3; --line: #3a3a3a; --soft: #252525; --link: #6cb6ff;
  --blue: #4a9eea; --amber: #dcae45; --red: #ff7b72; --green: #7cc47f;
  --only-source: #56282a; --only-target: #2f4a23; --fact: #6cb6ff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: break-word;
  font: 14px/21px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
main { max-width: 1144px; margin: 0 auto; padding: 32px 24px 64px; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible, input:focus-visible + label, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 4px; font-weight: 600; text-wrap: balance; }
h2 { font-size: 20px; line-height: 28px; margin: 48px 0 8px; font-weight: 600; }
h2 .dim, h3 .dim { font-weight: 400; } h3 { font-size: 16px; line-height: 24px; margin: 32px 0 4px; font-weight: 600; }
p { margin: 0 0 8px; max-width: 80ch; } .lead { color: var(--dim); }
ul, ol { margin: 0 0 8px; padding-left: 20px; }
code { font: 12px/18px ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; color: var(--dim); }
.defs { position: absolute; width: 0; height: 0; } .number, td.n, th.n { font-variant-numeric: tabular-nums; }
symbol path { fill: none; } .icon { width: 14px; height: 14px; vertical-align: -2px; margin-right: 6px; fill: none; stroke: currentColor; stroke-width: 1.4; }
.hatch-line { stroke: var(--amber); stroke-width: 4; } .cross-line { stroke: var(--red); stroke-width: 1.2; fill: none; }
.meta { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; margin: 16px 0 0; }
.meta dt { color: var(--dim); } .meta dd { margin: 0; }
.state { font-weight: 600; } .s-done { color: var(--green); } .s-failed { color: var(--red); } .s-partial, .s-cancelled, .s-paused { color: var(--amber); }
.notice { border-left: 3px solid var(--amber); background: var(--soft); padding: 8px 12px; margin: 16px 0 0; max-width: none; }
.contents { margin: 16px 0 0; padding: 8px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.contents a { margin-right: 20px; white-space: nowrap; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(168px, 1fr)); gap: 12px 16px; margin: 16px 0 8px; padding: 0; list-style: none; }
.counts a { color: inherit; display: block; } .counts b { display: block; font-size: 24px; line-height: 30px; font-weight: 600; font-variant-numeric: tabular-nums; }
.counts .zero { color: var(--dim); }
table { width: 100%; border-collapse: collapse; margin: 8px 0 0; }
th { text-align: left; font-size: 12px; line-height: 16px; font-weight: 600; color: var(--dim); padding: 6px 12px 6px 0; vertical-align: bottom; border-bottom: 1px solid var(--text); }
td { padding: 6px 12px 6px 0; vertical-align: top; border-top: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; } th.n, td.n { text-align: right; white-space: nowrap; } tbody:first-of-type > tr:first-child > td { border-top: 0; }
.total td { border-top: 1px solid var(--text); font-weight: 600; }
.fit { width: 1%; white-space: nowrap; } .dim, .none { color: var(--dim); } .number { font-weight: 600; margin-right: 6px; }
.badge, .impact { white-space: nowrap; } .b-missing .icon, .b-failed .icon { color: var(--red); } .b-changed .icon, .b-abstained .icon { color: var(--amber); }
.b-new .icon, .b-split .icon, .b-merged .icon, .b-covered .icon { color: var(--blue); } .b-same, .b-reworded, .b-skipped, .b-moved { color: var(--dim); } .b-moved { margin-left: 8px; } .cards .impact { margin-left: 8px; font-weight: 400; }
.bars { width: 12px; height: 13px; margin-right: 6px; vertical-align: -1px; stroke: currentColor; stroke-width: 1; } .bars .on { fill: currentColor; } .bars .off { fill: none; opacity: .45; }
.m-high .bars { color: var(--red); } .m-medium .bars { color: var(--amber); } .m-low .bars { color: var(--dim); } .m-high { font-weight: 600; }
.confidence { width: 40px; height: 8px; margin-right: 6px; } .rail, .tick { stroke: currentColor; } .full { fill: currentColor; } .hollow { fill: var(--page); stroke: currentColor; }
.bar { display: block; width: 100%; height: 14px; margin: 4px 0; } .bar .base { fill: none; stroke: var(--line); }
.o-decided { fill: var(--blue); } .o-abstained { fill: url(#hatch); stroke: var(--amber); } .o-skipped { fill: none; stroke: var(--dim); } .o-failed { fill: url(#cross); stroke: var(--red); }
.keys { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0; padding: 0; list-style: none; } .ledger { margin: 16px 0 0; } .key { width: 14px; height: 10px; margin-right: 6px; vertical-align: 0; } .share { width: 120px; height: 8px; } .share .track { fill: var(--line); } .share .part { fill: var(--blue); }
.rows tbody { border-top: 1px solid var(--line); } .rows tbody td { border-top: 0; } .rows tbody:target { outline: 2px solid var(--link); outline-offset: 2px; }
.rows { table-layout: fixed; } .rows col.side { width: 30%; } .rows col.r { width: 14%; } .rows col.i { width: 15%; } .rows col.c { width: 11%; } .rows .fit { width: auto; white-space: normal; } .rows .words td { padding: 0 0 14px; }
.pair { display: grid; grid-template-columns: calc(44% - 24px) minmax(0, 1fr); gap: 0 24px; } .side > p { margin: 0; max-width: 68ch; }
.text { white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: isolate; } .quote { border-left: 2px solid var(--line); padding-left: 10px; margin: 2px 0; color: var(--text); }
del, ins { color: inherit; } del { background: var(--only-source); text-decoration: underline dashed 1px; text-underline-offset: 3px; }
ins { background: var(--only-target); text-decoration: underline solid 1px; text-underline-offset: 3px; }
sup { font-size: 10px; line-height: 1; font-style: normal; font-weight: 600; color: var(--fact); border: 1px solid var(--fact); border-radius: 2px; padding: 0 3px; margin: 0 3px 0 1px; vertical-align: 3px; }
mark { background: none; color: inherit; font-weight: 600; box-shadow: inset 0 -2px 0 var(--fact); }
.reason { margin: 0 0 6px; color: var(--amber); max-width: none; } .facts { margin: 8px 0 0; padding: 0; list-style: none; } .facts code { margin-left: 8px; } .why { margin: 4px 0 0; max-width: none; color: var(--dim); }
details > summary { cursor: pointer; color: var(--link); width: max-content; max-width: 100%; } details[open] > summary { margin-bottom: 4px; }
.filter { display: flex; flex-wrap: wrap; gap: 6px; border: 0; margin: 12px 0 0; padding: 0; } .filter legend { float: left; padding: 4px 8px 4px 0; color: var(--dim); }
.filter input { position: absolute; opacity: 0; } .filter label { border: 1px solid var(--line); border-radius: 2px; padding: 2px 10px; cursor: pointer; } .filter input:checked + label { border-color: var(--link); background: var(--soft); font-weight: 600; }
.cards { list-style: none; padding: 0; } .cards > li { padding: 10px 0; border-top: 1px solid var(--line); } .cards > li:first-child { border-top: 0; } .cards p { margin: 0; }
.cards:target, .cards > li:target { outline: 2px solid var(--link); outline-offset: 4px; } .candidates { margin: 6px 0 0 20px; padding: 0; list-style: none; } .candidates li { margin: 0 0 4px; }
.where { color: var(--dim); font-size: 12px; line-height: 18px; } .error { color: var(--red); } .warning { color: var(--amber); } footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--dim); }
.scroll { overflow-x: auto; } .difference { overflow-wrap: anywhere; } .first th:last-child { width: 38%; min-width: 200px; } .actions td:not(:first-child) { min-width: 120px; } .cards .quote + .where { margin-left: 12px; } .actions .quote + .where { margin-left: 12px; }
@media screen {
  .run:has(.show-changed:checked) .rows tbody:not(.r-changed), .run:has(.show-missing:checked) .rows tbody:not(.r-missing), .run:has(.show-new:checked) .rows tbody:not(.r-new),
  .run:has(.show-split:checked) .rows tbody:not(.r-split), .run:has(.show-merged:checked) .rows tbody:not(.r-merged), .run:has(.show-covered:checked) .rows tbody:not(.r-covered),
  .run:has(.show-reworded:checked) .rows tbody:not(.r-reworded), .run:has(.show-same:checked) .rows tbody:not(.r-same), .run:has(.show-abstained:checked) .rows tbody:not(.r-abstained),
  .run:has(.show-skipped:checked) .rows tbody:not(.r-skipped), .run:has(.show-failed:checked) .rows tbody:not(.r-failed) { display: none; }
  .rows thead th { position: sticky; top: 0; background: var(--page); z-index: 1; }
}
@media screen and (max-width: 720px) {
  main { padding: 16px 12px 48px; } .pair { grid-template-columns: minmax(0, 1fr); gap: 12px; } .meta { grid-template-columns: minmax(0, 1fr); gap: 0; } .meta dd { margin-bottom: 6px; }
  .rows, .rows tbody, .rows tr, .rows td { display: block; width: auto; padding-right: 0; } .rows colgroup, .rows thead, .rows .c { display: none; } .rows tbody { padding: 6px 0; } .rows td { padding: 2px 0; } .candidates { margin-left: 0; }
}
@media print {
  .rows .confidence { display: none; } .first .fit { white-space: normal; } .first .b-moved { margin-left: 0; }
  @page { margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #5b5b5b; } }
  body { font-size: 9pt; line-height: 13pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; } main { max-width: none; padding: 0; }
  h1 { font-size: 17pt; line-height: 22pt; } h2 { font-size: 13pt; line-height: 17pt; margin-top: 20pt; break-after: avoid; } h2 .dim, h3 .dim { font-weight: 400; } h3 { font-size: 11pt; break-after: avoid; } a { color: inherit; }
  thead { display: table-header-group; } tr, li, .meta, .counts, .notice { break-inside: avoid; } .rows tbody { break-inside: avoid; } .rows .words td { padding-bottom: 8pt; }
  .filter, summary { display: none; } details::details-content { content-visibility: visible; display: block; height: auto; } .pair { grid-template-columns: calc(44% - 14pt) minmax(0, 1fr); gap: 0 14pt; } .counts b { font-size: 16pt; }
}
`;
