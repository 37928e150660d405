import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocationLink } from 'vscode-languageserver/node';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { asReadOf, asReadUri } from '../../../shared/asRead.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { png } from '../../fakes/pagePictures.ts';
import { positionOf } from './crosswalkFixture.ts';
import { atRest, realEngine } from './realEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

const PAGE = '# Section 1 Eligibility\n\nAn Employee joins after twelve months. See Section 9.\n\n# Section 2 Loans\n\nA loan is repaid within five years.\n';
const PAGE_LINE = PAGE.split('\n')[2] ?? '';
const PLAN = PAGE.replace('twelve', 'eighteen');
const VISION = { provider: 'openai', models: { vision: 'gpt-4o' } };

let client: ScriptedClient;
afterEach(() => client.stop());

/** A folder with a plan and a picture of one, whose name needs to be written otherwise in an address. */
async function folder(configuration: unknown = VISION): Promise<ReturnType<typeof fakeModel>> {
  const model = fakeModel({ reads: () => ({ text: PAGE, finish: 'stop' }) });
  client = await ScriptedClient.start({
    files: { 'ws/plan.md': PLAN, 'ws/a scan #1.png': '' }, configuration: () => configuration, open: realEngine(undefined, { modelProvider: model.port, clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield }),
  });
  writeFileSync(join(client.folder, 'ws', 'a scan #1.png'), png(1_240, 1_754));
  return model;
}

const picture = (): string => client.uri('ws/a scan #1.png').replaceAll(' ', '%20').replaceAll('#', '%23');

/** The address as an editor takes it apart. */
function opened(uri: string): unknown {
  const [, path = '', query = ''] = /^collate-read:\/([^?#]+)\?([^#]+)$/u.exec(uri) ?? [];
  return [decodeURIComponent(path), asReadOf(decodeURIComponent(query))];
}

describe('a document that was read from a picture', () => {
  it('shows its places in the text that was read', async () => {
    await folder();
    const { runId } = await client.request('run/start', { workflow: 'auto', uris: [picture()] });
    expect(await atRest(client, runId), (await client.request('run/get', { runId })).stateReason).toBe('done');
    const [finding] = (await client.request('run/findings', { runId, offset: 0, limit: 10, analyzer: '', search: '' })).rows;
    const [span] = finding?.evidence ?? [];
    if (span === undefined) throw new Error('Nothing was found.');
    const place = await client.request('locate', { runId, span });
    expect(place).toEqual({ uri: asReadUri({ runId, document: 'a scan #1.png' }), range: { start: { line: 2, character: PAGE_LINE.indexOf('9') }, end: { line: 2, character: PAGE_LINE.indexOf('9') + 1 } }, current: true });
    expect(opened(place.uri)).toEqual(['a scan #1.png (as read)', { runId, document: 'a scan #1.png' }]);
    expect(await client.request('run/readText', { runId, document: 'a scan #1.png' })).toEqual({ text: PAGE });
  });

  it('is where a counterpart in the text leads to', async () => {
    await folder();
    const { runId } = await client.request('run/start', { workflow: 'crosswalk', uris: [client.uri('ws/plan.md'), picture()] });
    expect(await atRest(client, runId), (await client.request('run/get', { runId })).stateReason).toBe('done');
    await client.open('ws/plan.md', PLAN);
    const links = await client.standard<readonly LocationLink[]>('definition', 'ws/plan.md', { position: positionOf(PLAN, 'A loan') });
    expect(links).toMatchObject([{ targetUri: asReadUri({ runId, document: 'a scan #1.png' }), targetSelectionRange: { start: { line: 4, character: 0 } } }]);
  });

  it('costs what the estimate says, and nothing is sent for it', async () => {
    const model = await folder();
    const { planned } = await client.request('run/estimate', { workflow: 'auto', uris: [picture()] });
    expect(planned).toMatchObject([{ operation: 'readPages', forecast: { calls: 1 } }]);
    expect(model.pictures).toEqual([]);
  });

  it('is refused by its run where no model may read it, with what to do', async () => {
    const model = await folder({});
    const { runId } = await client.request('run/start', { workflow: 'auto', uris: [picture()] });
    expect(await atRest(client, runId)).toBe('failed');
    expect((await client.request('run/get', { runId })).stateReason).toMatch(/a scan #1\.png is a picture of a page\. Set collate\.provider to openai and name a model that reads pictures in collate\.models\.vision/u);
    expect(model.pictures).toEqual([]);
  });

  it('is the only one whose whole text is given', async () => {
    await folder();
    const { runId } = await client.request('run/start', { workflow: 'auto', uris: [client.uri('ws/plan.md')] });
    await atRest(client, runId);
    expect(await client.failure('run/readText', { runId, document: 'plan.md' })).toMatchObject({ code: 'refused', message: `plan.md was not read from a picture in run ${runId}. Open its file.` });
  });
});
