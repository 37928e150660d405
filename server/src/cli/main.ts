import { dirname } from 'node:path';
import { realpathSync } from 'node:fs';
import manifest from '../../../package.json' with { type: 'json' };
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { fixedKey, takeEnvironmentKey } from '../models/environmentKey.ts';
import { createModelProviders } from '../models/modelProviders.ts';
import { Interrupts } from './interrupts.ts';
import { openSession } from './openSession.ts';
import { runCli } from './runCli.ts';
import { findSamples } from './samples.ts';
import { createTerminal } from './terminal.ts';

/** A reader that has seen enough, as `head`, closes the pipe: what is left to say goes nowhere, quietly. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
}

/** Taken before anything else is started. */
const key = takeEnvironmentKey(process.env);
const program = process.argv[1] ?? '';
const models = createModelProviders({ keyOf: fixedKey(key), editor: null });
void runCli(
  process.argv.slice(2),
  {
    version: manifest.version,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
  (colour) => ({
    terminal: createTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env, folder: process.cwd(), colour }),
    interrupts: new Interrupts({
      on: (signal, listener) => process.on(signal, listener),
      off: (signal, listener) => process.off(signal, listener),
      exit: (code) => process.exit(code),
    }),
    settings: DEFAULT_SETTINGS,
    version: manifest.version,
    models,
    openSession: (folder) => openSession(folder, models),
    sampleFolder: () => findSamples(dirname(realpathSync(program))),
  }),
).then(async (code) => {
  process.exitCode = code;
  // Connections that are kept open would keep the process alive.
  await models.close();
});
