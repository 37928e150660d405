/** What the wire bench asks of both: one item a call, of the size of a provision, answered in the shape of a verdict. */
import * as z from 'zod';
import { itemsSchema } from '../server/src/engine/models/answerSchema.ts';
import type { BatchItem } from '../server/src/engine/models/batchPlan.ts';
import type { BatchTask } from '../server/src/engine/models/batchTask.ts';
import { BATCH_TOKENS } from '../server/src/engine/models/planTask.ts';
import { checkShape } from '../server/src/engine/models/parseAnswer.ts';

export interface WireItem extends BatchItem {
  readonly text: string;
}

const ANSWER = z.object({
  id: z.string(), why: z.string().min(1).max(800), relation: z.enum(['same', 'changed', 'unsure']), confidence: z.number().min(0).max(1),
});
type WireAnswer = z.infer<typeof ANSWER>;

export const wireTask: BatchTask<WireItem, WireAnswer> = {
  name: 'wire', version: 1, item: ANSWER, tokensOut: 150,
  prompt: (items) => [
    { role: 'system', content: 'You compare provisions of retirement plans.' },
    { role: 'user', content: items.map(({ id, text }) => `Item ${id}\n${text}`).join('\n\n') },
  ],
  check: (_, answer) => {
    const read = checkShape(answer, ANSWER);
    return read.ok ? read : { ok: false, problem: { reason: 'The answer has another shape.', detail: read.problem.detail } };
  },
  equal: (a, b) => a.relation === b.relation,
};
export const WIRE_SCHEMA = itemsSchema(wireTask.name, wireTask.item);

const PROVISION = 'The Participant shall be fully Vested upon attaining Normal Retirement Age. '.repeat(40);

/** `perCall`: how many of them fill a call. No two are alike, in any turn. */
export function wireItems(count: number, turn: string, perCall = 1): readonly WireItem[] {
  return Array.from({ length: count }, (_, n) => ({ id: `${turn}-${n}`, tokens: Math.floor(BATCH_TOKENS / perCall), text: `${PROVISION}Section ${turn}.${n}.` }));
}

/** What a model says to a prompt. */
export function wireAnswer(prompt: string): string {
  const ids = [...prompt.matchAll(/^Item (\S+)$/gmu)].map(([, id]) => id);
  return JSON.stringify({ items: ids.map((id) => ({ id, why: 'The two provisions say the same in other words.', relation: 'same', confidence: 0.93 })) });
}
