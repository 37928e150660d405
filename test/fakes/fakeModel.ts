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

const words = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]+/gu) ?? [];
/** The beginning of a text, whole where it is short. */
const quote = (text: string): string => text.split(/(?<=\S)\s+/u).slice(0, 8).join(' ');

/** Claims a change against the candidate with most words in common; finds none where few are. */
export function plainJudge({ id, source, candidates }: AskedRow): unknown {
  const own = new Set(words(source));
  const scored = candidates.map((candidate) => ({ candidate, shared: words(candidate.text).filter((word) => own.has(word)).length / (words(candidate.text).length || 1) }));
  const best = scored.toSorted((a, b) => b.shared - a.shared)[0];
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
  /** Pictures of pages it was sent, in the order they came. */
  readonly pictures: PageImageCall[];
  readonly port: Ports['modelProvider'];
}

export interface FakeModelOptions {
  /** What it reads on a picture; absent: it is sent none. */
  reads?(call: PageImageCall, number: number): Completion | CallFailure;
  judge?(row: AskedRow): unknown;
  /** A call that fails, by its number from 0 on; null lets it answer. */
  fails?(call: number, ids: readonly string[]): CallFailure | null;
  /** Called before an answer is given. */
  before?(call: number, signal: AbortSignal): Promise<void>;
  readonly endpoint?: string;
  /** Reports no usage, as the editor's models do: what is told is an estimate. */
  readonly estimated?: boolean;
}

/** A model in memory. Four characters are a token. */
export function fakeModel(options: FakeModelOptions = {}): FakeModel {
  const { judge = plainJudge, fails, before, reads } = options;
  const pictures: PageImageCall[] = [];
  const asked: (readonly string[])[] = [];
  const complete = async (call: CompletionCall, signal: AbortSignal): Promise<CallResult<Completion>> => {
    const rows = askedRows(call);
    const ids = rows.map(({ id }) => id);
    const number = asked.push(ids) - 1;
    await before?.(number, signal);
    const failure = fails?.(number, ids) ?? null;
    if (failure !== null) return { ok: false, failure };
    const text = JSON.stringify({ items: rows.map(judge) });
    const tokensIn = Math.ceil(call.messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
    return { ok: true, value: { text, finish: 'stop' }, usage: { tokensIn, tokensOut: Math.ceil(text.length / 4), tokensCached: 0, estimated: options.estimated ?? false } };
  };
  const provider: FakeModel = {
    name: 'openai',
    endpoint: options.endpoint ?? 'https://api.openai.com/v1',
    capabilities: { structured: 'strict', embeddings: false, images: reads !== undefined, reportsUsage: true, embeddingInputs: 1, embeddingTokens: 1 },
    asked,
    pictures,
    port: async (settings) => ok(settings.provider === 'local' ? null : provider),
    complete,
    embed: async () => ({ ok: false, failure: { code: 'refused', message: 'No embeddings here.', retry: 'never' } }),
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
