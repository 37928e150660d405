import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../../shared/model.ts';
import { png } from '../../fakes/pagePictures.ts';
import { collate, ROOT, type Ended } from './collateProcess.ts';
import { passingFolder } from './passingFolder.ts';

const folder = passingFolder();
const MB = 1024 * 1024;
const SENTENCE = 'The Participant shall elect within 30 days. ';

const PLAN = '# Article I\n\n## 1.01 Notice\n\nNotice is given 30 days before the change.\n\n## 1.02 Loans\n\nA loan is repaid in five years.\n';
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const repeated = (text: string, bytes: number): Buffer => Buffer.alloc(bytes, text);

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'plan.md': PLAN,
  'other.md': PLAN.replace('30 days', '45 days'),
  'empty.md': '',
  'blank.md': ' \n\t\n',
  'nul.md': Buffer.alloc(5000),
  'latin1.md': Buffer.from(PLAN.replace('change', 'r\u00e9vision'), 'latin1'),
  'utf16.md': utf16(PLAN),
  'utf16be.md': Buffer.from(utf16(PLAN)).swap16(),
  'oneLine.md': repeated(SENTENCE, 20 * MB),
  'tooLarge.md': repeated(SENTENCE, 51 * MB),
  'image.md': Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2000, 7)]),
  'page.txt': png(1_240, 1_754),
  'noise.md': Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 32)),
  'print.pdf': '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n',
  'photo.webp': Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8 '), Buffer.alloc(200, 9)]),
  'people.csv': 'name,age,city\nAnn,30,Paris\nBo,41,Rome\nCy,52,Oslo\n',
  'broken.jsonl': '{"id": "a", "text": "one"}\n{"id": "b", \n',
};
for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
mkdirSync(join(folder, 'folder.md'));

