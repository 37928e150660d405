import type {
  Candidate, Difference, DocumentSummary, Finding, Match, Output, OutputUnit, RunOutput, Span,
} from '../../../shared/model.ts';

interface Provision {
  readonly number?: string;
  readonly title?: string;
  readonly text: string;
}

/** A document whose spans are true: every quote equals its text. */
export class FixtureDocument {
  readonly key: string;
  readonly text: string;
  readonly units: readonly OutputUnit[];
  constructor(key: string, provisions: readonly Provision[], kind: 'provision' | 'turn' = 'provision') {
    this.key = key;
    let text = '';
    const places = provisions.map((provision) => {
      const start = text.length;
      const head = kind === 'turn' ? `[${provision.number ?? '00:00'}] ${provision.title ?? ''}: ` : `${[provision.number, provision.title].filter(Boolean).join(' ')}\n`;
      text += `${head}${provision.text}\n\n`;
      return { start, end: text.length - 2 };
    });
    this.text = text;
    this.units = provisions.map(({ number, title }, at) => ({
      key: `${key}#${String(at + 1)}`, kind, span: this.span(places[at]!.start, places[at]!.end), contentHash: `hash-${String(at)}`,
      ...(kind === 'turn' ? { speaker: title ?? '', time: number ?? '' } : { ...(number === undefined ? {} : { number }), ...(title === undefined ? {} : { title }) }),
    }));
  }
  span(start: number, end: number): Span {
    const before = this.text.slice(0, start);
    const line = before.split('\n').length;
    return { document: this.key, start, end, line, column: start - before.lastIndexOf('\n'), quote: this.text.slice(start, end) };
  }
  /** The first place of these words. */
  find(words: string): Span {
    const start = this.text.indexOf(words);
    if (start === -1) throw new Error(`not in ${this.key}: ${words}`);
    return this.span(start, start + words.length);
  }
  summary(): DocumentSummary {
    return { key: this.key, path: this.key, kind: 'basicPlanDocument', hash: `hash of ${this.key}`, units: this.units.length, problems: [] };
  }
}

const NO_MATCH: Omit<Match, 'sourceId'> = {
  outcome: 'decided', relation: 'same', moved: false, variance: 'none', impact: 'none', confidence: 0.97, counterpartScore: 4.2,
  targets: [], candidates: [], differences: [], why: [],
};

export function match(source: OutputUnit, targets: readonly OutputUnit[], fields: Partial<Match>): Match {
  const candidates: Candidate[] = targets.map((target, at) => ({ targetId: target.key, score: 3 - at, claimed: true }));
  return {
    ...NO_MATCH,
    sourceId: source.key,
    targets: targets.map((target) => ({ targetId: target.key, role: targets.length > 1 ? 'part' : 'whole', evidence: { source: [source.span], target: [target.span] } })),
    candidates,
    ...fields,
  };
}

export function difference(kind: string, source: Span, target: Span, rule: string): Difference {
  return { kind, source, target, sourceValue: source.quote, targetValue: target.quote, rule };
}

const EMPTY_RUN: Omit<RunOutput, 'workflow'> = {
  id: 'r7k2m4q9x1ab', state: 'done', settings: { crosswalkAcceptAt: 0.7, crosswalkLead: 0.15 }, provider: 'local',
  startedAt: '2025-11-21T14:09:00.000Z', endedAt: '2025-11-21T14:09:01.420Z', activeMs: 1_420, ledger: {}, metrics: [], units: [], matches: [],
  newTargets: [], findings: [], analyses: [], speakers: [],
};

export function run(workflow: RunOutput['workflow'], fields: Partial<RunOutput>): RunOutput {
  return { ...EMPTY_RUN, workflow, ...fields };
}

