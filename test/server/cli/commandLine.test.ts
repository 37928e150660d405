import { describe, expect, it } from 'vitest';
import { DOCUMENT_KINDS } from '../../../shared/model.ts';
import { COMMANDS, parseCommandLine, type Command, type RunOptions } from '../../../server/src/cli/commandLine.ts';
import type { ProviderChoice } from '../../../server/src/cli/providerChoice.ts';
import { helpText } from '../../../server/src/cli/helpTexts.ts';
import { cli, FakeRuns } from './fakeSession.ts';

const NO_OPTIONS: RunOptions = { json: null, report: null, out: null, kind: null, corrections: null, store: null, failOn: [], choice: { provider: 'local', baseUrl: null, models: {}, limits: {}, prices: {}, budget: null } };
const ASKING: ProviderChoice = { provider: 'openai', baseUrl: null, models: { verify: 'm' }, limits: {}, prices: {}, budget: null };

/** Words are parted by spaces; `''` is an empty word. */
function typed(line: string): readonly string[] {
  return line === '' ? [] : line.split(' ').map((word) => (word === "''" ? '' : word));
}

function check(line: string, expected: Command, colour = true): void {
  expect(parseCommandLine(typed(line)), line).toEqual({ command: expected, colour });
}

const analyze = (options: Partial<RunOptions>, ...paths: readonly string[]): Command => ({ name: 'analyze', paths, options: { ...NO_OPTIONS, ...options } });

describe('what can be typed', () => {
  const commands: readonly (readonly [string, Command])[] = [
    ['', { name: 'help', of: null }],
    ['help', { name: 'help', of: null }],
    ['--help', { name: 'help', of: null }],
    ['-h', { name: 'help', of: null }],
    ['help resume', { name: 'help', of: 'resume' }],
    ['crosswalk --help', { name: 'help', of: 'crosswalk' }],
    ['help sing', { name: 'help', of: null }],
    ['--version', { name: 'version' }],
    ['analyze a.md -v', { name: 'version' }],
    ['analyze a.md', analyze({}, 'a.md')],
    ['analyze a.md b.vtt c.txt', analyze({}, 'a.md', 'b.vtt', 'c.txt')],
    ['analyze -- -a.md', analyze({}, '-a.md')],
    ['crosswalk a.collate.json', { name: 'crosswalk', conversion: 'a.collate.json', options: NO_OPTIONS }],
    ['crosswalk a.md b.md', { name: 'crosswalk', source: 'a.md', target: 'b.md', options: NO_OPTIONS }],
    ['start', { name: 'start', paths: [], options: NO_OPTIONS }],
    ['start a.md b.md', { name: 'start', paths: ['a.md', 'b.md'], options: NO_OPTIONS }],
    ['resume r1', { name: 'resume', runId: 'r1', budget: null, options: NO_OPTIONS }],
    ['resume r1 --budget 2.50', { name: 'resume', runId: 'r1', budget: 2.5, options: NO_OPTIONS }],
    ['crosswalk a.md b.md --provider openai --model m', { name: 'crosswalk', source: 'a.md', target: 'b.md', options: { ...NO_OPTIONS, choice: ASKING } }],
    ['crosswalk a.md b.md --provider openai --model m --budget $1 --requests-per-minute 60 --price a=b=0.1/0.2', {
      name: 'crosswalk', source: 'a.md', target: 'b.md', options: { ...NO_OPTIONS, choice: { ...ASKING, budget: 1, limits: { requestsPerMinute: 60 }, prices: { 'a=b': '0.1/0.2' } } },
    }],
    ['analyze a.vtt --provider openai --model analyze=r', { name: 'analyze', paths: ['a.vtt'], options: { ...NO_OPTIONS, choice: { ...ASKING, models: { analyze: 'r' } } } }],
    ['test-connection --provider openai --model family=m:1', { name: 'test-connection', choice: { ...ASKING, models: { verify: 'family=m:1' } } }],
    ['test-connection --provider openai --model verify=embeds=m', { name: 'test-connection', choice: { ...ASKING, models: { verify: 'embeds=m' } } }],
    ['test-connection --provider openai --model m --model verify=m', { name: 'test-connection', choice: ASKING }],
    ['estimate a.vtt --provider openai --model m', { name: 'estimate', paths: ['a.vtt'], named: { analyzed: 'a.vtt' }, json: null, options: { ...NO_OPTIONS, choice: ASKING } }],
    ['analyze a.png --provider openai --model vision=m', { name: 'analyze', paths: ['a.png'], options: { ...NO_OPTIONS, choice: { ...ASKING, models: { vision: 'm' } } } }],
    ['estimate a.md b.md --provider openai --model m --json -', { name: 'estimate', paths: ['a.md', 'b.md'], named: { source: 'a.md', target: 'b.md' }, json: '-', options: { ...NO_OPTIONS, choice: ASKING } }],
    ['compare', { name: 'compare', runs: null, json: null, store: null }],
    ['reviews export r1 out.json', { name: 'reviews', what: 'export', runId: 'r1', file: 'out.json', conflicts: 'mine', store: null }],
    ['reviews import r1 in.json --theirs --store kept', { name: 'reviews', what: 'import', runId: 'r1', file: 'in.json', conflicts: 'theirs', store: 'kept' }],
    ['cache stats', { name: 'cache', what: 'stats', paidToo: false, json: null, store: null }],
    ['cache clear --yes --json - --store kept', { name: 'cache', what: 'clear', paidToo: true, json: '-', store: 'kept' }],
    ['compare r1 r2 --json - --store kept', { name: 'compare', runs: ['r1', 'r2'], json: '-', store: 'kept' }],
    ['runs', { name: 'runs', limit: 20, store: null }],
    ['runs --limit 3 --store kept', { name: 'runs', limit: 3, store: 'kept' }],
  ];
  it.each(commands)('collate %s', (line, expected) => check(line, expected));

  const options: readonly (readonly [string, Partial<RunOptions>])[] = [
    ['--json run.json', { json: 'run.json' }],
    ['--json=run.json', { json: 'run.json' }],
    ['--json -', { json: '-' }],
    ['--report report.html', { report: 'report.html' }],
    ['--out folder', { out: 'folder' }],
    ['--corrections a.collate.json', { corrections: 'a.collate.json' }],
    ['--store folder', { store: 'folder' }],
    ['--provider local', {}],
    ['--fail-on failed', { failOn: ['failed'] }],
    ['--fail-on exception', { failOn: ['exception'] }],
    ['--fail-on abstained --fail-on failed', { failOn: ['abstained', 'failed'] }],
    ...DOCUMENT_KINDS.map((kind) => [`--kind ${kind}`, { kind }] as const),
  ];
  it.each(options)('collate analyze a.md %s', (option, expected) => {
    check(`analyze a.md ${option}`, analyze(expected, 'a.md'));
    check(`${option} analyze a.md`, analyze(expected, 'a.md'));
  });

  it('takes colour away with --no-color', () => check('analyze a.md --no-color', analyze({}, 'a.md'), false));

  it('is what the help names, option by option', () => {
    const named = new Set([...COMMANDS.map(helpText), helpText(null)].join('\n').match(/--[a-z-]+/g));
    expect([...named].toSorted()).toEqual(['--base-url', '--budget', '--corrections', '--fail-on', '--help', '--json', '--kind', '--limit', '--max-concurrency', '--model', '--no-color', '--out', '--price', '--provider', '--report', '--requests-per-day', '--requests-per-minute', '--run-timeout', '--store', '--theirs', '--tokens-per-minute', '--version', '--yes']);
  });
});

