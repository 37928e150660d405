import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver/node';
import { EDITOR_COMMANDS } from '../../../shared/editorCommands.ts';
import { oneLine } from '../../../server/src/engine/index.ts';
import { plain } from '../../../server/src/lsp/features/hover/markdown.ts';
import { wordDifference } from '../../../server/src/lsp/features/hover/wordDifference.ts';
import { comparedDocuments, positionOf, reviewOf, SOURCE, TARGET, wordsIn } from './crosswalkFixture.ts';
import { matchOf, snapshotOf, spanOf, summaryOf, targetOf, unitsOf } from './fakeEngine.ts';
import type { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
afterEach(() => client.stop());

async function hover(file: string, text: string, words: string): Promise<Hover | null> {
  return client.standard<Hover | null>('hover', `ws/${file}`, { position: positionOf(text, words) });
}

function markdownOf(hovered: Hover | null): string {
  return (hovered?.contents as { readonly value: string } | undefined)?.value ?? '';
}

/** Markdown as it reads: escapes undone. */
function read(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

async function check(file: string, text: string, words: string, expected: readonly string[]): Promise<void> {
  const shown = read(markdownOf(await hover(file, text, words)));
  for (const one of expected) expect(shown).toContain(one);
}

/** Names of the commands that links of a hover run. */
function commandsIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/\]\(command:([\w.]+)\?/g)].map(([, name]) => name ?? '');
}

describe('a provision', () => {
  it('says what it is to its counterpart, why, and how sure that is', async () => {
    ({ client } = await comparedDocuments());
    await check('old.md', SOURCE, '3 years', [
      '**changed** (same topic, other effect) \u00b7 moved to another place in the outline \u00b7 design variance \u00b7 **high** impact \u00b7 confidence .93',
      `\u2192 [4.2 Vesting](${client.uri('ws/new.md')}#L4,1) in new.md`,
      'Vesting takes ~~3~~ **5** years of service ~~, counted from hire~~ .',
      `- Period: "[3 years](${client.uri('ws/old.md')}#L5,15)" \u2192 "[5 years](${client.uri('ws/new.md')}#L5,15)"`,
      'Evidence:\n\n- [Vesting takes]',
      'Why:\n\n- entity.period.differs: A longer period for the same right.',
      'Of matches with this confidence about 93.0 % are the right counterpart',
      'Not reviewed yet.',
    ]);
  });

  it('is described from the target, too, and over its whole range', async () => {
    ({ client } = await comparedDocuments());
    const hovered = await hover('new.md', TARGET, '5 years');
    expect(read(markdownOf(hovered))).toContain(`\u2190 [1.2 Vesting](${client.uri('ws/old.md')}#L4,1) in old.md`);
    expect(hovered?.range === undefined ? '' : wordsIn(TARGET, hovered.range)).toBe('4.2 Vesting\nVesting takes 5 years of service.');
  });

  it('left for review names the reason and the nearest candidates', async () => {
    ({ client } = await comparedDocuments());
    await check('old.md', SOURCE, 'Loans are', ['**Left for review**', 'the next candidate is as likely', 'Nearest candidates:\n\n- [4.4 Hardship]']);
  });

  it('without a counterpart in the source says so', async () => {
    ({ client } = await comparedDocuments());
    await check('new.md', TARGET, 'Hardship withdrawals', ['**new** (no counterpart in the source) \u00b7 **medium** impact']);
  });

  it('offers what can be done, and no more than a hover may run', async () => {
    ({ client } = await comparedDocuments());
    const commands = commandsIn(markdownOf(await hover('old.md', SOURCE, '3 years')));
    expect(commands).toEqual([
      'collate.accept', 'collate.reject', 'collate.override', 'collate.note', 'collate.openException',
      'collate.openCounterpart', 'collate.compareWithCounterpart', 'collate.showMatch',
    ]);
    for (const command of commands) expect(EDITOR_COMMANDS).toContain(command);
    const [, argument] = /collate\.accept\?([^)]*)\)/.exec(markdownOf(await hover('old.md', SOURCE, '3 years'))) ?? [];
    expect(JSON.parse(decodeURIComponent(argument ?? ''))).toEqual([{ runId: 'r', id: 'old.md#1.2' }]);
  });

  it('whose words changed says so and offers another run', async () => {
    ({ client } = await comparedDocuments());
    await client.change('ws/old.md', 2, [{ text: SOURCE.replace('3 years', '4 years') }]);
    const markdown = markdownOf(await hover('old.md', SOURCE, 'Vesting takes'));
    expect(markdown).toContain('**Text changed since the run.**');
    expect(commandsIn(markdown)[0]).toBe('collate.reanalyze');
  });

  it('says nothing where nobody ran anything, or between provisions that are in no row', async () => {
    ({ client } = await comparedDocuments());
    await client.open('ws/other.md', SOURCE);
    expect(await hover('other.md', SOURCE, '3 years')).toBeNull();
  });
});

