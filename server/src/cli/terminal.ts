import { styleText } from 'node:util';
import { oneLine } from '../engine/index.ts';
import { terminalWords } from './terminalWords.ts';

/** Characters a line may have where the width is not known, as in a pipe. */
const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 40;

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue';

/** What the commands are lent of the process they run in. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress, as it is. */
  err(text: string): void;
  /** A message on a line of its own, in a terminal's words; nothing in it, as a path or a document's words, steers the terminal. */
  say(sentence: string): void;
  /** Characters of a line of results. */
  readonly columns: number;
  /** Characters of a line of messages. */
  readonly messageColumns: number;
  /** True where messages go to a screen that can refresh a line. */
  readonly refreshes: boolean;
  style(style: Style, text: string): string;
  readonly folder: string;
  /** Milliseconds, only ever growing. */
  now(): number;
  /** IANA name. */
  readonly timeZone: string;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface TerminalSource {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly colour: boolean;
}

/** https://no-color.org: any value but the empty one turns colour off. */
function wantsColour(source: TerminalSource): boolean {
  const { env } = source;
  return source.colour && source.stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** A terminal that does not know its width says 0. */
function columnsOf(stream: Stream): number {
  return Math.max(MIN_COLUMNS, stream.columns || DEFAULT_COLUMNS);
}

export function createTerminal(source: TerminalSource): Terminal {
  const colour = wantsColour(source);
  return {
    out: (text) => void source.stdout.write(text),
    err: (text) => void source.stderr.write(text),
    say: (sentence) => void source.stderr.write(`${oneLine(terminalWords(sentence))}\n`),
    columns: columnsOf(source.stdout),
    messageColumns: columnsOf(source.stderr),
    refreshes: source.stderr.isTTY === true && source.env['TERM'] !== 'dumb',
    style: (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text),
    folder: source.folder,
    now: () => performance.now(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