/** Every relation and every outcome of a crosswalk, and every optional property of the shape. */
export function crosswalkOutput(): Output {
  const source = new FixtureDocument('plans/larch.md', [
    { number: '2.01', title: 'Entry date', text: 'An Eligible Employee enters the Plan on the first day of the calendar quarter after the Employee completes one year of service and attains age 21.' },
    { number: '2.02', title: 'Rehired employees', text: 'A rehired Employee enters the Plan on the date of rehire.' },
    { number: '3.01', title: 'Matching contribution', text: 'The Employer matches 50% of each Deferral, up to 6% of Compensation, unless the Employer elects otherwise.' },
    { number: '4.01', title: 'Vesting', text: 'A Participant is fully vested after three years of service. Forfeitures reduce Employer contributions.' },
    { number: '5.01', title: 'Hardship', text: 'A Participant may withdraw Deferrals on account of hardship.\n\n(a) medical care\n(b) purchase of a home' },
    { number: '6.01', title: 'Loans to participants', text: 'The Plan Administrator may lend a Participant no more than $50,000.' },
    { number: '7.01', title: 'Notices', text: 'Notices are given in writing to the last known address.' },
    { title: 'Reserved', text: 'Reserved.' },
    { number: '8.01', title: 'Valuation', text: 'The Trust is valued at least once a year.' },
  ]);
  const target = new FixtureDocument('plans/rowan.md', [
    { number: 'A-1', title: 'When participation starts', text: 'An Eligible Employee enters the Plan on the first day of the calendar month after the Employee completes six months of service and attains age 21.' },
    { number: 'A-2', title: 'Rehired employees', text: 'A rehired Employee enters the Plan on the date of rehire.' },
    { number: 'B-1', title: 'Match', text: 'The Employer matches 50% of each Deferral, up to 6% of Compensation, only if the Employer so elects.' },
    { number: 'C-1', title: 'Vesting schedule', text: 'A Participant is fully vested after three years of service.' },
    { number: 'C-2', title: 'Forfeitures', text: 'Forfeitures reduce Employer contributions.' },
    { number: 'D-1', title: 'Withdrawals', text: 'On account of hardship a Participant may take out Deferrals.' },
    { number: 'E-1', title: 'Written notices', text: 'The Administrator sends notices in writing.' },
    { number: 'F-1', title: 'Electronic delivery', text: 'Documents may be delivered by electronic means.' },
  ]);
  const [s1, s2, s3, s4, s5, s6, s7, s8, s9] = source.units as [OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit];
  const [t1, t2, t3, t4, t5, t6, t7, t8] = target.units as [OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit, OutputUnit];
  const matches: Match[] = [
    match(s1, [t1], {
      relation: 'changed', variance: 'design', impact: 'high', confidence: 0.91, moved: true,
      differences: [
        difference('period', source.find('one year'), target.find('six months'), 'entity.period.differs'),
        difference('words', source.find('quarter'), target.find('month'), 'words.differ'),
      ],
      why: [{ rule: 'entity.period.differs', detail: 'one year against six months' }],
    }),
    match(s2, [t2], {}),
    match(s3, [t3], {
      relation: 'changed', variance: 'design', impact: 'high', confidence: 0.88,
      differences: [
        difference('default', source.find('unless the Employer elects otherwise'), target.find('only if the Employer so elects'), 'default.reversed'),
        { kind: 'negation', source: source.find('unless'), sourceValue: 'unless', rule: 'negation.dropped' },
      ],
    }),
    match(s4, [t4, t5], { relation: 'split', confidence: 0.84, variance: 'administrative', impact: 'low' }),
    match(s5, [t6], { outcome: 'abstained', reason: 'same topic; effect not settled by rules: compare the marked words', relation: null, variance: null, impact: null, confidence: 0.78 }),
    match(s6, [], { relation: 'missing', variance: 'design', impact: 'high', confidence: 0.93, counterpartScore: -1.4, why: [{ rule: 'counterpart.none', detail: 'no target shares its words' }] }),
    match(s7, [], { outcome: 'abstained', reason: 'no candidate is sure enough: choose among the candidates, or say there is none', relation: null, variance: null, impact: null, confidence: null, candidates: [{ targetId: t7.key, score: 1.25, claimed: false }] }),
    match(s8, [], { outcome: 'skipped', reason: 'heading only, no text to compare', relation: null, variance: null, impact: null, confidence: null, counterpartScore: null }),
    match(s9, [], { outcome: 'failed', reason: 'could not be read', relation: null, variance: null, impact: null, confidence: null, counterpartScore: null }),
  ];
  const output = run('crosswalk', {
    state: 'partial', stateReason: '1 provision has no answer: it could not be read.',
    ledger: {
      sourceProvision: { total: 9, decided: 5, abstained: 2, skipped: 1, failed: 1, reasons: { 'heading only, no text to compare': 1, 'could not be read': 1, 'same topic; effect not settled by rules: compare the marked words': 1, 'no candidate is sure enough: choose among the candidates, or say there is none': 1 } },
      targetProvision: { total: 8, decided: 6, abstained: 2, skipped: 0, failed: 0, reasons: { 'nothing claims it, but it is a candidate of provisions left for review': 2 } },
    },
    metrics: [
      { operation: 'Reading', startedAt: 1000, endedAt: 1120, items: 17, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 0, errors: 0, retries: 0, rateLimited: 0 },
      { operation: 'Scoring pairs', startedAt: 1120, endedAt: 2020, items: 72, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 0, errors: 0, retries: 0, rateLimited: 0 },
    ],
    units: [
      { ...s1, id: 'own-1', path: ['Article II', 'Participation'], type: 'eligibility', span: { ...s1.span, page: 3 } },
      ...source.units.slice(1), ...target.units,
    ],
    matches,
    newTargets: [
      { targetId: t8.key, outcome: 'decided', relation: 'new', variance: 'administrative', impact: 'medium' },
      { targetId: t7.key, outcome: 'abstained', reason: 'nothing claims it, but it is a candidate of provisions left for review', relation: null, variance: null, impact: null },
    ],
  });
  const problem = { code: 'outline.gap', message: 'Section 2.03 follows 2.01.', severity: 'warning', span: s2.span } as const;
  return { schemaVersion: 1, documents: [{ ...source.summary(), problems: [problem] }, target.summary()], runs: [output] };
}

