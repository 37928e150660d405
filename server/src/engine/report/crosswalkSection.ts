import type { Difference } from '../../../../shared/model.ts';
import { allRows, anchor, named, relationBadge, type RowContext } from './crosswalkRows.ts';
import { saidBy, tellingDifferences } from './differenceWords.ts';
import { counted, formatConfidence, formatCount } from '../../../../shared/words/format.ts';
import { html, joined, type Html } from './html.ts';
import { badge, impactBadge } from './icons.ts';
import { differenceTitle, RELATION_MEANING, sentenceCase } from '../../../../shared/words/labels.ts';
import { excerpt } from './printable.ts';
import { relationCounts, rowsThatMatter, type CrosswalkRow } from './runView.ts';
import { unitWords } from './unitWords.ts';
import { plainWords } from './words.ts';

/** Rows of the table a reader sees first; the rest stand in the table of all rows. */
const FIRST_ROWS = 60;
/** Candidates shown of a row that is left for review. */
const BEST_CANDIDATES = 3;
/** Characters of a value or of a candidate's words in a list. */
const VALUE_LENGTH = 90;
const CANDIDATE_LENGTH = 240;

/** `period: 1 year → 2 years`. */
function differenceLine(difference: Difference): Html {
  const source = excerpt(saidBy(difference, 'source'), VALUE_LENGTH);
  const target = excerpt(saidBy(difference, 'target'), VALUE_LENGTH);
  const silent = html`<span class="dim">not said</span>`;
  return html`<div class="difference"><span class="dim">${differenceTitle(difference.kind)}:</span> ${source === '' ? silent : html`<del>${source}</del>`} → ${target === '' ? silent : html`<ins>${target}</ins>`}</div>`;
}

function summary(context: RowContext): Html {
  const meaning: Readonly<Record<string, string>> = { ...RELATION_MEANING, abstained: 'left for review', skipped: 'not looked at', failed: 'no answer' };
  const counts = relationCounts(context.view.rows).filter((entry) => entry.count > 0 || entry.name in RELATION_MEANING);
  const first = (name: string): CrosswalkRow | undefined => context.view.rows.find((row) => (row.relation ?? row.outcome) === name);
  const moved = context.view.rows.filter((row) => row.moved).length;
  return html`<ul class="counts">${counts.map(({ name, count }) => {
    const row = first(name);
    const body = html`<b>${formatCount(count)}</b>${badge(name === 'decided' ? 'same' : name)}<br><span class="where">${meaning[name] ?? ''}</span>`;
    return row === undefined ? html`<li class="zero">${body}</li>` : html`<li><a href="#${anchor(context, row)}">${body}</a></li>`;
  })}</ul>${moved > 0 ? html`<p class="lead">${counted(moved, 'row')} ${moved === 1 ? 'stands' : 'stand'} in another place of the outline.</p>` : null}`;
}

function firstTable(context: RowContext, rows: readonly CrosswalkRow[]): Html {
  const { view } = context;
  return html`<div class="scroll" tabindex="0"><table class="first"><thead><tr><th>Impact</th><th>Relation</th><th>Source</th><th>Target</th><th>What differs</th></tr></thead><tbody>${rows.map((row) => {
    const target = row.side === 'target' ? null : row.match?.targets[0];
    const differences = row.match?.differences ?? [];
    const shown = tellingDifferences(differences).slice(0, 3);
    return html`<tr><td class="fit">${impactBadge(row.impact)}</td><td class="fit">${relationBadge(row)}</td><td>${
      row.side === 'target' ? html`<span class="none">–</span>` : html`<a href="#${anchor(context, row)}">${named(row.unit, row.id)}</a>`
    }</td><td>${
      row.side === 'target' ? html`<a href="#${anchor(context, row)}">${named(row.unit, row.id)}</a>`
      : target === undefined || target === null ? html`<span class="none">–</span>` : named(view.target(target.targetId), target.targetId)
    }</td><td>${shown.map(differenceLine)}${differences.length > shown.length ? html`<div><a class="dim" href="#${anchor(context, row)}">and ${differences.length - shown.length} more in the words</a></div>` : null}${
      differences.length === 0 ? html`<span class="dim">${row.relation === 'missing' ? 'the whole provision' : row.relation === 'new' ? 'the whole provision is new' : row.match?.why[0]?.detail ?? '\u2013'}</span>` : null
    }</td></tr>`;
  })}</tbody></table></div>`;
}

function lookFirst(context: RowContext, id: string): Html {
  const rows = rowsThatMatter(context.view.rows);
  const high = rows.filter((row) => row.impact === 'high').length;
  if (rows.length === 0) return html`<h2 id="${id}">Look at these first</h2><p>No decided row differs in effect, is missing or is new.</p>`;
  const shown = rows.slice(0, Math.max(FIRST_ROWS, high));
  return html`<h2 id="${id}">Look at these first</h2>
<p class="lead">${counted(rows.length, 'decided row')} that ${rows.length === 1 ? 'says' : 'say'} more than “the same”, high impact first: ${formatCount(high)} high.${rows.length > shown.length ? ` The first ${formatCount(shown.length)} are here, the others in the table of all rows.` : ''}</p>
${firstTable(context, shown)}`;
}

