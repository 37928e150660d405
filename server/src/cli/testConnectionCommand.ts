import { EXIT_DONE, EXIT_FAILED } from './finish.ts';
import { withProvider, type ProviderChoice } from './providerChoice.ts';
import { terminalWords } from './terminalWords.ts';
import type { CliContext } from './session.ts';
import { testConnection } from '../models/testConnection.ts';

/** `collate test-connection`: one tiny request, one sentence. */
export async function testConnectionCommand(context: CliContext, choice: ProviderChoice): Promise<number> {
  const { terminal, models, interrupts } = context;
  const controller = new AbortController();
  interrupts.onFirst(() => controller.abort());
  const { works, message } = await testConnection(withProvider(context.settings, choice), models, () => terminal.now(), controller.signal);
  if (works) terminal.out(`${terminalWords(message)}\n`);
  else terminal.say(message);
  return works ? EXIT_DONE : EXIT_FAILED;
}
