import type { Finding, Output, RunOutput, Span } from '../../../../shared/model.ts';
import { READ_FROM_PICTURE } from '../../../../shared/pictures.ts';
import { counted, formatCount, formatMoment, formatPercent } from '../../../../shared/words/format.ts';
import { whoFound } from './askedOfModels.ts';
import { field, groupFindings, placesOf, type Place } from './insights.ts';
import { ownEvidence, ownerAndDue, statement } from './findingWords.ts';
import { foundBy, shortfallOf } from '../../../../shared/words/foundBy.ts';
import { percentShares } from '../../../../shared/words/largestRemainder.ts';
import { oneLine } from './printable.ts';
import { runTitle, viewRun } from './runView.ts';

export interface NotesOptions {
  readonly timeZone?: string;
  readonly inputs?: readonly string[];
}

/** A document's words as plain text of Markdown: no markup, link, image, tag or table border can come of them. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()<>#|~!$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/^([-+=]|\d+(?=[.)]))/, '\\$1')
    .replace(/\b(https?|ftp|mailto)(:)/gi, '$1&#58;')
    .replace(/@/g, '&#64;')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}&#46;`);
}

function place(span: Span | undefined, of: (span: Span) => Place): string {
  if (span === undefined) return '';
  const { speaker, time, line } = of(span);
  return escapeMarkdown([speaker, time, `line ${String(line)}`].filter((part) => part !== '').join(', '));
}

/** What a finding says, in the document's words, with what a rule says of them where it says more. */
function said(finding: Finding): string {
  const quotes = ownEvidence(finding).map((span) => `“${escapeMarkdown(span.quote)}”`).join(' … ');
  const more = statement(finding);
  return more === null ? quotes || escapeMarkdown(finding.title) : [escapeMarkdown(more), quotes].filter((part) => part !== '').join(' ');
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('; ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Notes of a meeting as Markdown: decisions, actions, questions, speakers, each with the words it rests on. */
export function renderMeetingNotes(output: Output, run: RunOutput, options: NotesOptions = {}): string {
  const view = viewRun(output, run, options.inputs);
  const parts = [`# ${escapeMarkdown(runTitle(view))}`, `${formatMoment(run.startedAt, options.timeZone ?? 'UTC')}. ${escapeMarkdown(whoFound(run))}`];
  const pictured = view.documents.flatMap(({ problems }) => problems.filter(({ code }) => code === READ_FROM_PICTURE));
  parts.push(...pictured.map(({ message }) => `> ${escapeMarkdown(message)}`));
  if (run.stateReason !== undefined) parts.push(`> ${escapeMarkdown(run.stateReason)}`);
  const groups = groupFindings(run.findings);
  const of = placesOf(run);
  for (const group of groups) {
    parts.push(`## ${escapeMarkdown(group.title)}`);
    if (group.kind === 'actionItem') {
      parts.push(table(['Action', 'Owner', 'Due', 'Said'], group.findings.map((finding) => [
        said(finding), escapeMarkdown(field(finding, 'owner')), escapeMarkdown(field(finding, 'due')), joined(place(finding.evidence[0], of), escapeMarkdown(foundBy(finding))),
      ])));
    } else {
      parts.push(group.findings.map((finding) => `- ${said(finding)}\n  ${joined(place(finding.evidence[0], of), escapeMarkdown(ownerAndDue(finding)), escapeMarkdown(foundBy(finding)))}`).join('\n'));
    }
  }
  if (groups.length === 0) parts.push(`None found${run.provider === 'local' ? ' by rules' : ''} in ${counted(run.units.length, 'turn')}; looked for decisions, action items, commitments, risks and questions.`);
  if (run.speakers.length > 0) {
    const shares = percentShares(run.speakers.map((speaker) => speaker.words));
    parts.push('## Speakers', table(['Speaker', 'Turns', 'Words', 'Share of words', 'Questions'], run.speakers.map((speaker, at) => [
      escapeMarkdown(speaker.speaker), formatCount(speaker.turns), formatCount(speaker.words), formatPercent(shares[at] ?? 0), formatCount(speaker.questions),
    ])));
  }
  const notDone = run.analyses.filter((analysis) => analysis.outcome !== 'decided');
  if (notDone.length > 0) {
    parts.push('## Not done', notDone.map((analysis) => `- ${escapeMarkdown(analysis.title)}: ${escapeMarkdown(analysis.reason ?? analysis.outcome)}`).join('\n'));
  }
  const missed = run.analyses.flatMap((analysis) => shortfallOf(analysis) ?? []);
  if (missed.length > 0) parts.push('## Not read', missed.map((words) => `- ${escapeMarkdown(words)}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}
