import { FailureError } from '../../../shared/failure.ts';
import { oneLine } from '../engine/index.ts';
import { parseCommandLine } from './commandLine.ts';
import { runCommand } from './commands.ts';
import { EXIT_DONE, EXIT_FAILED, EXIT_USAGE } from './finish.ts';
import { helpText } from './helpTexts.ts';
import type { CliContext } from './session.ts';
import { terminalWords } from './terminalWords.ts';
import { UsageError } from '../usageError.ts';

/** `context` is made when the command line is known to ask for work, with colour or without. */
export async function runCli(
  args: readonly string[],
  plain: { readonly version: string; out(text: string): void; err(text: string): void },
  context: (colour: boolean) => CliContext,
): Promise<number> {
  const line = parseCommandLine(args);
  if ('usage' in line) {
    plain.err(`${oneLine(line.usage)}\nSee collate ${line.of === null ? '' : `${line.of} `}--help.\n`);
    return EXIT_USAGE;
  }
  const { command } = line;
  if (command.name === 'version') {
    plain.out(`${plain.version}\n`);
    return EXIT_DONE;
  }
  if (command.name === 'help') {
    plain.out(helpText(command.of));
    return EXIT_DONE;
  }
  const lent = context(line.colour);
  try {
    return await runCommand(lent, command);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      plain.err(`${oneLine(thrown.message)}\n`);
      return EXIT_USAGE;
    }
    if (thrown instanceof FailureError) {
      plain.err(`${oneLine(terminalWords(thrown.message))}\n`);
      return EXIT_FAILED;
    }
    plain.err(`${oneLine(thrown instanceof Error ? thrown.message : String(thrown))}\nThis is a defect of Collate; nothing that was finished is lost.\n`);
    return EXIT_FAILED;
  } finally {
    lent.interrupts.close();
    await lent.models.close();
  }
}
