import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStores, type Stores } from '../../../server/src/adapters/openStores.ts';
import { userStateFolder } from '../../../server/src/adapters/userStateFolder.ts';
import { quiet } from './cacheFolder.ts';
import { temporaryFolder } from './storeFolder.ts';

const LIMITS = { requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: 10 };
const NOON = Date.UTC(2026, 0, 5, 12);

async function storesOf(user: string, warnings: string[] = []): Promise<Stores & { readonly folder: string }> {
  const folder = temporaryFolder();
  const stores = await openStores({ folder, limitsFolder: user, log: { ...quiet, warn: (words) => void warnings.push(words) } });
  onTestFinished(() => stores.close());
  return { ...stores, folder };
}
const asked = async ({ allowance }: Stores, requests: number): Promise<number> => (await allowance.lease('large', { requests, tokens: 0 }, LIMITS, NOON)).granted.requests;

describe('the limits of a user', () => {
  it('are shared by all stores', async () => {
    const user = join(temporaryFolder(), 'state', 'collate');
    const [plans, notes] = [await storesOf(user), await storesOf(user)];
    expect([await asked(plans, 7), await asked(notes, 7), await asked(plans, 1)]).toEqual([7, 3, 0]);
    expect(readdirSync(plans.folder)).not.toContain('limits.db');
    expect(readdirSync(user)).toContain('limits.db');
  });

  it('leave no file where no limit is asked about', async () => {
    const user = join(temporaryFolder(), 'collate');
    const stores = await storesOf(user);
    await stores.close();
    expect(existsSync(user)).toBe(false);
  });

  it('are those of the store where the folder cannot be used, and that is said', async () => {
    const user = join(temporaryFolder(), 'collate');
    writeFileSync(user, 'a file');
    const warnings: string[] = [];
    const stores = await storesOf(user, warnings);
    expect([await asked(stores, 7), await asked(stores, 7)]).toEqual([7, 3]);
    expect(readdirSync(stores.folder)).toContain('limits.db');
    expect(warnings).toEqual([expect.stringContaining('The limits of models are not shared with other stores')]);
  });

  it('are counted in a file also where the store itself is in memory', async () => {
    const user = temporaryFolder();
    const blocked = join(temporaryFolder(), 'store');
    writeFileSync(blocked, 'a file');
    const stores = await openStores({ folder: blocked, limitsFolder: user, log: quiet });
    onTestFinished(() => stores.close());
    expect([stores.runs.status.mode, await asked(stores, 7)]).toEqual(['memory', 7]);
    expect(await asked(await storesOf(user), 7)).toBe(3);
  });
});

describe('where the state of a user is', () => {
  const TABLE: readonly (readonly [environment: Record<string, string>, platform: NodeJS.Platform, home: string, folder: string])[] = [
    [{}, 'linux', '/home/ana', '/home/ana/.local/state/collate'],
    [{ XDG_STATE_HOME: '/state' }, 'linux', '/home/ana', '/state/collate'],
    [{ XDG_STATE_HOME: 'state' }, 'freebsd', '/home/ana', '/home/ana/.local/state/collate'],
    [{ XDG_STATE_HOME: '/state' }, 'darwin', '/Users/ana', '/Users/ana/Library/Application Support/Collate'],
    [{ LOCALAPPDATA: 'D:\\Local' }, 'win32', 'C:\\Users\\ana', 'D:\\Local\\Collate'],
    [{}, 'win32', 'C:\\Users\\ana', 'C:\\Users\\ana\\AppData\\Local\\Collate'],
  ];
  it.each(TABLE)('%j on %s', (environment, platform, home, folder) => expect(userStateFolder(environment, platform, home)).toBe(folder));
});