describe('what a person said', () => {
  const REVIEWS: readonly (readonly [review: Parameters<typeof reviewOf>[0], expected: readonly string[]])[] = [
    [{}, ['**Accepted** by M. Okafor on 6 Jan 2026']],
    [{ state: 'overridden', override: [{ id: 'x', number: '4.4', title: 'Hardship' }], note: 'See minutes.' }, ['**Overridden with 4.4 Hardship** by', 'Note: See minutes.']],
    [{ state: 'overridden', override: [] }, ['**Overridden with no counterpart** by']],
    [{ state: 'open', standing: 'reviewAgain', reason: 'Its words are others.', earlier: 'accepted', exception: 'open' }, ['**Review again:** Its words are others. It was accepted by M. Okafor', 'Exception: open.']],
    [{ state: 'open', note: 'Ask counsel.' }, ['Open; noted by M. Okafor', 'Note: Ask counsel.']],
  ];
  it.each(REVIEWS)('%j', async (review, expected) => {
    ({ client } = await comparedDocuments({ reviews: new Map([['old.md#1.2', reviewOf(review)]]) }));
    await check('old.md', SOURCE, '3 years', expected);
  });
});

it('a finding says what was found, by what, and on which words', async () => {
  let engine;
  ({ client, engine } = await comparedDocuments());
  engine.runs.set('d', {
    snapshot: snapshotOf({ id: 'd', state: 'done', startedAt: 8, endedAt: 9, documents: [summaryOf('old.md')] }),
    texts: new Map([['old.md', SOURCE]]),
    findings: [{
      key: 'k', kind: 'number.disagrees', severity: 'error', title: 'Words and digits disagree', text: 'Three is not 4.', fields: { owner: 'Ann' },
      evidence: [spanOf('old.md', SOURCE, 'age 21')], confidence: null, method: 'rules', outcome: 'decided',
    }],
  });
  await check('old.md', SOURCE, 'age 21', ['**Words and digits disagree**', 'Three is not 4.', '- Owner: Ann', 'Evidence:\n\n- [age 21]', 'Found by rules; its precision is not measured.', '---']);
});

describe('words of a document', () => {
  const HOSTILE = '1.1 [x](command:workbench.action.quit) `a` <img src=x onerror=y> **b** ~~c~~ $(trash) https://evil.example &lt; | \\';

  it('are never markup', async () => {
    const source = `${HOSTILE}\n${HOSTILE} here \`\`\` <script> [y](command:z) ![i](http://e/i.png)`;
    const target = source.replace('1.1', '4.1').replace('here', 'there');
    ({ client } = await comparedDocuments({
      source, target: `${target}\n\n4.4 Hardship\nNone.`,
      matches: [matchOf({ sourceId: 'old.md#1.1', relation: 'changed', variance: 'design', impact: 'high', reason: HOSTILE, targets: [targetOf('new.md#4.1')], why: [{ rule: 'r', detail: HOSTILE }] })],
      reviews: new Map([['old.md#1.1', reviewOf({ note: HOSTILE, reviewer: HOSTILE })]]),
    }));
    const markdown = markdownOf(await hover('old.md', source, 'here'));
    for (const command of commandsIn(markdown)) expect(EDITOR_COMMANDS).toContain(command);
    // Without our own links, marks, list signs and rules, all punctuation of documents stands behind a backslash.
    const rest = markdown
      .replace(/\]\((?:command:collate|file:)[^)\s]*\)/g, '')
      .replace(/\\[!-/:-@[-`{-~]/g, '')
      .replace(/\*\*|~~|^- |[[\]().,:;"%?+'-]/gm, '');
    expect(rest).not.toMatch(/[`<>&|$\\!#*_~]/);
    expect(read(markdown)).toContain('[x](command:workbench.action.quit)');
  });

  it('read as they are printed, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read(plain(text))).toBe(oneLine(text));
        expect(plain(text).replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
      }),
    );
  });
});

describe('the difference of two wordings', () => {
  function difference(source: string, target: string): string | null {
    const [one] = unitsOf('a', `1 A\n${source}`);
    const [two] = unitsOf('b', `2 A\n${target}`);
    const shown = one === undefined || two === undefined ? null : wordDifference(one, [two]);
    return shown === null ? null : read(shown.markdown);
  }
  const words = (count: number, word: string): string => Array.from({ length: count }, (_, at) => `${word}${at}`).join(' ');
  const TABLE: readonly (readonly [source: string, target: string, shown: string | null])[] = [
    ['Paid in cash.', 'Paid in kind.', 'Paid in ~~cash~~ **kind** .'],
    ['Paid in cash.', 'Paid in cash, at once.', 'Paid in cash **, at once** .'],
    [`${words(40, 'a')} x ${words(40, 'b')}`, `${words(40, 'a')} y ${words(40, 'b')}`, `\u2026 ${words(40, 'a').split(' ').slice(-12).join(' ')} ~~x~~ **y** ${words(12, 'b')} \u2026`],
    [words(400, 'a'), words(400, 'b'), null],
  ];
  it.each(TABLE)('%j to %j', (source, target, shown) => {
    expect(difference(source, target)).toBe(shown);
  });
});