export function finding(fields: Partial<Finding> & Pick<Finding, 'kind' | 'title' | 'evidence'>): Finding {
  return {
    key: `transcript|${fields.kind}|${fields.title}`, severity: 'info', text: fields.title, confidence: null, method: 'rules', outcome: 'decided', ...fields,
  };
}

/** A meeting with decisions, actions, a question, a finding that was abstained from, and analyses that did not run. */
export function transcriptOutput(): Output {
  const meeting = new FixtureDocument('meetings/kickoff.txt', [
    { number: '00:10', title: 'Mara Voss', text: 'We will move payroll to the monthly file. That is decided.' },
    { number: '00:42', title: 'Ivo Lund', text: 'I will send the file layout to the vendor by 12 December.' },
    { number: '01:15', title: 'Mara Voss', text: 'Who tells the participants?' },
    { number: '01:30', title: 'Ivo Lund', text: 'Somebody should draft the letter.' },
  ], 'turn');
  const findings: Finding[] = [
    finding({ kind: 'question', analyzer: 'meetingNotes', title: 'Who tells the participants?', evidence: [meeting.find('Who tells the participants?')] }),
    finding({ kind: 'decision', analyzer: 'meetingNotes', title: 'Move payroll to the monthly file.', evidence: [meeting.find('We will move payroll to the monthly file.')], confidence: 0.9 }),
    finding({ kind: 'actionItem', analyzer: 'meetingNotes', title: 'Send the file layout to the vendor', fields: { owner: 'Ivo Lund', due: '12 December' }, evidence: [meeting.find('I will send the file layout to the vendor by 12 December.')] }),
    finding({ kind: 'actionItem', analyzer: 'meetingNotes', title: 'Draft the letter', outcome: 'abstained', reason: 'the words name no owner', evidence: [meeting.find('Somebody should draft the letter.')] }),
  ];
  const output = run('transcript', {
    id: 't7k2m4q9x1ab',
    ledger: {
      turn: { total: 4, decided: 4, abstained: 0, skipped: 0, failed: 0, reasons: {} },
      analysis: { total: 2, decided: 1, abstained: 0, skipped: 1, failed: 0, reasons: { 'needs a language model': 1 } },
    },
    units: meeting.units, findings,
    analyses: [
      { analyzer: 'meetingNotes', stage: 'final', title: 'Meeting notes', outcome: 'decided', findings: 4, read: '4 turns' },
      { analyzer: 'sayMeans', stage: 'A', title: 'Says and means', outcome: 'skipped', reason: 'needs a language model', findings: 0, read: '0 of 4 turns' },
    ],
    speakers: [
      { speaker: 'Mara Voss', turns: 2, words: 15, questions: 1, share: 0.47, firstTurn: 'meetings/kickoff.txt#1' },
      { speaker: 'Ivo Lund', turns: 2, words: 17, questions: 0, share: 0.53, firstTurn: 'meetings/kickoff.txt#2' },
    ],
  });
  return { schemaVersion: 1, documents: [{ ...meeting.summary(), kind: 'transcript' }], runs: [output] };
}
