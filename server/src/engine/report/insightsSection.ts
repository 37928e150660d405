import type { Finding, RunOutput, Span } from '../../../../shared/model.ts';
import { counted, formatCount, formatPercent } from '../../../../shared/words/format.ts';
import { html, type Html } from './html.ts';
import { badge } from './icons.ts';
import { inContext, otherFacts, ownEvidence, ownerAndDue, statement } from './findingWords.ts';
import { field, groupFindings, placesOf, type FindingGroup, type Place } from './insights.ts';
import { percentShares } from '../../../../shared/words/largestRemainder.ts';
import { foundBy } from '../../../../shared/words/foundBy.ts';
import { nameInWords, OUTCOME_LABEL } from '../../../../shared/words/labels.ts';
import { heading } from './runView.ts';

type Part = readonly [id: string, title: string, count: number | null, body: Html];

type PlaceOf = (span: Span) => Place;

/** `1.08(a) General Definition · line 37`, `Joan Bellamy, 03:30 · line 61`. */
function where(span: Span, of: PlaceOf): Html {
  const { speaker, time, line, unit } = of(span);
  const who = [speaker, time].filter((part) => part !== '').join(', ');
  const named = who !== '' || unit === null ? who : heading(unit, '');
  return html`${named === '' ? null : `${named} · `}line ${line}`;
}

function quote(span: Span, of: PlaceOf): Html {
  const { before, quote: words, after } = inContext(span, of(span).unit);
  return html`<div class="quote">${before === '' && after === '' ? words : html`${before}<mark>${words}</mark>${after}`}</div>`;
}

function evidence(finding: Finding, of: PlaceOf): Html {
  const rule = finding.fields?.['rule'];
  const model = foundBy(finding);
  const how = html`${rule === undefined ? null : html` <code>${rule}</code>`}${model === '' ? null : ` \u00b7 ${model}`}`;
  return html`${ownEvidence(finding).map((span, at) => html`${quote(span, of)}<p class="where">${where(span, of)}${at > 0 ? null : how}</p>`)}`;
}

/** Why a finding is not decided. */
function openReason(finding: Finding): Html | null {
  return finding.outcome === 'decided' ? null : html`<p>${badge(finding.outcome)} ${finding.reason ?? ''}</p>`;
}

/** What a rule says of the words; of a finding without words its title. */
function lead(finding: Finding): Html | null {
  const said = statement(finding) ?? (finding.evidence.length === 0 ? finding.title : null);
  if (said === null && finding.severity === 'info') return null;
  return html`<p>${finding.severity === 'info' ? null : html`<span class="${finding.severity}">${finding.severity}</span> `}<b>${said ?? finding.title}</b></p>`;
}

function actionItems(group: FindingGroup, of: PlaceOf): Html {
  return html`<div class="scroll" tabindex="0"><table class="actions"><thead><tr><th>Action</th><th>Owner</th><th>Due</th></tr></thead>${group.findings.map(
    (finding) => html`<tbody><tr><td>${lead(finding)}${openReason(finding)}${evidence(finding, of)}</td><td>${field(finding, 'owner')}</td><td>${field(finding, 'due')}</td></tr></tbody>`,
  )}</table></div><p class="where">A dash: the words name no owner or no date.</p>`;
}

function list(group: FindingGroup, of: PlaceOf): Html {
  return html`<ul class="cards">${group.findings.map((finding) => {
    const who = ownerAndDue(finding);
    const facts = otherFacts(finding);
    return html`<li>${lead(finding)}${openReason(finding)}${evidence(finding, of)}${who === '' ? null : html`<p>${who}</p>`}${
      facts.length === 0 ? null : html`<p class="where">${facts.map(([name, value], at) => `${at === 0 ? '' : ' · '}${nameInWords(name)}: ${value}`)}</p>`
    }</li>`;
  })}</ul>`;
}

function speakers(run: RunOutput): Html {
  const shares = percentShares(run.speakers.map((speaker) => speaker.words));
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th>Speaker</th><th class="n">Turns</th><th class="n">Words</th><th class="n">Share of words</th><th></th><th class="n">Questions</th></tr></thead><tbody>${run.speakers.map(
    (speaker, at) => html`<tr><td>${speaker.speaker}</td><td class="n">${formatCount(speaker.turns)}</td><td class="n">${formatCount(speaker.words)}</td><td class="n">${formatPercent(shares[at] ?? 0)}</td><td class="fit"><svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="track"/><rect width="${shares[at] ?? 0}" height="8" class="part"/></svg></td><td class="n">${formatCount(speaker.questions)}</td></tr>`,
  )}</tbody></table></div>`;
}

function analyses(run: RunOutput): Html {
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th>Analysis</th><th>Outcome</th><th>Read</th><th class="n">Findings</th></tr></thead><tbody>${run.analyses.map(
    (analysis) => html`<tr><td>${analysis.title}</td><td>${analysis.outcome === 'decided' ? OUTCOME_LABEL.decided : badge(analysis.outcome)}${analysis.reason === undefined ? null : html` <span class="dim">${analysis.reason}</span>`}</td><td>${analysis.read}</td><td class="n">${analysis.outcome === 'decided' ? formatCount(analysis.findings) : '\u2013'}</td></tr>`,
  )}</tbody></table></div>`;
}

/** Everything found in one document: findings by kind, speakers, which analyses ran. */
export function insightsSection(run: RunOutput, prefix: string): { readonly body: Html; readonly contents: readonly (readonly [string, string])[] } {
  const groups = groupFindings(run.findings);
  const of = placesOf(run);
  const parts: Part[] = groups.map((group) => [
    `${prefix}k-${group.kind.replace(/[^A-Za-z0-9]+/g, '-')}`,
    group.title,
    group.findings.length,
    group.kind === 'actionItem' ? actionItems(group, of) : list(group, of),
  ]);
  if (run.speakers.length > 0) parts.push([`${prefix}speakers`, 'Speakers', run.speakers.length, speakers(run)]);
  if (run.analyses.length > 0) parts.push([`${prefix}analyses`, 'Analyses', null, analyses(run)]);
  const nothing = groups.length === 0 && run.state === 'done'
    ? html`<p>Nothing was found: ${counted(run.units.length, 'unit')} read.</p>` : null;
  return {
    body: html`${nothing}${parts.map(([id, title, count, body]) => html`<h2 id="${id}">${title}${count === null ? null : html` <span class="dim">${formatCount(count)}</span>`}</h2>${body}`)}`,
    contents: parts.map(([id, title]) => [id, title] as const),
  };
}
