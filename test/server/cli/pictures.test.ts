import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import schema from '../../../schemas/output.schema.json' with { type: 'json' };
import type { Output } from '../../../shared/model.ts';
import { chat, startModelServer, type ModelServer, type Reply } from '../../fakes/modelServer.ts';
import { jpeg, png } from '../../fakes/pagePictures.ts';
import { collate as run, type Ended } from './collateProcess.ts';
import { passingFolder } from './passingFolder.ts';

const PAGE = '# Section 1 Eligibility\n\nAn Employee is eligible after 12 months of service. See Section 9.\n\n# Section 2 Loans\n\nA loan is repaid within [illegible] years.\n';
const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema);

let server: ModelServer;
let reply: Reply;
const folder = passingFolder();
beforeAll(async () => {
  server = await startModelServer(() => reply);
  writeFileSync(join(folder, 'scan.png'), png(1_240, 1_754));
  writeFileSync(join(folder, 'photo.md'), jpeg(900, 1_200));
  writeFileSync(join(folder, 'plan.md'), PAGE.replace('12 months', '18 months').replace('[illegible]', 'five'));
});
afterAll(() => server.close());

const collate = (...args: readonly string[]): Promise<Ended> => run(args, folder);
const asking = (): readonly string[] => ['--provider', 'openai', '--base-url', server.url, '--model', 'vision=eyes', '--price', 'eyes=2/8'];
/** Requests that are made while something is done. */
async function requestsOf<T>(work: () => Promise<T>): Promise<readonly [T, ModelServer['requests']]> {
  const before = server.requests.length;
  const done = await work();
  return [done, server.requests.slice(before)];
}

