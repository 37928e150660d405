import { finderOf, nameInWords } from '../../../engine/index.ts';
import type { PlacedFinding } from '../../results/placedDocument.ts';
import { plain, plainExcerpt } from './markdown.ts';
import { placeLink } from './places.ts';
import { actionLine, reviewLines, STALE_LINE, type HoverContext } from './rowHover.ts';

const MAX_WORDS = 400;
const MAX_EVIDENCE = 5;

/** What an analysis found at some words, as paragraphs of Markdown; `unit` names the provision they stand in. Words of documents are escaped. */
export function findingHover({ finding, stale }: PlacedFinding, unit: string, { index, documents, review, timeZone }: HoverContext): string {
  const { title, text, fields, evidence, outcome, reason, confidence } = finding;
  const facts = Object.entries(fields ?? {}).map(([name, value]) => `- ${plain(nameInWords(name))}: ${plainExcerpt(value, MAX_WORDS)}`);
  const places = evidence.slice(0, MAX_EVIDENCE).map((span) => `- ${placeLink(span.quote.slice(0, MAX_WORDS / 2), span, span, documents)}`);
  return [
    ...(stale ? [STALE_LINE] : []),
    `**${plain(title)}**${outcome === 'decided' ? '' : ` \u00b7 ${outcome}`}`,
    ...(text === '' || text === title ? [] : [plainExcerpt(text, MAX_WORDS)]),
    ...(reason === undefined ? [] : [plainExcerpt(reason, MAX_WORDS)]),
    ...(facts.length === 0 ? [] : [facts.join('\n')]),
    ...(places.length === 0 ? [] : [`Evidence:\n\n${places.join('\n')}`]),
    `Found by ${plain(finderOf(finding))}${confidence === null ? '; its precision is not measured' : `, right about ${Math.floor(confidence * 100)} times in 100`}.`,
    reviewLines(review, timeZone).join('  \n'),
    actionLine({ runId: index.run.id, id: finding.key }, false, stale ? { unit } : null),
  ].join('\n\n');
}
