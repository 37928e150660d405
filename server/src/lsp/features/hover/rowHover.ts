import { differenceTitle, formatConfidence, formatPercent, saidBy, tellingDifferences } from '../../../engine/index.ts';
import type { Difference, Match } from '../../../../../shared/model.ts';
import { RELATION_MEANING } from '../../../../../shared/words/labels.ts';
import type { RowAddress, RowReview } from '../../../../../shared/protocol/reviews.ts';
import type { EditorCommand } from '../../../../../shared/editorCommands.ts';
import type { PlacedUnit } from '../../results/placedDocument.ts';
import type { RunIndex, UnitRow } from '../../results/runIndex.ts';
import { label, nearest } from '../matchMarks.ts';
import { stateWords, whoAndWhen } from '../reviewWords.ts';
import { againLink, commandLink, plain, plainExcerpt, quoted } from './markdown.ts';
import { placeLink, unitLink, type RunDocuments } from './places.ts';
import { wordDifference } from './wordDifference.ts';

/** Longest value, quote or reason repeated, in characters of the document. */
const MAX_WORDS = 160;
/** Differences, pieces of evidence, reasons and counterparts listed; the results panel has them all. */
const MAX_LISTED = 6;

export interface HoverContext {
  readonly index: RunIndex;
  readonly documents: RunDocuments;
  readonly review: RowReview | undefined;
  /** IANA name; moments are shown in it. */
  readonly timeZone: string;
}

function listOf<T>(all: readonly T[], line: (one: T) => string): readonly string[] {
  const rest = all.length - MAX_LISTED;
  return [...all.slice(0, MAX_LISTED).map((one) => `- ${line(one)}`), ...(rest > 0 ? [`- and ${rest} more`] : [])];
}

/** `**changed** (same topic, other effect) · moved · design variance · high impact · confidence .93`. */
function headline(match: Match): string {
  const { relation, moved, variance, impact, confidence, outcome } = match;
  if (relation === null) return `**${outcome === 'abstained' ? 'Left for review' : outcome === 'failed' ? 'No answer' : 'Skipped'}**`;
  const parts = [
    `**${relation}** (${RELATION_MEANING[relation]})`,
    ...(moved ? ['moved to another place in the outline'] : []),
    ...(variance === null || variance === 'none' ? [] : [`${variance} variance`]),
    ...(impact === null || impact === 'none' ? [] : [`**${impact}** impact`]),
    ...(confidence === null ? [] : [`confidence ${formatConfidence(confidence)}`]),
  ];
  return parts.join(' \u00b7 ');
}

/** What the figure means, so that nobody takes it for a grade. */
export function confidenceWords(confidence: number | null): string | null {
  if (confidence === null) return null;
  return `Of matches with this confidence about ${formatPercent(Math.floor(confidence * 100))} are the right counterpart; it says nothing of the effect.`;
}

function differenceLine(difference: Difference, { documents }: HoverContext, row: UnitRow): string {
  const side = (which: 'source' | 'target'): string => {
    const said = saidBy(difference, which);
    if (said === '') return 'nothing';
    const span = difference[which];
    const home = which === row.here ? row.own : row.others.find((unit) => span !== undefined && unit.span.document === span.document && unit.span.start <= span.start && span.end <= unit.span.end);
    return span === undefined ? quoted(said, MAX_WORDS) : `"${placeLink(said.slice(0, MAX_WORDS), span, home?.span ?? span, documents)}"`;
  };
  return `${plain(differenceTitle(difference.kind))}: ${side('source')} \u2192 ${side('target')}`;
}

function evidenceLines(match: Match, { documents, index }: HoverContext): readonly string[] {
  const source = index.unit(match.sourceId, 'source');
  const spans = match.targets.flatMap(({ targetId, evidence }) => {
    const target = index.unit(targetId, 'target');
    return [
      ...evidence.source.map((span) => ({ span, home: source?.span ?? span })),
      ...evidence.target.map((span) => ({ span, home: target?.span ?? span })),
    ];
  });
  return listOf(spans, ({ span, home }) => `${placeLink(span.quote.slice(0, MAX_WORDS), span, home, documents)}`);
}

