import { ok } from '../../shared/failure.ts';
import type { CallFailure, CallResult, Completion, CompletionCall, ModelProvider, PageImageCall, Ports } from '../../server/src/engine/ports.ts';

/** A row as the prompt of a crosswalk shows it. */
export interface AskedRow {
  readonly id: string;
  readonly source: string;
  readonly candidates: readonly { readonly id: string; readonly text: string }[];
}

/** The items of a prompt, read as a model would. */
export function askedRows({ messages }: CompletionCall): readonly AskedRow[] {
  const data = messages.find(({ role }) => role === 'user')?.content ?? '';
  return data.split(/^Item (?=[a-z]+$)/mu).slice(1).map((item) => {
    const block = (label: RegExp): readonly { readonly id: string; readonly text: string }[] =>
      [...item.matchAll(new RegExp(`⟦${label.source} ([a-z]+)⟧\\n([^]*?)\\n⟦end of`, 'gu'))].map(([, id = '', text = '']) => ({ id, text: text.replace(/^Under: .*\n\n/u, '') }));
    return { id: item.slice(0, item.indexOf('\n')), source: block(/source/)[0]?.text ?? '', candidates: block(/candidate/) };
  });
}

/** A turn as the prompt of a transcript shows it. */
export interface AskedTurn {
  readonly id: string;
  readonly speaker: string;
  readonly words: string;
}
export interface AskedPart {
  readonly id: string;
  readonly before: readonly AskedTurn[];
  readonly turns: readonly AskedTurn[];
  readonly after: readonly AskedTurn[];
}

/** The parts of a transcript in a prompt, read as a model would; none where it asks something else. */
export function askedParts({ messages }: CompletionCall): readonly AskedPart[] {
  const data = messages.find(({ role }) => role === 'user')?.content ?? '';
  return data.split(/^Item (?=[a-z]+$)/mu).slice(1).filter((item) => item.includes('\n⟦part ')).map((item) => {
    const turnsOf = (label: string): readonly AskedTurn[] => {
      const block = new RegExp(`⟦${label} [a-z]+⟧\\n([^]*?)\\n⟦end of`, 'u').exec(item)?.[1] ?? '';
      return [...block.matchAll(/^([a-z]+) ([^:]*): (.*)$/gmu)].map(([, id = '', speaker = '', said = '']) => ({ id, speaker, words: said }));
    };
    return { id: item.slice(0, item.indexOf('\n')), before: turnsOf('before'), turns: turnsOf('part'), after: turnsOf('after') };
  });
}

const words = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]+/gu) ?? [];
/** The beginning of a text, whole where it is short. */
const quote = (text: string): string => text.split(/(?<=\S)\s+/u).slice(0, 8).join(' ');

/** Candidates with the share of their words that the source has, most first. */
function byShare({ source, candidates }: AskedRow) {
  const own = new Set(words(source));
  return candidates
    .map((candidate) => ({ candidate, shared: words(candidate.text).filter((word) => own.has(word)).length / (words(candidate.text).length || 1) }))
    .toSorted((a, b) => b.shared - a.shared);
}

/** Ids of the candidates, that with most words in common first. */
export function nearest(row: AskedRow): readonly string[] {
  return byShare(row).map(({ candidate }) => candidate.id);
}

/** Claims a change against the candidate with most words in common; finds none where few are. */
export function plainJudge(row: AskedRow): unknown {
  const { id, source } = row;
  const best = byShare(row)[0];
  if (best === undefined || best.shared < 0.3) {
    return { id, sourceQuotes: [quote(source)], targets: [], why: 'No candidate is about the same matter.', relation: 'missing', variance: 'design', impact: 'high' };
  }
  return {
    id, sourceQuotes: [quote(source)], targets: [{ id: best.candidate.id, quotes: [quote(best.candidate.text)], role: 'whole' }],
    why: 'Both are about the same matter and what applies differs.', relation: 'changed', variance: 'design', impact: 'medium',
  };
}

export interface FakeModel extends ModelProvider {
  /** Ids of the items of each call, in the order the calls came. */
  readonly asked: (readonly string[])[];
  /** Texts of each request for vectors. */
  readonly embedded: (readonly string[])[];
  /** The calls themselves, in that order. */
  readonly calls: CompletionCall[];
  /** Pictures of pages it was sent, in the order they came. */
  readonly pictures: PageImageCall[];
  readonly port: Ports['modelProvider'];
}

