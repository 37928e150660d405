import type { Finding, OutputUnit, Span } from '../../../../shared/model.ts';
import { excerpt, oneLine, printable } from './printable.ts';
import { unitWords } from './unitWords.ts';

/** Kinds whose sentence repeats their title: the document's own words say more. */
const SHOWN_BY_WORDS: ReadonlySet<string> = new Set(['definition', 'election.depends']);
/** Characters of a sentence shown on each side of what a finding rests on. */
const CONTEXT_LENGTH = 320;
const SENTENCE_END_CLOSE = /[.!?]["'\u201d\u2019)\]]*$/;
/** A speaker named further into a turn is spoken of, not speaking. */
const TURN_HEAD_LENGTH = 200;
/** Of Markdown. */
const HEADING_MARK = /^#{1,6} /;
const SENTENCE_END = /[.!?]["'\u201d\u2019)\]]*\s+|\n\s*\n/g;

/** The sentence a span stands in, cut at the span. */
export interface WordsInContext {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

function afterLastEnd(text: string): string {
  const last = [...text.matchAll(SENTENCE_END)].at(-1);
  return last === undefined ? text : text.slice(last.index + last[0].length);
}

function upToFirstEnd(text: string): string {
  const [first] = text.matchAll(SENTENCE_END);
  return first === undefined ? text : text.slice(0, first.index + first[0].trimEnd().length);
}

/** Where the words of a turn begin: after its speaker, its time and the mark that ends them. */
function turnStart({ span, speaker, time }: OutputUnit): number {
  const head = span.quote.slice(0, TURN_HEAD_LENGTH);
  const ends = [speaker, time].flatMap((part) => {
    const at = part === undefined || part === '' ? -1 : head.indexOf(part);
    return at === -1 || part === undefined ? [] : [at + part.length];
  });
  if (ends.length === 0) return 0;
  const end = Math.max(...ends);
  return end + (/^[^\n:>]{0,60}[\n:>]\s*/.exec(span.quote.slice(end))?.[0].length ?? 0);
}

/** A span with the rest of its sentence, as far as its unit reaches. What a rule took as a sentence stays as it is. */
export function inContext(span: Span, unit: OutputUnit | null): WordsInContext {
  const whole = unit?.kind === 'turn' && SENTENCE_END_CLOSE.test(span.quote);
  if (unit === null || whole) return { before: '', quote: span.quote, after: '' };
  const words = unit.span.quote;
  const start = span.start - unit.span.start;
  const end = span.end - unit.span.start;
  const begin = Math.min(start, unit.kind === 'turn' ? turnStart(unit) : unitWords(unit).start - unit.span.start);
  const from = Math.max(begin, start - CONTEXT_LENGTH);
  const to = Math.min(words.length, end + CONTEXT_LENGTH);
  const before = afterLastEnd(words.slice(from, start)).trimStart();
  const after = SENTENCE_END_CLOSE.test(span.quote) ? '' : upToFirstEnd(words.slice(end, to)).trimEnd();
  return {
    before: from > begin && before.length >= CONTEXT_LENGTH - 1 ? `\u2026${before.replace(/^\S*\s/, '')}` : before,
    quote: span.quote,
    after: to < words.length && end + after.length >= to ? `${after.replace(/\s\S*$/, '')}\u2026` : after,
  };
}

/** Characters kept before a quote that stands too far in its sentence, and about as many after it. */
const MIN_LEAD = 16;

/** One space for each run of white space, also at the ends. */
function spaced(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}

/** On one line of about `length` characters, in which the quote can be seen. */
export function contextLine({ before, quote, after }: WordsInContext, length: number): string {
  const lead = spaced(before).trimStart();
  const rest = `${spaced(quote)}${spaced(after)}`;
  const room = Math.max(MIN_LEAD, length - spaced(quote).length - MIN_LEAD);
  if (lead.length <= room) return excerpt(`${lead}${rest}`, length);
  return excerpt(`\u2026${lead.slice(lead.length - room).replace(/^\S*\s/, '')}${rest}`, length);
}

/** What a rule says of the words beyond its title; null where it says no more. */
export function statement(finding: Finding): string | null {
  const text = oneLine(finding.text);
  if (text === '' || SHOWN_BY_WORDS.has(finding.kind)) return null;
  return finding.evidence.some((span) => oneLine(span.quote) === text) ? null : text;
}

/** A finding as one line: what is wrong where a rule says so, otherwise the document's words. */
export function findingLine(finding: Finding, unitOf: (span: Span) => OutputUnit | null, length: number): string {
  const said = statement(finding);
  const [first] = finding.evidence;
  if (first === undefined) return excerpt(said ?? finding.title, length);
  if (said === null) return contextLine(inContext(first, unitOf(first)), length) || oneLine(finding.title);
  const quote = oneLine(first.quote).replace(HEADING_MARK, '');
  return excerpt(said.includes(quote) ? said : `${said} \u201c${quote}\u201d`, length);
}

/** Evidence without what stands inside earlier evidence, as the date inside the sentence that sets it. */
export function ownEvidence(finding: Finding): readonly Span[] {
  return finding.evidence.filter((span, at) => !finding.evidence.slice(0, at).some(
    (other) => other.document === span.document && other.start <= span.start && span.end <= other.end,
  ));
}

/** Told beside the words, or by them. */
const PLACE_FIELDS: ReadonlySet<string> = new Set(['speaker', 'time', 'rule', 'owner', 'due']);

/** Named facts that the words shown do not say already; who and by when are told on their own. */
export function otherFacts(finding: Finding): readonly (readonly [name: string, value: string])[] {
  const shown = oneLine([finding.text, ...finding.evidence.map((span) => span.quote)].join(' '));
  return Object.entries(finding.fields ?? {}).filter(([name, value]) => !PLACE_FIELDS.has(name) && value !== '' && !shown.includes(oneLine(value)));
}

/** `Joan Bellamy, due next Friday`; empty where the words name neither. */
export function ownerAndDue(finding: Finding): string {
  const owner = oneLine(finding.fields?.['owner'] ?? '');
  const due = oneLine(finding.fields?.['due'] ?? '');
  return [owner, due === '' ? '' : `due ${due}`].filter((part) => part !== '').join(', ');
}
