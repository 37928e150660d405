/** The bodies of requests, as plain JSON. */
import type { CompletionCall, EmbeddingCall, PageImageCall } from '../engine/ports.ts';
import { isStrictSchema, type Form } from './openaiDialect.ts';
import { withSchemaInWords } from './schemaWords.ts';

/** Characters a schema's name may have, by OpenAI's documentation. */
const MAX_NAME = 64;

const schemaName = (name: string): string => name.replace(/[^\w-]/g, '_').slice(0, MAX_NAME) || 'answer';

function limits(form: Form, maxTokensOut: number, temperature: number | undefined): object {
  return { [form.maxTokens]: maxTokensOut, ...(temperature === undefined || !form.temperature ? {} : { temperature }) };
}

export function completionBody(call: CompletionCall, form: Form): object {
  const { model, messages, schema, maxTokensOut, temperature } = call;
  const { $schema: _dialect, ...json } = schema.json;
  const bound = form.structured === 'strict' && isStrictSchema(json);
  const format = form.structured === 'strict'
    ? { type: 'json_schema', json_schema: { name: schemaName(schema.name), schema: json, strict: bound } }
    : { type: 'json_object' };
  return {
    model,
    messages: bound ? messages : withSchemaInWords(messages, json),
    ...(form.structured === 'text' ? {} : { response_format: format }),
    ...limits(form, maxTokensOut, temperature),
  };
}

export function pageImageBody(call: PageImageCall, form: Form): object {
  const { model, instruction, mimeType, base64, maxTokensOut } = call;
  const content = [{ type: 'text', text: instruction }, { type: 'image_url', image_url: { url: `data:${mimeType};base64,${base64}` } }];
  return { model, messages: [{ role: 'user', content }], ...limits(form, maxTokensOut, undefined) };
}

export function embeddingBody(call: EmbeddingCall, form: Form): object {
  return { model: call.model, input: call.texts, encoding_format: form.vectors };
}