export interface FakeModelOptions {
  judge?(row: AskedRow, call: CompletionCall): unknown;
  /** What it finds in a part of a transcript; nothing, unless told. */
  notes?(part: AskedPart): readonly unknown[];
  /** The whole answer in place of the judged rows. */
  text?(call: CompletionCall): string | null;
  /** What it says instead of an answer, by the number of the call from 0 on; null lets it answer. */
  says?(call: number, parts: readonly AskedPart[]): Completion | null;
  /** What it reads on a picture; absent: it is sent none. */
  reads?(call: PageImageCall, number: number): Completion | CallFailure;
  /** A call that fails, by its number from 0 on; null lets it answer. */
  fails?(number: number, ids: readonly string[], call: CompletionCall): CallFailure | null;
  /** Called before an answer is given. */
  before?(call: number, signal: AbortSignal): Promise<void>;
  /** The vector of a text, or why there is none. Absent: the model gives no vectors. */
  vectorOf?(text: string): readonly number[] | CallFailure;
  /** Called before vectors are given. */
  beforeVectors?(call: number, signal: AbortSignal): Promise<void>;
  readonly endpoint?: string;
  /** Reports no usage, as the editor's models do: what is told is an estimate. */
  readonly estimated?: boolean;
}

/** A model in memory. Four characters are a token. */
export function fakeModel(options: FakeModelOptions = {}): FakeModel {
  const { judge = plainJudge, notes = () => [], says, fails, before, reads } = options;
  const pictures: PageImageCall[] = [];
  const asked: (readonly string[])[] = [];
  const calls: CompletionCall[] = [];
  const complete = async (call: CompletionCall, signal: AbortSignal): Promise<CallResult<Completion>> => {
    const parts = askedParts(call);
    const rows = parts.length > 0 ? [] : askedRows(call);
    const ids = [...rows, ...parts].map(({ id }) => id);
    const number = asked.push(ids) - 1;
    calls.push(call);
    await before?.(number, signal);
    const failure = fails?.(number, ids, call) ?? null;
    if (failure !== null) return { ok: false, failure };
    const said = says?.(number, parts) ?? null;
    const text = said?.text ?? options.text?.(call) ?? JSON.stringify({ items: parts.length > 0 ? parts.map((part) => ({ id: part.id, notes: notes(part) })) : rows.map((row) => judge(row, call)) });
    const tokensIn = Math.ceil(call.messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
    return { ok: true, value: said ?? { text, finish: 'stop' }, usage: { tokensIn, tokensOut: Math.ceil(text.length / 4), tokensCached: 0, estimated: options.estimated ?? false } };
  };
  const embedded: (readonly string[])[] = [];
  const embed: ModelProvider['embed'] = async ({ texts }, signal) => {
    const number = embedded.push(texts) - 1;
    await options.beforeVectors?.(number, signal);
    const given = texts.map((text) => options.vectorOf?.(text) ?? { code: 'refused', message: 'No embeddings here.', retry: 'never' } as CallFailure);
    const failure = given.find((one): one is CallFailure => 'code' in one);
    if (failure !== undefined) return { ok: false, failure };
    const tokensIn = Math.ceil(texts.reduce((sum, { length }) => sum + length, 0) / 4);
    return { ok: true, value: given as readonly (readonly number[])[], usage: { tokensIn, tokensOut: 0, tokensCached: 0, estimated: false } };
  };
  const provider: FakeModel = {
    name: 'openai',
    endpoint: options.endpoint ?? 'https://api.openai.com/v1',
    capabilities: { structured: 'strict', embeddings: options.vectorOf !== undefined, images: reads !== undefined, reportsUsage: true, embeddingInputs: 20, embeddingTokens: 10_000 },
    asked,
    embedded,
    calls,
    pictures,
    port: async (settings) => ok(settings.provider === 'local' ? null : provider),
    complete,
    embed,
    readPageImage: async (call, signal) => {
      if (reads === undefined) return { ok: false, failure: { code: 'refused', message: 'No images here.', retry: 'never' } };
      const number = pictures.push(call) - 1;
      await before?.(number, signal);
      const read = reads(call, number);
      return 'code' in read ? { ok: false, failure: read } : { ok: true, value: read, usage: { tokensIn: 1_000, tokensOut: Math.ceil(read.text.length / 4), tokensCached: 0, estimated: false } };
    },
  };
  return provider;
}
