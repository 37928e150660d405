import { DOCUMENT_KINDS } from '../../../shared/model.ts';
import type { CommandName } from './commandLine.ts';

const RESULT_OPTIONS = `Options
  --json FILE|-        write the result as JSON; - prints it, and nothing else, to standard output
  --report FILE.html   write an HTML report: one file, no script, nothing loaded
  --out DIR            write a run folder: metadata.json, run.json, benchmark.json, report.html, final/*.md of
                       transcripts
`;

const INPUT_OPTIONS = `  --kind KIND          say what the documents are: ${DOCUMENT_KINDS.slice(0, 3).join(', ')},
                       ${DOCUMENT_KINDS.slice(3).join(', ')}
  --corrections FILE   corrections of a cut (join, split, heading, type), as in a conversion file (*.collate.json)
  --provider P         local (rules on this machine, the default) or openai: a model answers what rules leave open, reads
                       transcripts, and with --model vision=NAME pictures of pages (PNG, JPEG)
  --base-url URL, --model NAME, --budget USD and more: collate crosswalk --help
`;

const STORE_OPTIONS = `  --store DIR          where runs are kept; default .collate in the current folder
  --fail-on WHAT       exit 1 when a unit ended as failed or abstained, or an exception is open (failed, abstained,
                       exception); can be repeated
  --no-color           no colour (NO_COLOR does the same)
`;

const RUN_OPTIONS = `${RESULT_OPTIONS}${INPUT_OPTIONS}${STORE_OPTIONS}`;

const MODEL_OPTIONS = `Asking a model (--provider openai; the key is taken from COLLATE_API_KEY, a server of your own may need none)
  --base-url URL       a server that speaks the OpenAI API, usually ending in /v1; default https://api.openai.com/v1
  --model NAME         the model that decides what rules leave open; ROLE=NAME for another role: prefilter=NAME looks
                       first, embed=NAME shows it targets near in meaning, too, analyze=NAME reads transcripts,
                       vision=NAME reads pictures of pages (PNG, JPEG) given as documents
  --budget USD         the run pauses before it would cost more, keeps its answers, and can be resumed with a higher one;
                       0, or none given, is no limit
  --price MODEL=I/O    US dollars per million tokens in and out, for a model without a list price
  --requests-per-minute N, --tokens-per-minute N, --requests-per-day N, --max-concurrency N
                       limits of your account; what the server says of its limits is kept to in any case
  --run-timeout MIN    after so many minutes the run pauses, keeps its answers, and can be resumed for as long again
`;

const EXIT = `Exit: 0 done, 1 failed, paused or a --fail-on condition met, 2 wrong usage, 130 cancelled with Ctrl+C.
`;

const GENERAL = `collate reads long documents by rules, on this machine, and shows every answer with the words it rests on.

  collate analyze PATH...           analyse documents, one run each
  collate crosswalk SOURCE TARGET   compare two documents provision by provision
  collate compare [OLD NEW]         what moved between two runs over the same documents
  collate reviews export|import RUN FILE   hand the decisions on a run's rows to a colleague
  collate runs [--limit N]          list earlier runs, newest first
  collate resume ID                 take up a run that was stopped
  collate estimate SOURCE TARGET    what asking a model would cost, and how long it would take
  collate cache stats|clear         what is kept to be faster and cheaper the next time
  collate test-connection           say whether a language model can be asked

${RUN_OPTIONS}  --help, --version    also: collate COMMAND --help

Results go to standard output, progress and messages to standard error; COLLATE_LOG=debug says more there.
${EXIT}`;