/** What a person said: state, who and when, the note; or why it is to be looked at again. */
export function reviewLines(review: RowReview | undefined, timeZone: string): readonly string[] {
  if (review === undefined) return ['Not reviewed yet.'];
  const state = stateWords(review);
  const who = plain(whoAndWhen(review, timeZone));
  const earlier = review.earlier === undefined || review.earlier === 'open' ? '' : ` It was ${review.earlier} ${who}.`;
  return [
    review.standing === 'reviewAgain'
      ? `**Review again:** ${plainExcerpt(review.reason ?? 'What was reviewed changed.', MAX_WORDS * 2)}${earlier}`
      : state === null ? `Open; noted ${who}.` : `**${plain(state)}** ${who}.`,
    ...(review.note === undefined || review.note === '' ? [] : [`Note: ${plainExcerpt(review.note, MAX_WORDS * 2)}`]),
    ...(review.exception === undefined ? [] : [`Exception: ${review.exception}.`]),
  ];
}

const ACTIONS = ['collate.accept', 'collate.reject', 'collate.override', 'collate.note', 'collate.openException'] as const satisfies readonly EditorCommand[];
const LEADS = ['collate.openCounterpart', 'collate.compareWithCounterpart'] as const satisfies readonly EditorCommand[];

/** The commands on a row as links; of a `stale` one, named by its provision, the one that analyzes it again first. */
export function actionLine(row: RowAddress, leads: boolean, stale: { readonly unit: string } | null): string {
  const commands: readonly EditorCommand[] = [...ACTIONS, ...(leads ? LEADS : []), 'collate.showMatch'];
  return [...(stale === null ? [] : [againLink(row, stale.unit)]), ...commands.map((command) => commandLink(command, row))].join(' \u00b7 ');
}

export const STALE_LINE = '**Text changed since the run.** What follows was said of the earlier words and may no longer hold.';

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}\n\n${lines.join('\n')}`];
}

/** What a crosswalk says of one unit, as paragraphs of Markdown. Words of documents are escaped; only our links are links. */
export function rowHover(row: UnitRow, unit: PlacedUnit, context: HoverContext): string {
  const { index, documents, review, timeZone } = context;
  const { match, own, others } = row;
  const address = { runId: index.run.id, id: row.id };
  const stale = unit.stale || others.some((other) => documents.get(other.span.document)?.mapper.holds(other.span) === false);
  const paragraphs: string[] = stale ? [STALE_LINE] : [];
  if (match === null) {
    const { impact, reason } = row.newTarget ?? {};
    paragraphs.push(`**${row.newTarget?.relation ?? 'No counterpart named'}** (${RELATION_MEANING.new})${impact === null || impact === undefined ? '' : ` \u00b7 **${impact}** impact`}`);
    if (reason !== undefined) paragraphs.push(plainExcerpt(reason, MAX_WORDS * 2));
  } else {
    paragraphs.push(headline(match));
    if (match.reason !== undefined) paragraphs.push(plainExcerpt(match.reason, MAX_WORDS * 2));
    if (others.length > 0) paragraphs.push(`${row.here === 'source' ? '\u2192' : '\u2190'} ${others.slice(0, MAX_LISTED).map((other) => unitLink(other, documents)).join(', ')}`);
    else paragraphs.push(...section('Nearest candidates:', nearest(match, index).map((one) => `- ${unitLink(one, documents)}`)));
    const source = row.here === 'source' ? own : others[0];
    const targets = row.here === 'source' ? others : match.targets.flatMap(({ targetId }) => index.unit(targetId, 'target') ?? []);
    if (source !== undefined && targets.length > 0) {
      const words = wordDifference(source, targets);
      if (words === null) paragraphs.push('The wordings have too little in common to be shown as one text.');
      else if (words.differs) paragraphs.push(`~~only in the source~~ **only in the target**\n\n${words.markdown}`);
      else paragraphs.push('The words are equal.');
    }
    paragraphs.push(...section('Differences:', listOf(tellingDifferences(match.differences).filter(({ kind }) => kind !== 'words'), (one) => differenceLine(one, context, row))));
    paragraphs.push(...section('Evidence:', evidenceLines(match, context)));
    paragraphs.push(...section('Why:', listOf(match.why, ({ rule, detail }) => `${plain(rule)}: ${plainExcerpt(detail, MAX_WORDS)}`)));
    const meaning = confidenceWords(match.confidence);
    if (meaning !== null) paragraphs.push(meaning);
  }
  paragraphs.push(reviewLines(review, timeZone).join('  \n'));
  paragraphs.push(actionLine(address, others.length > 0, stale ? { unit: label(own) } : null));
  return paragraphs.join('\n\n');
}