describe('a picture of a page in a terminal', () => {
  it('is read, analysed, shown and written as any other document, and says that it was read', async () => {
    reply = chat(PAGE, { usage: { prompt_tokens: 1_500, completion_tokens: 60 } });
    const [{ code, out, err }, requests] = await requestsOf(() => collate('analyze', 'scan.png', ...asking(), '--json', 'run.json', '--report', 'report.html'));
    expect(code, err).toBe(0);
    expect(requests.map(({ path, body }) => [path, body['model']])).toEqual([['/v1/chat/completions', 'eyes']]);
    const [{ content }] = requests[0]?.body['messages'] as [{ content: readonly { type: string; text?: string; image_url?: { url: string } }[] }];
    expect(content.map(({ type }) => type)).toEqual(['text', 'image_url']);
    expect(content[0]?.text).toContain('word for word');
    expect(content[1]?.image_url?.url).toBe(`data:image/png;base64,${readFileSync(join(folder, 'scan.png')).toString('base64')}`);
    const output = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Output;
    expect(validate(output), JSON.stringify(validate.errors)).toBe(true);
    expect(output.documents).toMatchObject([{ key: 'scan.png', units: 2, problems: [
      { code: 'picture.read', severity: 'warning', message: 'Read by eyes from a picture: check the quotes against it.' },
      { code: 'picture.illegible', severity: 'warning', span: { line: 7, quote: '[illegible]' } },
    ] }]);
    for (const { span } of output.runs[0]?.units ?? []) expect(PAGE.slice(span.start, span.end)).toBe(span.quote);
    expect(output.runs[0]?.metrics.find(({ operation }) => operation === 'readPages')).toMatchObject({ items: 1, calls: 1, tokensIn: 1_500, tokensOut: 60, costUsd: (1_500 * 2 + 60 * 8) / 1e6 });
    expect(out.replace(/\s+/gu, ' ')).toContain('warning scan.png Read by eyes from a picture: check the quotes against it.');
    expect(out).toMatch(/by rules; pictures read by openai eyes at 127\.0\.0\.1:\d+\/v1, run /u);
    const report = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(report).toContain('Read by eyes from a picture: check the quotes against it.');
    expect(report).toMatch(/found by rules on this machine in text that openai eyes at \S+ read from a picture/u);
    expect(report).not.toContain('nothing was sent anywhere');
  });

  it('is not paid for a second time', async () => {
    const [{ code, out }, requests] = await requestsOf(() => collate('analyze', 'scan.png', ...asking()));
    expect(code).toBe(0);
    expect(out).toContain('Read by eyes from a picture');
    expect(requests).toEqual([]);
  });

  it('is compared with a text', async () => {
    const [{ code, out }, requests] = await requestsOf(() => collate('crosswalk', 'plan.md', 'scan.png', ...asking(), '--json', '-'));
    expect(code).toBe(0);
    const output = JSON.parse(out) as Output;
    expect(validate(output), JSON.stringify(validate.errors)).toBe(true);
    const [match] = output.runs[0]?.matches ?? [];
    expect([match?.relation, match?.differences[0]?.source?.quote, match?.differences[0]?.target]).toMatchObject(['changed', '18 months of service', { document: 'scan.png', quote: '12 months of service' }]);
    expect(requests).toEqual([]);
  });

  it('is priced before it is read, by its bytes, whatever its name', async () => {
    const [{ code, out }, requests] = await requestsOf(() => collate('estimate', 'photo.md', ...asking()));
    expect(code).toBe(0);
    const words = out.replace(/\s+/gu, ' ');
    expect(words).toMatch(/^photo\.md model openai eyes at \S+ asks 1 picture of a page, to be read word for word calls 1 call tokens about [\d,]+ in, about [\d,]+ out cost \$0\.0\d+/u);
    expect(words).toContain('What is asked about its text cannot be known before it is read.');
    expect(requests).toEqual([]);
  });

  it('needs a model that is named, and says so', async () => {
    for (const options of [[], asking().filter((word) => !/vision|--model/u.test(word))]) {
      const { code, err } = await collate('crosswalk', 'plan.md', 'photo.md', ...options);
      expect(code).toBe(1);
      expect(err).toMatch(options.length === 0 ? /photo\.md is a picture of a page\. Give --provider openai and name a model that reads pictures with --model vision=NAME, or give its text\./u : /No model is named\./u);
    }
  });

  const answers: readonly (readonly [string, Reply, string])[] = [
    ['a page without text', chat(''), 'eyes found no text in the picture.'],
    ['a refusal', chat(null, { refusal: 'I cannot.' }), 'eyes declined to read the picture.'],
    ['a filter', chat('', { finish: 'content_filter' }), 'A content filter of the provider stopped eyes'],
    ['an answer that is cut off', chat('# Section 1', { finish: 'length' }), 'eyes was cut off at 4,096 tokens'],
  ];
  it.each(answers)('fails with %s, after one call', async (_, answer, sentence) => {
    reply = answer;
    const [{ code, err }, requests] = await requestsOf(() => collate('analyze', 'photo.md', ...asking()));
    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(requests.length).toBe(1);
  });

  it('is read without usage, which is then an estimate with the picture in it', async () => {
    reply = chat(PAGE, { usage: null });
    const [{ out }] = await requestsOf(() => collate('analyze', 'photo.md', ...asking(), '--json', '-'));
    const metric = (JSON.parse(out) as Output).runs[0]?.metrics.find(({ operation }) => operation === 'readPages');
    expect(metric?.estimated).toBe(true);
    // 768 x 1,024 pixels are four tiles.
    expect(metric?.tokensIn).toBeGreaterThan(85 + 4 * 170);
  });

  it('says why it was not read where the budget does not allow it', async () => {
    writeFileSync(join(folder, 'dear.png'), png(1_000, 1_300));
    const why = /^dear\.png: .*budget.*\n(?:.*\n)*?Resume with: collate resume (\S+) --budget USD/mu;
    const budget = ['--price', 'eyes=300/1000', '--budget', '0.001'];
    const [{ code, err }, requests] = await requestsOf(() => collate('analyze', 'dear.png', ...asking(), ...budget));
    expect([code, requests]).toEqual([1, []]);
    expect(err).toMatch(why);
    expect((await collate('analyze', 'dear.png', ...asking(), ...budget, '--json', '-')).err).toMatch(why);
    expect((await collate('resume', why.exec(err)?.[1] ?? '', '--budget', '0.002')).err).toMatch(why);
  });
});