const OF_COMMAND: Readonly<Record<CommandName, string>> = {
  analyze: `collate analyze PATH... [options]

Analyses each document in a run of its own, at most two at once; results come in the order of the paths.
A transcript gives speakers, decisions, action items and questions; any other document is checked for
references, numbers, definitions, elections and blanks. With --provider openai a model reads transcripts as well and
adds what rules have missed, in the words of the talk; other documents are read by rules alone. A picture of a page
(PNG, JPEG) is first read by the model that --model vision=NAME names; its text is then analysed as any other.

${RUN_OPTIONS}
${MODEL_OPTIONS}
${EXIT}`,
  crosswalk: `collate crosswalk SOURCE TARGET [options]
collate crosswalk FILE.collate.json [options]

Compares two documents: what is the same, reworded, changed, split, merged, covered, missing and new.
Rows the rules cannot settle are left for review, with their candidates.
A conversion file names the plans of two packages, and their adoption agreements: the two pairs are compared
at the same time, a run each. It may hold corrections of a cut (join, split, heading, type).

${RUN_OPTIONS}
${MODEL_OPTIONS}
${EXIT}`,
  compare: `collate compare OLD NEW [--json FILE|-] [--store DIR]
collate compare [--json FILE|-] [--store DIR]

Says what is new, gone or changed between two finished runs over the same documents, and why: the words of a
provision or of its target, a target that was taken or became free, a setting, the rules. Without ids: the newest
run that has an earlier one. A provision that only got another number or place is unchanged. collate runs lists the ids.

  --json FILE|-   write the comparison as JSON; - prints it, and nothing else, to standard output
  --store DIR     where runs are kept; default .collate in the current folder

Exit: 0 done, 1 failed, 2 wrong usage.
`,
  reviews: `collate reviews export RUN FILE [--store DIR]
collate reviews import RUN FILE [--theirs] [--store DIR]

Writes what was decided and noted on the rows of a run into a JSON file, or takes over what such a file says. A decision
belongs to the words it was made on: it is found again under another number or file name, and never placed on other
words. Where both of you decided and differ, yours stays and the row is named. One import is one step in the history.

  --theirs      where you differ, their decision rules
  --store DIR   where runs are kept; default .collate in the current folder

Exit: 0 done, 1 failed or conflicts left, 2 wrong usage.
`,
  runs: `collate runs [--limit N] [--store DIR]

Lists the runs of this folder, newest first (20, or N).
`,
  resume: `collate resume ID [--budget USD] [options]

Takes up a cancelled, interrupted or paused run where its journal ends, on the text it was started on. Calls that are
journalled are not made again. --budget is what the run may cost in all, with what it has cost already.
collate runs lists the ids.

${RESULT_OPTIONS}${STORE_OPTIONS}
${EXIT}`,
  cache: `collate cache stats [--json FILE|-] [--store DIR]
collate cache clear [--yes] [--json FILE|-] [--store DIR]

Says what the cache of this folder holds, or clears it: answers of models, and what was read from texts. Nothing in it is
a result: runs, findings and reviews stay. Answers of models were paid for, and are paid for again when they are needed
again; where there are any, clear asks for --yes.

  --yes           clear answers of models, too
  --json FILE|-   write the figures as JSON; - prints it, and nothing else, to standard output
  --store DIR     where runs are kept; default .collate in the current folder

Exit: 0 done, 1 failed or --yes is missing, 2 wrong usage.
`,
  'test-connection': `collate test-connection --provider openai [--base-url URL] --model NAME [--model embed=NAME]

Asks for one tiny answer, and for one vector where a model for embeddings is named, and says in a sentence what works.
The key of the server is taken from COLLATE_API_KEY; a server of your own may need none. It is never an option, because
options can be read by every program of this machine.

  --provider P       local or openai: any server that speaks the OpenAI API (Ollama, LM Studio, vLLM, llama.cpp)
  --base-url URL     its address, usually ending in /v1; default https://api.openai.com/v1
  --model NAME       the model; for another role ROLE=NAME: prefilter, analyze, embed, vision

Exit: 0 it works, 1 it does not, 2 wrong usage.
`,
  estimate: `collate estimate SOURCE TARGET --provider openai --model NAME [options]
collate estimate FILE.collate.json --provider openai --model NAME [options]
collate estimate TRANSCRIPT --provider openai --model NAME [options]
collate estimate PICTURE --provider openai --model vision=NAME [options]

Says what a crosswalk, or the analysis of a transcript, would ask of a model and what that would cost, without asking it:
the rules are run, the questions are written and counted. Nothing is kept and no request is made. Of pictures of pages it
says what reading them would cost; what is asked about their text is known once it is read.

${MODEL_OPTIONS}  --kind KIND, --corrections FILE, --store DIR as in collate crosswalk
  --json FILE|-        write the forecast as JSON; - prints it, and nothing else, to standard output

Exit: 0 done, 1 failed, 2 wrong usage.
`,
  start: `collate start [PATH...] [options]

Two documents of one kind are compared; otherwise each document is analysed. Without a path the bundled
samples are read. An HTML report is written in every case.

${RUN_OPTIONS}
${EXIT}`,
};

export function helpText(of: CommandName | null): string {
  return of === null ? GENERAL : OF_COMMAND[of];
}
