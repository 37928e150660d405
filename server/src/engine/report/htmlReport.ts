import { sha256 } from '@noble/hashes/sha2.js';
import type { DocumentSummary, Output, OutputUnit, RunOutput } from '../../../../shared/model.ts';
import { isReadFromPicture } from '../../../../shared/pictures.ts';
import { base64 } from './base64.ts';
import { crosswalkSection } from './crosswalkSection.ts';
import { counted, formatDuration, formatMoment } from '../../../../shared/words/format.ts';
import { html, joined, type Html } from './html.ts';
import { iconDefinitions } from './icons.ts';
import { insightsSection } from './insightsSection.ts';
import { KIND_LABEL, stateLabel } from '../../../../shared/words/labels.ts';
import { timeAtWork } from '../../../../shared/words/timeAtWork.ts';
import { ledgerBar, ledgerSection, timingSection } from './ledgerSection.ts';
import { methodNote } from './methodNote.ts';
import { runTitle, viewRun, type RunView } from './runView.ts';
import { REPORT_STYLE } from './style.ts';
import { longestAllowed, markupLength } from './textBudget.ts';

/** Bytes of documents' words in one report; with its markup a report of 1,000 rows stays below 3 MB. */
const WORDS_BUDGET = 1_300_000;

export interface ReportOptions {
  /** IANA name; moments are shown in it. Default UTC. */
  readonly timeZone?: string;
  /** Version of the program, for the last line. */
  readonly version?: string;
  /** Keys of the documents of each run, in order: source, then target. Needed where an output holds several runs. */
  readonly inputs?: Readonly<Record<string, readonly string[]>>;
}

function documentLine(document: DocumentSummary): Html {
  const problems = document.problems.length === 0 ? null : html` · <span class="warning">${counted(document.problems.length, 'problem')} while reading</span>`;
  return html`<div>${document.path} <span class="dim">${KIND_LABEL[document.kind]}, ${counted(document.units, 'unit')}</span>${problems}</div>`;
}

function problems(view: RunView): Html | null {
  const found = view.documents.flatMap((document) => document.problems.map((problem) => ({ document, problem })));
  if (found.length === 0) return null;
  return html`<h3>Problems while reading</h3><ul>${found.map(({ document, problem }) => html`<li><span class="${problem.severity}">${problem.severity}</span> ${document.path}${problem.span === undefined ? null : `, line ${String(problem.span.line)}`}: ${problem.message}</li>`)}</ul>`;
}

function header(view: RunView, options: ReportOptions, level: 'h1' | 'h2'): Html {
  const { run } = view;
  const title = runTitle(view);
  const worked = timeAtWork(run);
  const took = worked === null ? null : ` · ${formatDuration(worked)}`;
  return html`${level === 'h1' ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
<dl class="meta"><dt>Result</dt><dd><span class="state s-${run.state}">${stateLabel(run)}</span>${took}</dd>
<dt>Date</dt><dd>${formatMoment(run.startedAt, options.timeZone ?? 'UTC')}</dd>
${view.documents.map((document, at) => html`<dt>${run.workflow === 'crosswalk' ? (at === 0 ? 'Source' : 'Target') : 'Document'}</dt><dd>${documentLine(document)}</dd>`)}
<dt>Answered by</dt><dd>${run.provider === 'local' ? 'rules on this machine (local)' : run.provider}</dd>
<dt>Run</dt><dd><code>${run.id}</code></dd></dl>
${ledgerBar(run)}
${run.stateReason === undefined ? null : html`<p class="notice">${run.stateReason}</p>`}`;
}

function runSection(view: RunView, options: ReportOptions, at: number, single: boolean, limit: number): Html {
  const { run } = view;
  const prefix = single ? '' : `r${String(at + 1)}-`;
  const acceptAt = run.settings['crosswalkAcceptAt'];
  const found = run.workflow === 'crosswalk'
    ? crosswalkSection({ view, prefix, acceptAt: typeof acceptAt === 'number' ? acceptAt : 0.7, limit })
    : insightsSection(run, prefix);
  const contents = [...found.contents, [`${prefix}ledger`, 'Ledger'], [`${prefix}timing`, 'Timing'], [`${prefix}method`, 'Method']] as const;
  return html`<section class="run" id="run-${at + 1}">${header(view, options, single ? 'h1' : 'h2')}
<nav class="contents" aria-label="Contents">${contents.map(([id, title]) => html`<a href="#${id}">${title}</a> `)}</nav>
${problems(view)}${found.body}${ledgerSection(run, `${prefix}ledger`)}${timingSection(run, `${prefix}timing`)}${methodNote(run, `${prefix}method`, view.documents.some(isReadFromPicture))}</section>`;
}

function shownUnits(run: RunOutput): readonly OutputUnit[] {
  return run.workflow === 'crosswalk' ? run.units : [];
}

/** One self-contained page: no script, nothing loaded, every word of a document escaped. */
export function renderReport(output: Output, options: ReportOptions = {}): string {
  const views = output.runs.map((run) => viewRun(output, run, options.inputs?.[run.id]));
  const single = views.length === 1;
  const limit = longestAllowed(output.runs.flatMap(shownUnits).map((unit) => markupLength(unit.span.quote)), WORDS_BUDGET);
  const first = views[0];
  const title = single && first !== undefined ? runTitle(first) : `${counted(views.length, 'run')} of Collate`;
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(new TextEncoder().encode(REPORT_STYLE)))}'; base-uri 'none'; form-action 'none'`;
  const overview = single ? null : html`<h1>${title}</h1><ol>${views.map((view, at) => html`<li><a href="#run-${at + 1}">${runTitle(view)}</a> <span class="state s-${view.run.state}">${stateLabel(view.run)}</span></li>`)}</ol>`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="generator" content="Collate"><title>${title}</title>
<style>${{ markup: REPORT_STYLE }}</style></head><body>${iconDefinitions()}<main>
${overview}${joined(views.map((view, at) => runSection(view, options, at, single, limit)), '\n')}
<footer><p>Collate${options.version === undefined ? '' : ` ${options.version}`}. This file holds words of the documents above and is as confidential as they are.</p></footer>
</main></body></html>
`;
  return page.markup;
}
