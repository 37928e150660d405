/** A process that works on a run and is killed by its own hand, at one place of one step. Started by a test. */
import { join } from 'node:path';
import { createEngine, type RunRequest } from '../../../server/src/engine/index.ts';
import type { Log } from '../../../server/src/engine/ports.ts';
import { GuardedDatabase } from '../../../server/src/adapters/guardedDatabase.ts';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { SqliteRunStore } from '../../../server/src/adapters/sqliteRunStore.ts';
import { createNodeHost } from '../../../server/src/host.ts';

export interface KilledRun {
  readonly folder: string;
  readonly request: RunRequest;
  /** `inside`: the transaction has begun to write. */
  readonly moment: 'before' | 'inside' | 'after';
  readonly ordinal: number;
}

const { folder, request, moment, ordinal } = JSON.parse(process.argv[2] ?? '') as KilledRun;
const die = (): void => void process.kill(process.pid, 'SIGKILL');
const say = (message: string): void => void process.stderr.write(`${message}\n`);
const log: Log = { debug: say, info: say, warn: say, error: say };

const host = await createNodeHost({ storeDir: folder, log });
const connection = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });
if (moment === 'inside') {
  connection.function('die', die);
  connection.exec(`CREATE TEMP TRIGGER dying AFTER INSERT ON main.journal WHEN new.ordinal = ${ordinal} BEGIN SELECT die(); END`);
}
const inner = new SqliteRunStore(new GuardedDatabase(connection), host.ports.store.status);
const store = new Proxy(inner, {
  get: (target, key) => {
    const member: unknown = Reflect.get(target, key, target);
    if (typeof member !== 'function') return member;
    if (key !== 'commitStep') return member.bind(target) as unknown;
    return async (...parameters: Parameters<SqliteRunStore['commitStep']>) => {
      const isPlace = parameters[2].ordinal === ordinal;
      if (isPlace && moment === 'before') die();
      const committed = await target.commitStep(...parameters);
      if (isPlace && moment === 'after') die();
      return committed;
    };
  },
});
const { runs } = createEngine({ ...host.ports, store });
const started = await runs.start(request);
say(started.ok ? (await runs.settled(started.value)).state : started.failure.message);