describe('what cannot be done', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['sing', 'There is no command "sing". Commands: analyze, crosswalk, compare, reviews, runs, resume, cache, estimate, test-connection.'],
    ['cache', 'Say what to do with the cache: collate cache stats, or collate cache clear.'],
    ['cache fill', 'Say what to do with the cache: collate cache stats, or collate cache clear.'],
    ['cache clear all', 'Say what to do with the cache: collate cache stats, or collate cache clear.'],
    ['cache stats --yes', '--yes belongs to collate cache clear: it clears answers that were paid for.'],
    ['cache stats --report r.html', '--report does not belong to collate cache.'],
    ['runs --yes', '--yes belongs to collate cache clear, not to collate runs.'],
    ['analyze', 'Name at least one document: collate analyze PATH...'],
    ['crosswalk a.md b.md --budget 1', '--budget, --price and limits belong to --provider openai: rules cost nothing.'],
    ['crosswalk a.md b.md --provider openai --budget much', '--budget takes US dollars, 0 or more; it was given "much".'],
    ...[['-1', '-1'], ['-0.5', '-0.5'], ['=-1', '-1'], ['-.5', '-.5'], ['-$2', '"-$2"'], ["''", 'nothing']].map(([value = '', said = '']) => [
      `crosswalk a.md b.md --provider openai --budget${value.startsWith('=') ? '' : ' '}${value}`, `--budget takes US dollars, 0 or more; it was given ${said}.`,
    ] as const),
    ['resume r1 --budget -1', '--budget takes US dollars, 0 or more; it was given -1.'],
    ['crosswalk a.md b.md --provider openai --budget', '--budget needs a value.'],
    ['crosswalk a.md b.md --provider openai --budget --no-color', '--budget needs a value.'],
    ...([
      ['requests-per-minute', 'a whole number from 1 to 1,000,000'], ['tokens-per-minute', 'a whole number from 1 to 1,000,000,000'], ['requests-per-day', 'a whole number from 1 to 100,000,000'],
      ['max-concurrency', 'a whole number from 1 to 1,024'], ['run-timeout', 'minutes, a whole number from 1 to 10,080'],
    ] as const).flatMap(([flag, takes]) => ['-1', '0', '1.5', 'x', '2000000000'].map((value) => [
      `estimate a.md b.md --provider openai --${flag} ${value}`, `--${flag} takes ${takes}; it was given ${value === 'x' ? '"x"' : value}.`,
    ] as const)),
    ['crosswalk a.md b.md --provider openai --price m=-1/2', '--price takes MODEL=INPUT/OUTPUT in US dollars per million tokens, as my-model=0.15/0.60; it was given "m=-1/2".'],
    ['crosswalk a.md b.md --provider openai --price m=cheap', '--price takes MODEL=INPUT/OUTPUT in US dollars per million tokens, as my-model=0.15/0.60; it was given "m=cheap".'],
    ['resume r1 --provider openai', '--provider does not belong to collate resume: a run goes on with the provider it was started with.'],
    ['resume r1 --model m', '--model does not belong to collate resume.'],
    ['estimate', 'Name what would be run: collate estimate SOURCE TARGET, collate estimate FILE.collate.json, or one document to be analyzed.'],
    ['estimate a.md b.md c.md', 'Name what would be run: collate estimate SOURCE TARGET, collate estimate FILE.collate.json, or one document to be analyzed; 3 were given.'],
    ['estimate a.md b.collate.json', 'A conversion file (*.collate.json) names both documents and stands alone: collate estimate FILE.collate.json.'],
    ['estimate a.collate.json --corrections b.collate.json', 'a.collate.json holds the corrections of its documents itself; leave --corrections out.'],
    ['test-connection --provider openai --model large --model family=small', '--model was given twice for what decides: large and family=small. Name a role before the second, as prefilter=NAME.'],
    ['test-connection --provider openai --model verify=large --model small', '--model was given twice for what decides: large and small. Name a role before the second, as prefilter=NAME.'],
    ...['--model prefilter=m --model m', '--model m --model prefilter=m', '--model verify=m --model prefilter=m', '--model prefilter=m --model verify=m', '--model m --model prefilter=m --model m'].map((models) => [
      `crosswalk a.md b.md --provider openai ${models}`, '--model names m for prefilter and for what decides, and a first look by the model that decides saves nothing. Name a cheaper one, or leave prefilter=m out.',
    ] as const),
    ...['--model m --model n', '--model m --model verify=n', '--model verify=m --model verify=n', '--model prefilter=p --model m --model n'].map((models) => [
      `crosswalk a.md b.md --provider openai ${models}`, '--model was given twice for what decides: m and n. Name a role before the second, as prefilter=NAME.',
    ] as const),
    ['crosswalk a.md b.md --provider openai --model prefilter=m --model prefilter=n', '--model was given twice for prefilter: m and n. Leave one out.'],
    ['test-connection --provider openai --model embed=e --model embed=f', '--model was given twice for embed: e and f. Leave one out.'],
    ...([['prefiltr', 'prefilter'], ['Verify', 'verify'], ['VISION', 'vision'], ['embbeds', 'embed'], ['analyse', 'analyze']] as const).map(([word, role]) => [
      `test-connection --provider openai --model large --model ${word}=small`, `--model is "${word}=small", and "${word}" is no role: type ${role}=small, or verify=${word}=small where that is the name of the model.`,
    ] as const),
    ['runs --budget 1', '--budget does not belong to collate runs.'],
    ["analyze ''", 'A path is empty. Name a file.'],
    ['analyze a.md --report -', '--report takes a file; only --json can be printed, with -.'],
    ['crosswalk', 'A crosswalk takes two documents, source and target; 0 were given.'],
    ['crosswalk a.md', 'A crosswalk takes two documents, source and target; 1 was given.'],
    ['crosswalk a.md b.md c.md', 'A crosswalk takes two documents, source and target; 3 were given.'],
    ["crosswalk a.md ''", 'A path is empty. Name a file.'],
    ['crosswalk a.collate.json b.md', 'A conversion file (*.collate.json) names both documents and stands alone: collate crosswalk FILE.collate.json.'],
    ['resume', 'Name one run: collate resume ID. collate runs lists them.'],
    ['crosswalk a.collate.json --corrections b.collate.json', 'a.collate.json holds the corrections of its documents itself; leave --corrections out.'],
    ['resume a --corrections b.collate.json', '--corrections does not belong to collate resume: a run goes on with the corrections it was started with.'],
    ['resume a b', 'Name one run: collate resume ID. collate runs lists them.'],
    ['compare r1', 'Name two runs, the older one first, or none for the newest two: collate compare OLD NEW. collate runs lists them.'],
    ['compare r1 r2 r3', 'Name two runs, the older one first, or none for the newest two: collate compare OLD NEW. collate runs lists them.'],
    ["compare r1 ''", 'A path is empty. Name a file.'],
    ['compare r1 r2 --report r.html', '--report does not belong to collate compare.'],
    ['compare --limit 3', '--limit belongs to collate runs, not to collate compare.'],
    ['runs a', 'collate runs takes no name; "a" was given.'],
    ['runs --json -', '--json does not belong to collate runs.'],
    ['runs --fail-on failed', '--fail-on does not belong to collate runs.'],
    ...[['0', '0'], ['-3', '-3'], ['1001', '1001'], ['1.5', '1.5'], ['many', '"many"'], ["''", 'nothing']].map(([limit = '', said = '']) => [`runs --limit ${limit}`, `--limit takes a whole number from 1 to 1,000; it was given ${said}.`] as const),
    ['analyze a.md --limit 3', '--limit belongs to collate runs, not to collate analyze.'],
    ['analyze a.md --kind memo', `--kind is "memo"; it can be ${DOCUMENT_KINDS.join(', ')}.`],
    ['analyze a.md --kind __proto__', `--kind is "__proto__"; it can be ${DOCUMENT_KINDS.join(', ')}.`],
    ['analyze a.md --fail-on rain', '--fail-on is "rain"; it can be failed, abstained, exception.'],
    ['reviews export r1', 'Name a run and a file: collate reviews export RUN FILE, or collate reviews import RUN FILE. collate runs lists the runs.'],
    ['reviews export r1 a.json --theirs', '--theirs belongs to collate reviews import: it says whose decision rules.'],
    ['runs --theirs', '--theirs belongs to collate reviews import, not to collate runs.'],
    ['reviews import r1 a.json --json x', '--json does not belong to collate reviews.'],
    ['analyze a.md --provider cloud', '--provider is "cloud"; it can be local or openai.'],
    ['test-connection a', 'collate test-connection takes no name; "a" was given.'],
    ['test-connection --json -', '--json does not belong to collate test-connection.'],
    ['test-connection --provider vscode', '--provider vscode needs the editor, which has the language models; in a terminal it can be local or openai.'],
    ['test-connection --provider cloud', '--provider is "cloud"; it can be local or openai.'],
    ['test-connection --model m', '--base-url and --model belong to --provider openai.'],
    ['test-connection --provider openai --model embed=', '--model is "embed="; it is NAME, or ROLE=NAME with one of verify, prefilter, analyze, embed, vision.'],
    ['test-connection --api-key sk-secret', "Unknown option '--api-key'."],
    ['test-connection --api-key=sk-secret', "Unknown option '--api-key'."],
    ['analyze a.md --model m', '--base-url and --model belong to --provider openai.'],
    ['analyze a.md --colour', "Unknown option '--colour'."],
    ['analyze a.md -x', "Unknown option '-x'."],
    ['analyze a.md --no-color=yes', "Option '--no-color' does not take an argument."],
    ...['json', 'report', 'out', 'kind', 'corrections', 'provider', 'store', 'fail-on', 'limit'].flatMap((option) => [
      [`analyze a.md --${option}`, `--${option} needs a value.`] as const,
      [`analyze a.md --${option} --no-color`, `--${option} needs a value.`] as const,
    ]),
    ...['json', 'report', 'out', 'corrections', 'store'].map((option) => [`analyze a.md --${option} ''`, `--${option} needs a value.`] as const),
  ];
  it.each(wrong)('collate %s', async (line, sentence) => {
    const runs = new FakeRuns({});
    const { code, out, err, opened } = await cli(typed(line), runs);
    const [first, second, ...more] = err.split('\n');
    expect({ code, out, first, more, opened, started: runs.requests }).toEqual({ code: 2, out: '', first: sentence, more: [''], opened: [], started: [] });
    expect(second).toMatch(/^See collate (?:[\w-]+ )?--help\.$/);
  });

  it('never repeats what would steer the terminal', async () => {
    const { err } = await cli(['\u001b[31msing\u202e\u0007'], new FakeRuns({}));
    expect(err).toMatch(/^There is no command "sing"\./);
  });
});
