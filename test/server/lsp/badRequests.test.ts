import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerRequests } from '../../../shared/protocol/lsp.ts';
import { snapshotOf } from './fakeEngine.ts';
import { ScriptedClient } from './scriptedClient.ts';

let client: ScriptedClient;
beforeEach(async () => {
  client = await ScriptedClient.start();
  client.engine().runs.set('r', { snapshot: snapshotOf({ id: 'r', workflow: 'crosswalk', state: 'done', endedAt: 2 }), texts: new Map() });
});
afterEach(() => client.stop());

type Method = keyof ServerRequests;
const MATCHES = { runId: 'r', offset: 0, limit: 10, filter: 'all', search: '' };
const AT = { uri: 'file:///a.md', position: { line: 0, character: 0 } };
const SPAN = { document: 'a.md', start: 0, end: 1, quote: 'a' };

/** Nothing of how Collate is built stands in what a person reads. */
const INNARDS = /\bat \S+ \(|\.ts:\d|node:|TypeError|SQL|SELECT|WHERE|column|syntax error|undefined|Cannot read|not a function|ERR_/;
/** What is wrong comes first, then what to do. */
const NEXT_STEP = /[.;] .*\b(?:try again|choose|select|read|lists|make)\b/i;

async function check(method: Method, params: unknown, said: RegExp): Promise<void> {
  const { code, message, rpcMessage } = await client.failure(method, params as never);
  expect(message).toMatch(said);
  expect(message).not.toMatch(INNARDS);
  expect(message).toMatch(NEXT_STEP);
  expect(rpcMessage).toBe(message);
  expect(code).not.toBe('internal');
}

describe('a bad request is answered with a sentence and a next step', () => {
  const CASES: readonly (readonly [what: string, method: Method, params: unknown, said: RegExp])[] = [
    ['no parameters', 'run/get', null, /it is null; it is a group of runId/],
    ['no run', 'run/get', {}, /runId is missing; it is text/],
    ['a run that is not there', 'run/get', { runId: 'gone' }, /There is no run gone/],
    ['an address without a scheme', 'run/latest', { uri: 'plan.md' }, /uri is "plan\.md"; it is the address of a document/],
    ['an address with a broken escape', 'run/latest', { uri: 'file:///a%zz.md' }, /uri is "file:\/\/\/a%zz\.md"; it is the address/],
    ['an address on another machine', 'document/kind', { uri: 'file://server/share/a.md' }, /it is the address of a document/],
    ['an address with an end of text in it', 'cut/takeBack', { uri: 'file:///a%00.md' }, /it is the address of a document/],
    ['a number for an address', 'run/start', { workflow: 'auto', uris: [5] }, /uris is 5; it is the address of a document/],
    ['an unknown workflow', 'run/start', { workflow: 'explode', uris: ['file:///a.md'] }, /workflow is "explode"; it is one of auto, crosswalk/],
    ['an unknown kind', 'run/start', { workflow: 'auto', uris: ['file:///a.md'], kinds: { 'file:///a.md': 'novel' } }, /kinds is "novel"; it is one of/],
    ['too few documents', 'run/start', { workflow: 'crosswalk', uris: ['file:///a.md'] }, /exactly two documents; 1 were given/],
    ['an unknown filter', 'run/matches', { ...MATCHES, filter: "all' OR 1" }, /filter is "all' OR 1"; it is one of all, decided/],
    ['the name of an inherited part as a filter', 'run/matches', { ...MATCHES, filter: 'constructor' }, /filter is "constructor"; it is one of/],
    ['an unknown sort', 'run/matches', { ...MATCHES, sort: 'price' }, /sort is "price"; it is one of document, confidence/],
    ['an unknown group', 'run/matchGroups', { ...MATCHES, group: 'color' }, /group is "color"; it is one of none/],
    ['an unknown review filter', 'run/matchIndex', { query: { ...MATCHES, review: 'maybe' }, id: 'a' }, /: query: review is "maybe"; it is one of toReview/],
    ['a search that is no text', 'run/matches', { ...MATCHES, search: { like: '%' } }, /search is \{"like":"%"\}; it is text/],
    ['a page before the first', 'run/list', { offset: -1, limit: 10 }, /offset is -1; it is a whole number from 0/],
    ['a page of nothing', 'run/list', { offset: 0, limit: 0 }, /limit is 0; it is a whole number from 1 to 200/],
    ['an outcome there is not', 'run/findings', { runId: 'r', analyzer: '', search: '', offset: 0, limit: 10, outcome: 'guessed' }, /outcome is "guessed"/],
    ['a kind that is no text', 'run/findings', { runId: 'r', analyzer: '', search: '', offset: 0, limit: 10, kind: 7 }, /kind is 7/],
    ['a page too long', 'run/findings', { runId: 'r', analyzer: '', search: '', offset: 0, limit: 201 }, /limit is 201; it is a whole number from 1 to 200/],
    ['a page between two rows', 'run/targets', { runId: 'r', search: '', offset: 0.5, limit: 1 }, /offset is 0\.5; it is a whole number/],
    ['a page of no number', 'run/comparedRows', { runId: 'r', with: null, state: 'all', offset: 'x', limit: 1 }, /offset is "x"; it is a whole number/],
    ['an unknown state', 'run/comparedRows', { runId: 'r', with: null, state: 'odd', offset: 0, limit: 1 }, /state is "odd"; it is one of changed/],
    ['an unknown review', 'review/act', { runId: 'r', ids: ['a'], action: { kind: 'explode' } }, /: action: kind is "explode"; it is one of accept/],
    ['an override without targets', 'review/act', { runId: 'r', ids: ['a'], action: { kind: 'override' } }, /: action: targets is missing; it is a list/],
    ['a note without words', 'review/act', { runId: 'r', ids: ['a'], action: { kind: 'note' } }, /: action: note is missing; it is text/],
    ['rows that are no list', 'review/act', { runId: 'r', ids: 'a', action: { kind: 'accept' } }, /ids is "a"; it is a list/],
    ['a confidence above one', 'review/acceptAbove', { runId: 'r', atLeast: 90 }, /atLeast is 90; it is a number from 0 to 1/],
    ['an unknown way to settle conflicts', 'review/import', { runId: 'r', uri: 'file:///a.json', conflicts: 'both' }, /conflicts is "both"; it is one of mine, theirs/],
    ['an export into what is no file', 'review/export', { runId: 'r', uri: 'untitled:x' }, /untitled:x is not a file on this machine/],
    ['a report into what is no file', 'run/report', { runId: 'r', uri: 'untitled:x' }, /A report is written as a file/],
    ['an unknown correction', 'cut/correct', { ...AT, correction: { action: 'explode' } }, /: correction: action is "explode"; it is one of join/],
    ['a place before the first line', 'row/at', { ...AT, position: { line: -1, character: 0 } }, /: position: line is -1; it is a whole number/],
    ['a place without a column', 'row/next', { uri: 'file:///a.md', position: { line: 0 }, back: false }, /: position: character is missing/],
    ['a span without words', 'locate', { runId: 'r', span: { ...SPAN, quote: 7 } }, /: span: quote is 7; it is text/],
    ['a span of a closed document that was never saved', 'locate', { runId: 'r', span: { ...SPAN, document: 'untitled:x' } }, /was never saved and is closed/],
  ];
  it.each(CASES)('%s', async (_, method, params, said) => check(method, params, said));

  const METHODS: readonly Method[] = ['run/start', 'run/cancel', 'run/resume', 'run/list', 'run/get', 'run/matches', 'run/match', 'run/findings', 'run/findingFacets', 'run/matchGroups', 'run/matchIndex', 'run/compare', 'run/comparedRows', 'run/again', 'run/targets', 'run/report', 'row/at', 'row/next', 'row/outcome', 'cut/correct', 'cut/takeBack', 'run/delete', 'review/act', 'review/history', 'review/bulkOffer', 'review/import', 'run/readText', 'locate', 'run/latest', 'document/kind'];
  it.each(METHODS)('%s with anything at all', async (method) => {
    for (const params of [null, {}, [], { runId: {} }, { runId: 7, uri: 7, query: 'x', ids: {}, span: null }]) await check(method, params, /^This request \(/);
  });
});

it('a mistake of Collate itself is told as one, and what it was is in the log', async () => {
  // The engine of these tests has no comparison: asking for one throws.
  const told = await client.failure('run/compare', { runId: 'r', with: null });
  expect(told.code).toBe('internal');
  expect(told.message).toBe('Collate made a mistake of its own (run/compare). Try again; if it happens again, run "Collate: Restart Server" and report what "Collate: Show Log" shows. Finished work is kept.');
  await client.until(() => client.log.some((line) => line.includes('tested over the engine itself')));
});

it('an address that is written wrongly breaks no request of the editor', async () => {
  const uri = 'file:///a%zz.md';
  await client.open(uri, '# A\n\nWords.');
  expect(await client.standard('documentSymbol', uri)).toBeNull();
  expect(await client.standard('definition', uri, { position: { line: 0, character: 0 } })).toEqual([]);
});
