import picomatch from 'picomatch';
import type { DocumentKind } from '../../../../shared/model.ts';
import { isTiming } from './cueLines.ts';
import { speechEvidence } from './speechLines.ts';

/** How a text is written, which says who reads it. */
export type TextFormat = 'cues' | 'jsonl' | 'json' | 'csv' | 'prose';

/** So much of a text is looked at to tell what it is, in UTF-16 code units. */
const LOOKED_AT = 200_000;
/** Share of lines, and number of turns, from which a text is a transcript. */
const TRANSCRIPT = { share: 0.3, turns: 3, timedTurns: 2 };
/** Option boxes from which a plan document is an adoption agreement. */
const MIN_OPTION_BOXES = 8;
/** Plan terms of different kinds, and their number per thousand words, from which a document is a plan document. */
const PLAN = { terms: 5, perThousand: 12 };

const OPTION_BOX = /\[[ xX]\]|[\u2610\u2611\u2612\u25a1\u25a0]|\([ xX]\)(?= )/g;
const PLAN_TERMS =
  /\b(?:plan administrator|adoption agreement|participants?|beneficiar(?:y|ies)|vest(?:ed|ing)|elective deferrals?|employer contributions?|hours? of service|years? of service|plan year|trustee|hardship|distributions?|forfeitures?|401\(k\)|top[- ]heavy|compensation)\b/gi;

function firstLine(text: string): string {
  const start = text.search(/\S/);
  if (start === -1) return '';
  const stop = text.indexOf('\n', start);
  return text.slice(start, stop === -1 ? text.length : stop).trim();
}

function isJsonObjectLine(line: string): boolean {
  if (!line.startsWith('{') || !line.endsWith('}')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return false;
    throw thrown;
  }
}

/** The format of a text, by its content first and its name where content cannot tell. */
export function formatOf(text: string, path: string): TextFormat {
  const name = path.toLowerCase();
  const first = firstLine(text.slice(0, LOOKED_AT));
  if (first.startsWith('WEBVTT') || name.endsWith('.vtt')) return 'cues';
  const head = text.slice(0, 4_000).split('\n');
  if (head.slice(0, 40).some(isTiming) && (name.endsWith('.srt') || /^\d+$/.test(first))) return 'cues';
  if (name.endsWith('.jsonl') || name.endsWith('.ndjson')) return 'jsonl';
  if (isJsonObjectLine(first) && text.trim().includes('\n')) return 'jsonl';
  if (name.endsWith('.json') || (/^[[{]/.test(first) && !/^\[[ xX\d:.]*\]/.test(first) && /["{}\]],?\s*$/.test(text.slice(-50)))) return 'json';
  if (name.endsWith('.csv') || name.endsWith('.tsv')) return 'csv';
  return 'prose';
}

function planWords(text: string): { readonly kinds: number; readonly perThousand: number } {
  const found = text.match(PLAN_TERMS) ?? [];
  const kinds = new Set(found.map((term) => term.toLowerCase().replace(/s$/, ''))).size;
  const words = text.split(/\s+/, 60_000).length;
  return { kinds, perThousand: (found.length * 1000) / Math.max(1, words) };
}

/** What kind of document a text is. */
export function detectKind(text: string, format: TextFormat): DocumentKind {
  if (format === 'cues' || format === 'json') return 'transcript';
  if (format === 'csv') return 'labelledRecords';
  if (format === 'jsonl') return 'document';
  const sample = text.slice(0, LOOKED_AT);
  const speech = speechEvidence(sample, LOOKED_AT);
  const enough = speech.turns >= TRANSCRIPT.turns && speech.turns / Math.max(1, speech.lines) >= TRANSCRIPT.share;
  if (speech.speakers > 0 && (enough || (speech.timed >= TRANSCRIPT.timedTurns && speech.timed / Math.max(1, speech.lines) >= TRANSCRIPT.share))) {
    return 'transcript';
  }
  const plan = planWords(sample);
  if (plan.kinds < PLAN.terms || plan.perThousand < PLAN.perThousand) return 'document';
  return (sample.match(OPTION_BOX)?.length ?? 0) >= MIN_OPTION_BOXES ? 'adoptionAgreement' : 'basicPlanDocument';
}

/** The kind the user gave by glob (`collate.documentKinds`); the first glob that matches the key wins. */
export function kindFor(key: string, globs: Readonly<Record<string, DocumentKind>>): DocumentKind | undefined {
  for (const [glob, kind] of Object.entries(globs)) {
    if (picomatch.isMatch(key, glob, { dot: true, basename: !glob.includes('/') })) return kind;
  }
  return undefined;
}