function card(context: RowContext, row: CrosswalkRow, more: Html | null): Html {
  return html`<li><p><a href="#${anchor(context, row)}">${named(row.unit, row.id)}</a>${row.impact === null ? null : html` ${impactBadge(row.impact)}`}</p>${
    row.unit === null ? null : html`<div class="quote">${plainWords(unitWords(row.unit).text, row.unit, context.limit)}</div><p class="where">${row.unit.span.document}, line ${row.unit.span.line}</p>`
  }${more}</li>`;
}

function oneSided(context: RowContext, id: string, relation: 'missing' | 'new', title: string, lead: string): Html | null {
  const rows = context.view.rows.filter((row) => row.relation === relation);
  if (rows.length === 0) return null;
  return html`<h2 id="${id}">${title}</h2><p class="lead">${lead}</p><ul class="cards">${rows.map((row) => card(context, row, null))}</ul>`;
}

/** A row whose counterpart is known and whose effect is not: its words stand marked in the table of all rows. */
function settledTopic(context: RowContext, row: CrosswalkRow): Html {
  const targets = row.match?.targets ?? [];
  return html`<li id="${context.prefix}review-${row.at}"><p><a href="#${anchor(context, row)}">${named(row.unit, row.id)}</a> → ${joined(targets.map((target) => named(context.view.target(target.targetId), target.targetId)), ', ')} <span class="dim">${formatConfidence(row.match?.confidence ?? null)}</span></p></li>`;
}

function openRow(context: RowContext, row: CrosswalkRow): Html {
  const list = (row.match?.candidates ?? []).slice(0, BEST_CANDIDATES).map((candidate) => {
    const unit = context.view.target(candidate.targetId);
    return html`<li>${named(unit, candidate.targetId)} <span class="dim">score ${candidate.score.toFixed(2)}</span>${unit === null ? null : html`<br><span class="where">${excerpt(unitWords(unit).text, CANDIDATE_LENGTH)}</span>`}</li>`;
  });
  const candidates = list.length > 0 ? html`<ol class="candidates">${list}</ol>` : row.side === 'source' ? html`<p class="where">No candidate shares enough words.</p>` : null;
  return html`<li id="${context.prefix}review-${row.at}"><p><a href="#${anchor(context, row)}">${named(row.unit, row.id)}</a>${row.side === 'target' ? html` <span class="dim">in the target</span>` : null}</p>${
    row.unit === null ? null : html`<div class="quote">${plainWords(unitWords(row.unit).text, row.unit, context.limit)}</div>`
  }${candidates}</li>`;
}

function review(context: RowContext, id: string): Html | null {
  const rows = context.view.rows.filter((row) => row.outcome === 'abstained');
  if (rows.length === 0) return null;
  const reasons = new Map<string, CrosswalkRow[]>();
  for (const row of rows) {
    const reason = row.reason ?? 'no reason given';
    reasons.set(reason, [...(reasons.get(reason) ?? []), row]);
  }
  const groups = [...reasons].toSorted(([, a], [, b]) => b.length - a.length);
  return html`<h2 id="${id}">Left for review</h2>
<p class="lead">${counted(rows.length, 'row')} that rules did not settle, by reason.</p>
${groups.map(([reason, members]) => html`<h3>${sentenceCase(reason)} <span class="dim">${formatCount(members.length)}</span></h3><ul class="cards">${
    members.map((row) => ((row.match?.targets.length ?? 0) > 0 ? settledTopic(context, row) : openRow(context, row)))
  }</ul>`)}`;
}

/** Everything a crosswalk found: counts, what to look at first, what is left open, every row. */
export function crosswalkSection(context: RowContext): { readonly body: Html; readonly contents: readonly (readonly [string, string])[] } {
  const id = (name: string): string => `${context.prefix}${name}`;
  const present = relationCounts(context.view.rows).filter((entry) => entry.count > 0);
  const parts: readonly (readonly [string, string, Html | null])[] = [
    [id('first'), 'Look at these first', lookFirst(context, id('first'))],
    [id('missing'), 'Missing', oneSided(context, id('missing'), 'missing', 'Missing from the target', 'Provisions of the source without a counterpart in the target.')],
    [id('new'), 'New', oneSided(context, id('new'), 'new', 'New in the target', 'Provisions of the target nothing in the source answers to.')],
    [id('review'), 'Left for review', review(context, id('review'))],
    [id('rows'), 'All rows', allRows(context, id('rows'), present)],
  ];
  return {
    body: html`${summary(context)}${parts.map(([, , part]) => part)}`,
    contents: parts.flatMap(([target, title, part]) => (part === null ? [] : [[target, title] as const])),
  };
}
