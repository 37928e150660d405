/** What a server that speaks the OpenAI API takes of it, per model: supposed at first, learned where it refuses. */
import type { JsonSchema, ModelCapabilities } from '../engine/ports.ts';

export type Structured = ModelCapabilities['structured'];

/** How one request is put. */
export interface Form {
  readonly structured: Structured;
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  readonly temperature: boolean;
  readonly vectors: 'base64' | 'float';
}

/** What a server said when it refused a request. */
export interface Refusal {
  readonly status: number;
  readonly param: string | null;
  readonly words: string;
}

const WEAKER: Readonly<Record<Structured, Structured>> = { strict: 'json', json: 'text', text: 'text' };
const RANK: Readonly<Record<Structured, number>> = { strict: 2, json: 1, text: 0 };
/** 400 and 422: not accepted; 500 and 501: how some local servers say that they cannot. */
const REFUSED = [400, 422, 500, 501];

const weakest = (a: Structured, b: Structured): Structured => (RANK[a] < RANK[b] ? a : b);

/** Names of the dialects a server is known to speak, by model. */
export class Dialects {
  readonly #start: Form;
  readonly #forms = new Map<string, Form>();
  /** Schemas a server does not take although it takes others. */
  readonly #looseSchemas = new Set<string>();

  /** `official`: OpenAI's own server and Azure; those that copy it know the older name of the limit. */
  constructor(official: boolean) {
    this.#start = { structured: 'strict', maxTokens: official ? 'max_completion_tokens' : 'max_tokens', temperature: true, vectors: 'base64' };
  }

  /** The weakest way of answers that a model of this server is known to need. */
  get structured(): Structured {
    return [...this.#forms.values()].reduce((weak, form) => weakest(weak, form.structured), this.#start.structured);
  }

  form(model: string, schemaName: string | null = null): Form {
    const form = this.#forms.get(model) ?? this.#start;
    if (schemaName === null || !this.#looseSchemas.has(`${model}\n${schemaName}`)) return form;
    return { ...form, structured: weakest(form.structured, 'json') };
  }

  /** Learns from a refusal of a request that was put as `sent`. False: it says nothing of the form. */
  learn(model: string, schemaName: string | null, sent: Form, refusal: Refusal): boolean {
    if (!REFUSED.includes(refusal.status)) return false;
    const known = this.#forms.get(model) ?? this.#start;
    const said = `${refusal.param ?? ''} ${refusal.words}`;
    if (/encoding_format|base64/i.test(said) && sent.vectors === 'base64') return this.#keep(model, { ...known, vectors: 'float' });
    if (schemaName === null) return false;
    if (/invalid schema/i.test(said) && sent.structured === 'strict') {
      this.#looseSchemas.add(`${model}\n${schemaName}`);
      return true;
    }
    if (/response_format|json_schema|json_object|json mode|structured output|grammar/i.test(said) && sent.structured !== 'text') {
      return this.#keep(model, { ...known, structured: weakest(known.structured, WEAKER[sent.structured]) });
    }
    if (/max_(completion_)?tokens/.test(said) && /unsupported|unknown|unrecognized|not supported|extra (inputs|fields)|unexpected/i.test(said)) {
      const other = sent.maxTokens === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
      return known.maxTokens === this.#start.maxTokens || known.maxTokens === other ? this.#keep(model, { ...known, maxTokens: other }) : false;
    }
    if (/temperature/.test(said) && sent.temperature) return this.#keep(model, { ...known, temperature: false });
    return false;
  }

  #keep(model: string, form: Form): true {
    this.#forms.set(model, form);
    return true;
  }
}

/** True where a schema is one that OpenAI's strict mode takes: closed objects, every property required. */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (typeof schema !== 'object' || schema === null) return true;
  const { properties, required, additionalProperties } = schema as JsonSchema;
  if (typeof properties === 'object' && properties !== null) {
    const names = Array.isArray(required) ? (required as readonly unknown[]) : [];
    if (additionalProperties !== false || Object.keys(properties).some((name) => !names.includes(name))) return false;
  }
  return Object.values(schema).every(isStrictSchema);
}
