import type { Difference, OutputUnit } from '../../../../shared/model.ts';
import { counted, formatConfidence, formatCount } from '../../../../shared/words/format.ts';
import { differenceTitle } from '../../../../shared/words/labels.ts';
import { saidBy } from './differenceWords.ts';
import { html, type Html } from './html.ts';
import { badge, confidenceBar, impactBadge } from './icons.ts';
import { markDifferences, numberedFacts, type MarkedPair } from './markDifferences.ts';
import { excerpt } from './printable.ts';
import { heading, type CrosswalkRow, type RunView } from './runView.ts';
import { unitWords, type UnitWords } from './unitWords.ts';
import { reflow } from '../../../../shared/words/textParts.ts';
import { markedWords, plainWords } from './words.ts';

/** Words of both sides together, in characters, that are folded away at first. */
const FOLD_ABOVE = 2400;
/** Characters shown of one side of a fact; the words stand in full above. */
const FACT_LENGTH = 160;
/** Kinds of fact whose value says what the words mean, as `applies unless a choice is made`. */
const EXPLAINED_KINDS: ReadonlySet<string> = new Set(['default', 'modality', 'schedule']);

export interface RowContext {
  readonly view: RunView;
  /** Starts every anchor of the run. */
  readonly prefix: string;
  readonly acceptAt: number;
  /** Characters shown of one unit's words. */
  readonly limit: number;
}

export function named(unit: OutputUnit | null, id: string): Html {
  const number = unit?.number ?? '';
  const title = unit?.title ?? '';
  if (unit === null || number === '' || title === '') return html`<b>${heading(unit, id)}</b>`;
  return html`<span class="number">${number}</span><b>${title}</b>`;
}

export function anchor(context: RowContext, row: CrosswalkRow): string {
  return `${context.prefix}row-${String(row.at)}`;
}

/** What stands in the relation column: a relation, or the outcome where there is none. */
export function relationBadge(row: CrosswalkRow): Html {
  const name = row.relation ?? (row.outcome === 'decided' ? 'abstained' : row.outcome);
  return html`${badge(name)}${row.moved ? badge('moved') : null}`;
}

export interface PairOfUnits {
  readonly source: OutputUnit;
  readonly targets: readonly OutputUnit[];
}

/** Source and targets of a matched row, where both can be shown. */
export function pairOf(view: RunView, row: CrosswalkRow): PairOfUnits | null {
  if (row.side === 'target' || row.unit === null || row.match === null) return null;
  const targets = row.match.targets.flatMap((target) => view.target(target.targetId) ?? []);
  return targets.length === 0 ? null : { source: row.unit, targets };
}

function marked(pair: PairOfUnits, row: CrosswalkRow): MarkedPair {
  const readable = (unit: OutputUnit): UnitWords & { readonly document: string } => {
    const words = unitWords(unit);
    return { ...words, text: reflow(words.text), document: unit.span.document };
  };
  return markDifferences(readable(pair.source), pair.targets.map(readable), row.match?.differences ?? []);
}

/** A side of a fact: its words, and what a rule made of them where that says more. */
function factSide(fact: Difference, side: 'source' | 'target', tag: 'del' | 'ins'): Html {
  const words = excerpt(saidBy(fact, side), FACT_LENGTH);
  if (words === '') return html`<span class="dim">not said</span>`;
  const value = excerpt((side === 'source' ? fact.sourceValue : fact.targetValue) ?? '', FACT_LENGTH);
  const telling = EXPLAINED_KINDS.has(fact.kind) && value !== '' && value !== words;
  return html`${tag === 'del' ? html`<del>${words}</del>` : html`<ins>${words}</ins>`}${telling ? html` <span class="dim">(${value})</span>` : null}`;
}

function facts(row: CrosswalkRow): Html | null {
  const found = numberedFacts(row.match?.differences ?? []);
  if (found.length === 0) return null;
  return html`<ol class="facts">${found.map((fact, at) => html`<li><sup>${at + 1}</sup>${differenceTitle(fact.kind)}: ${factSide(fact, 'source', 'del')} → ${factSide(fact, 'target', 'ins')}<code>${fact.rule}</code></li>`)}</ol>`;
}

function why(row: CrosswalkRow): Html | null {
  const reasons = row.match?.why ?? [];
  if (reasons.length === 0) return null;
  return html`<p class="why">${reasons.map((reason, at) => html`${at === 0 ? null : ' · '}${reason.detail} <code>${reason.rule}</code>`)}</p>`;
}

