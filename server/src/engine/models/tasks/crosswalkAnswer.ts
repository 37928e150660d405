import * as z from 'zod';

/** What is judged comes after what it is judged by: a model writes in this order. */
export const CROSSWALK_ANSWER = z.object({
  id: z.string(),
  sourceQuotes: z.array(z.string().min(1)).max(6),
  targets: z.array(z.object({ id: z.string(), quotes: z.array(z.string().min(1)).min(1).max(6), role: z.enum(['whole', 'part']) })).max(6),
  why: z.string().min(1).max(800),
  relation: z.enum(['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing', 'unsure']),
  variance: z.enum(['none', 'administrative', 'design', 'regulatory']),
  impact: z.enum(['none', 'low', 'medium', 'high']),
});
export type CrosswalkAnswer = z.infer<typeof CROSSWALK_ANSWER>;
