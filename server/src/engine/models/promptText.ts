import { DATA_RULE } from './dataBlock.ts';
import type { ChatMessage } from './modelPort.ts';

export interface PromptParts {
  /** What the model is to do, in a sentence or two. */
  readonly task: string;
  /** How to judge and answer. No numbers and no sample values: a model repeats them as if a document had said them. */
  readonly rules: readonly string[];
  /** Blocks of document words with ids between them. */
  readonly data: string;
  /** What was wrong with an earlier answer to the same question; in words of the engine. */
  readonly earlier?: string | null;
}

/**
 * A prompt in two messages. What is the same in every call comes first and whole, so that a provider's own cache of
 * prompts helps; the documents come last.
 */
export function promptMessages({ task, rules, data, earlier }: PromptParts): readonly ChatMessage[] {
  const system = [task, '', DATA_RULE, '', ...rules.map((rule) => `- ${rule}`)].join('\n');
  const hint = earlier === undefined || earlier === null ? [] : ['', `An earlier answer to this could not be used: ${earlier} Answer again with care.`];
  return [
    { role: 'system', content: system },
    { role: 'user', content: [data, ...hint].join('\n') },
  ];
}