/** No trace of the program's own code, one line a sentence, each ended. */
function checkManners({ err, signal }: Ended): void {
  expect(signal, 'it hung').toBeNull();
  expect(err).not.toMatch(/^\s+at |node:|\.cjs|defect of Collate|\bTypeError|\bRangeError|undefined|\[object/m);
  expect(err).toMatch(/^(?:[^\n]*\S\n)*$/);
}

interface Case {
  readonly line: string;
  readonly code: 0 | 1 | 2;
  /** What standard error says: what is wrong and what to do. */
  readonly says: string | null;
}

const CASES: readonly Case[] = [
  { line: 'analyze empty.md', code: 1, says: 'is empty (0 bytes). Save the document into it, or choose another file.' },
  { line: 'analyze nul.md', code: 1, says: 'is not a text file. Save the document as text or Markdown first.' },
  { line: 'analyze noise.md', code: 1, says: 'is not a text file. Save the document as text or Markdown first.' },
  { line: 'analyze image.md', code: 1, says: 'image.md begins as a PNG picture, but its header is damaged. Save the picture again, or choose another file.' },
  { line: 'crosswalk plan.md page.txt', code: 1, says: 'page.txt is a picture of a page. Give --provider openai and name a model that reads pictures with --model vision=NAME, or give its text.' },
  { line: 'estimate page.txt', code: 1, says: 'page.txt is a picture of a page. Give --provider openai and name a model that reads pictures with --model vision=NAME, or give its text.' },
  { line: 'analyze print.pdf', code: 1, says: 'is a PDF. PDF is not read; save it as text or Markdown first, or its pages as PNG or JPEG pictures for a model that reads them.' },
  { line: 'analyze photo.webp --provider openai --model vision=eyes', code: 1, says: 'photo.webp is a WebP picture; of pictures only PNG and JPEG are read. Convert it to PNG or JPEG, or name the text it was made from.' },
  { line: 'analyze people.csv', code: 1, says: 'is a table of records (CSV). Records are not read yet; save them as JSONL or text first.' },
  { line: 'analyze folder.md', code: 1, says: 'is a folder. Name a file in it.' },
  { line: 'analyze missing.md', code: 1, says: 'does not exist. Check the name, and whether it was moved or renamed.' },
  { line: 'analyze plan.md/deeper.md', code: 1, says: 'does not exist: a part of its path is a file, not a folder. Check the path.' },
  { line: 'analyze tooLarge.md', code: 1, says: 'has 51.0 MB, above the limit of 50.0 MB. Split it.\n' },
  { line: 'crosswalk plan.md missing.md', code: 1, says: 'does not exist. Check the name, and whether it was moved or renamed.' },
  { line: 'crosswalk print.pdf plan.md', code: 1, says: 'is a PDF.' },
  { line: 'crosswalk plan.md ./plan.md', code: 2, says: 'A crosswalk takes two different documents; plan.md was given twice.' },
  { line: 'analyze plan.md missing.md', code: 1, says: 'does not exist.' },
  { line: 'analyze plan.md plan.md', code: 0, says: '1 of the paths name a document twice; each is read once.' },
  { line: 'analyze plan.md --report missing/report.html', code: 2, says: 'does not exist. Make it first, or name another place.' },
  { line: 'analyze plan.md --json missing/run.json', code: 2, says: 'does not exist. Make it first, or name another place.' },
  { line: 'analyze plan.md --json other.md/run.json', code: 2, says: 'is not a folder. Make it first, or name another place.' },
  { line: 'analyze plan.md --out other.md/run', code: 2, says: 'is a file. Name a folder.' },
  { line: 'analyze plan.md --report plan.md', code: 2, says: 'it would be overwritten. Name another file.' },
  { line: 'analyze plan.md --store other.md/store', code: 0, says: 'Runs are kept only until this process ends: its path leads through a file, not a folder.' },
  { line: 'analyze plan.md --store other.md', code: 0, says: 'Runs are kept only until this process ends:' },
  { line: 'runs --store other.md/store', code: 1, says: 'Runs are kept only until this process ends:' },
  { line: 'resume nothing', code: 1, says: 'There is no run nothing in this store. List the runs to see their ids.' },
  { line: 'analyze latin1.md', code: 0, says: null },
  { line: 'analyze utf16.md', code: 0, says: null },
  { line: 'analyze utf16be.md', code: 0, says: null },
  { line: 'analyze oneLine.md', code: 0, says: null },
  { line: 'crosswalk utf16.md latin1.md', code: 0, says: null },
  { line: 'analyze blank.md', code: 1, says: 'holds no text, only white space. Save the document into it, or choose another file.' },
  { line: 'analyze broken.jsonl', code: 0, says: null },
];

describe('bad input', () => {
  it.each(CASES)('collate $line: exit $code', async ({ line, code, says }) => {
    const ended = await collate([...line.split(' '), ...(line.includes('--store') ? [] : ['--store', 'kept'])], folder);
    checkManners(ended);
    expect(ended.code, ended.err).toBe(code);
    if (says !== null) expect(ended.err).toContain(says);
    if (code === 0) expect(ended.out).not.toBe('');
    if (code === 2) expect(ended.out).toBe('');
  }, 70_000);

  it('leaves the documents as they were', () => {
    for (const name of ['plan.md', 'other.md']) expect(readFileSync(join(folder, name), 'utf8')).toBe(FILES[name]);
  });

  it.each(['utf16.md', 'utf16be.md', 'latin1.md'])('reads the words of %s', async (name) => {
    const { out } = await collate(['analyze', name, '--json', '-', '--store', 'kept'], folder);
    const { documents, runs } = JSON.parse(out) as Output;
    expect(runs[0]?.units.map((unit) => unit.number)).toEqual(['Article I', '1.01', '1.02']);
    expect(runs[0]?.units[1]?.span.quote).toMatch(/Notice is given 30 days before the (?:change|r\u00e9vision)\./);
    expect(documents[0]?.problems.map((problem) => problem.severity)).toEqual(name === 'latin1.md' ? ['warning'] : []);
  });
});

describe('Ctrl+C', () => {
  it('stops the program in order, and what it says resumes the run', async () => {
    let sent = false;
    const plans = ['alder', 'birch'].map((name) => join(ROOT, 'samples', 'plans', `${name}-basic-plan.md`));
    const stopped = await collate(['crosswalk', ...plans, '--store', 'stopped'], folder, (said, send) => {
      if (sent || !said.includes('Scoring')) return;
      sent = true;
      send('SIGINT');
    });
    checkManners(stopped);
    expect({ code: stopped.code, out: stopped.out }, stopped.err).toEqual({ code: 130, out: '' });
    const [, hint = ''] = /^Resume with: collate (.+)$/m.exec(stopped.err) ?? [];
    const resumed = await collate(hint.split(' '), folder);
    expect(resumed.code, resumed.err).toBe(0);
    expect(resumed.out).toMatch(/^Crosswalk of alder-basic-plan\.md and birch-basic-plan\.md: finished/);
  }, 130_000);
});

/** What a document may hold to harm whoever reads its report, its JSON or the terminal. */
const HOSTILE = [
  '# 1.01 <script>alert(1)</script> __proto__',
  '"__proto__" means <img src=x onerror=alert(1)>, \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J and \u202eevil\u202c, within 30 days unless the Employer elects.',
  '# 1.02 constructor </style></title><svg onload=alert(1)>',
  'Thirty (60) days ______ as Section 99.9 says; "toString" means <a href="javascript:alert(1)">link</a> &lt;b&gt; </body></html>.',
].join('\n\n');

describe('hostile words', () => {
  writeFileSync(join(folder, 'hostile.md'), HOSTILE);
  writeFileSync(join(folder, 'worse.md'), HOSTILE.replace('30 days', '90 days').replace('alert(1)', 'alert(2)'));
  writeFileSync(join(folder, 'talk.txt'), ['[00:01] <script>Eve</script>: I will send __proto__ the <iframe src="x"></iframe> file by Friday.', '[00:09] constructor: We decided to \u001b[2J keep \u202eit\u202c. Who tells <b>everyone</b> about it?'].join('\n\n'));

  it.each(['analyze hostile.md', 'crosswalk hostile.md worse.md', 'analyze talk.txt'])('collate %s: are only words', async (line) => {
    const report = join(folder, `${line.replace(/\W+/g, '-')}.html`);
    const ended = await collate([...line.split(' '), '--report', report, '--json', `${report}.json`, '--out', `${report}.run`, '--store', 'kept'], folder);
    checkManners(ended);
    expect(ended.code, ended.err).toBe(0);
    const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    expect(ended.out + ended.err).not.toMatch(steering);
    const html = readFileSync(report, 'utf8');
    expect(html).not.toMatch(steering);
    const tags = new Set([...html.matchAll(/<([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].map(([, name = '']) => name.toLowerCase()));
    for (const tag of ['script', 'img', 'iframe', 'object', 'link']) expect(tags).not.toContain(tag);
    expect([...html.matchAll(/<[a-z][^>]*?\s(on\w+|src|href)=("[^"]*")/gi)].filter(([, , value = '']) => !value.startsWith('"#'))).toEqual([]);
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html.match(/<title/g)?.length).toBe(1 + (html.match(/<title>[^<]* \d+, [\d.]+ %<\/title><\/rect>/g) ?? []).length);
    expect(JSON.parse(readFileSync(`${report}.json`, 'utf8'))).toHaveProperty('schemaVersion', 1);
    const notes = join(`${report}.run`, 'final', 'meetingNotes.md');
    if (existsSync(notes)) expect(readFileSync(notes, 'utf8')).not.toMatch(/(?<!\\)<[a-z]/i);
  });

  it.each(['\u001b[31mred.md', '\u202egnp.md', '__proto__', '-'])('says a hostile path as words: %j', async (path) => {
    const ended = await collate(['analyze', '--store', 'kept', '--', path], folder);
    checkManners(ended);
    expect(ended.code).toBe(1);
    expect(ended.err).not.toMatch(/[\u001b\u202e]/);
  });
});
