import type * as z from 'zod';
import type { AnswerSchema } from './answerSchema.ts';
import { readJson, type ReadAnswer } from './readJson.ts';

/** The answer in a model's text, checked against its schema. */
export function parseAnswer<T>(text: string, schema: Pick<AnswerSchema<T>, 'zod'>): ReadAnswer<T> {
  const read = readJson(text);
  return read.ok ? checkShape(read.value, schema.zod) : read;
}

/** A value checked against a schema, with what is wrong in words. */
export function checkShape<T>(value: unknown, zod: z.ZodType<T>): ReadAnswer<T> {
  const checked = zod.safeParse(value);
  return checked.success ? { ok: true, value: checked.data } : { ok: false, problem: { kind: 'mismatch', detail: issuesInWords(checked.error.issues) } };
}

/** More are seldom told apart, and cost tokens. */
const MOST_ISSUES = 6;

function issuesInWords(issues: readonly z.core.$ZodIssue[]): string {
  const told = issues.slice(0, MOST_ISSUES).map((issue) => `${placeOf(issue.path)}: ${issueInWords(issue)}`);
  const more = issues.length - told.length;
  return [...new Set(told), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place === '' ? 'the answer' : place.replace(/^\./u, '');
}

/** Says what is asked for, never what was there: an answer may hold the words of a document. */
function issueInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => String(value)).join(', ')}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'unrecognized_keys':
      return 'has keys that are not asked for';
    default:
      return 'is not what is asked for';
  }
}

function withArticle(type: string): string {
  return /^[aeiou]/u.test(type) ? `an ${type}` : `a ${type}`;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}