function words(context: RowContext, row: CrosswalkRow, pair: PairOfUnits): Html {
  const { source, targets } = pair;
  const sourceText = unitWords(source).text;
  const identical = targets.length === 1 && targets[0] !== undefined && reflow(unitWords(targets[0]).text) === reflow(sourceText);
  const sides = identical || row.relation === 'same' ? null : marked(pair, row);
  const limit = context.limit;
  const left = sides === null ? plainWords(sourceText, source, limit) : markedWords(sides.source, 'del', source, limit);
  const right = targets.map((target, at) => html`${targets.length > 1 ? html`<p class="where">${heading(target, target.key)}</p>` : null}${
    identical ? html`<p class="dim">The same words.</p>`
    : sides === null ? plainWords(unitWords(target).text, target, limit)
    : markedWords(sides.targets[at] ?? [], 'ins', target, limit)}`);
  const body = html`<div class="pair"><div class="side">${left}</div><div class="side">${right}</div></div>`;
  const length = sourceText.length + targets.reduce((sum, target) => sum + unitWords(target).text.length, 0);
  const remark = sides?.compared === false ? html`<p class="why">Worded differently throughout: single words are not marked.</p>` : null;
  const folded = (inside: Html): Html => html`<details><summary>Words, ${counted(length, 'character')} on both sides</summary>${inside}</details>`;
  if (row.relation === 'same') return folded(html`${body}${facts(row)}${why(row)}`);
  if (length > FOLD_ABOVE) return html`${folded(body)}${remark}${facts(row)}${why(row)}`;
  return html`${body}${remark}${facts(row)}${why(row)}`;
}

function targetCell(context: RowContext, row: CrosswalkRow): Html {
  const targets = row.match?.targets ?? [];
  if (row.side === 'target') return html`${named(row.unit, row.id)}`;
  if (targets.length > 0) {
    return html`${targets.map((target, at) => html`${at === 0 ? null : html`<br>`}${named(context.view.target(target.targetId), target.targetId)}${target.role === 'part' ? html` <span class="dim">in part</span>` : null}`)}`;
  }
  if (row.relation === 'missing') return html`<a class="dim" href="#${context.prefix}missing">no counterpart</a>`;
  if (row.outcome === 'abstained' && row.side === 'source') return html`<a href="#${context.prefix}review-${row.at}">${counted(row.match?.candidates.length ?? 0, 'candidate')}</a>`;
  return html`<span class="dim">${row.reason ?? '\u2013'}</span>`;
}

function rowBody(context: RowContext, row: CrosswalkRow): Html {
  const pair = pairOf(context.view, row);
  const confidence = row.match?.confidence ?? null;
  return html`<tbody id="${anchor(context, row)}" class="r-${row.relation ?? row.outcome}"><tr><td>${
    row.side === 'source' ? named(row.unit, row.id) : html`<span class="dim">no counterpart</span>`
  }</td><td class="fit">${relationBadge(row)}</td><td>${targetCell(context, row)}</td><td class="fit">${impactBadge(row.impact)}${
    row.variance === null || row.variance === 'none' ? null : html` <span class="dim">${row.variance}</span>`
  }</td><td class="fit c">${confidenceBar(confidence, context.acceptAt)}${formatConfidence(confidence)}</td></tr>${
    pair === null ? null : html`<tr class="words"><td colspan="5">${row.reason === null ? null : html`<p class="reason">${row.reason}</p>`}${words(context, row, pair)}</td></tr>`
  }</tbody>
`;
}

/** Every row in document order, with the words of both sides. */
export function allRows(context: RowContext, id: string, present: readonly { readonly name: string; readonly count: number }[]): Html {
  const { rows, documents } = context.view;
  const name = (at: number, word: string): string => documents[at]?.path ?? word;
  return html`<h2 id="${id}">All ${formatCount(rows.length)} rows</h2>
<p class="lead">In the order of the source, then what only the target has. <del>Only in the source</del>, <ins>only in the target</ins>; <sup>1</sup> numbers a difference in fact on both sides.</p>
<fieldset class="filter"><legend>Show</legend><input type="radio" name="${id}" id="${id}-all" checked><label for="${id}-all">all ${formatCount(rows.length)}</label>${present.map(
    (choice) => html`<input type="radio" name="${id}" id="${id}-${choice.name}" class="show-${choice.name}"><label for="${id}-${choice.name}">${choice.name} ${formatCount(choice.count)}</label>`,
  )}</fieldset>
<table class="rows"><colgroup><col class="side"><col class="r"><col class="side"><col class="i"><col class="c"></colgroup>
<thead><tr><th>Source: ${name(0, 'source')}</th><th>Relation</th><th>Target: ${name(1, 'target')}</th><th>Impact</th><th class="c">Confidence</th></tr></thead>
${rows.map((row) => rowBody(context, row))}</table>`;
}
