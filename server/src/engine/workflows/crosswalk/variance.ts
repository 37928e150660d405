import type { Difference, Impact, Variance, Why } from '../../../../../shared/model.ts';
import { withoutFormMarks } from '../../../../../shared/words/formMarks.ts';

interface Weight {
  readonly variance: Exclude<Variance, 'none'>;
  readonly impact: Exclude<Impact, 'none'>;
  readonly what: string;
}

/** What a difference of each kind means to a plan; the heaviest of a row counts. */
const WEIGHTS: Readonly<Record<string, Weight>> = {
  default: { variance: 'design', impact: 'high', what: 'What applies when nobody chooses' },
  negation: { variance: 'design', impact: 'high', what: 'A denial' },
  direction: { variance: 'design', impact: 'high', what: 'The direction of a condition or limit' },
  codeReference: { variance: 'regulatory', impact: 'medium', what: 'The law cited' },
  modality: { variance: 'design', impact: 'medium', what: 'What must, may or must not be done' },
  comparator: { variance: 'design', impact: 'medium', what: 'Whether a limit is itself inside' },
  option: { variance: 'design', impact: 'medium', what: 'An item of a list' },
  decider: { variance: 'design', impact: 'medium', what: 'Who decides or acts' },
  definition: { variance: 'design', impact: 'medium', what: 'What a defined term means' },
  schedule: { variance: 'design', impact: 'high', what: 'A step of a schedule' },
  service: { variance: 'design', impact: 'medium', what: 'A length of service' },
  frequency: { variance: 'design', impact: 'medium', what: 'How often something is done' },
  age: { variance: 'design', impact: 'medium', what: 'An age' },
  hours: { variance: 'design', impact: 'medium', what: 'A number of hours' },
  period: { variance: 'design', impact: 'medium', what: 'A period' },
  percentage: { variance: 'design', impact: 'medium', what: 'A percentage' },
  money: { variance: 'design', impact: 'medium', what: 'An amount of money' },
  date: { variance: 'design', impact: 'medium', what: 'A date' },
  time: { variance: 'design', impact: 'medium', what: 'A time of day' },
  number: { variance: 'design', impact: 'medium', what: 'A number' },
  link: { variance: 'administrative', impact: 'low', what: 'A web address' },
  sectionReference: { variance: 'administrative', impact: 'low', what: 'A reference to another section' },
};
const UNKNOWN: Weight = { variance: 'design', impact: 'medium', what: 'A fact' };

const VARIANCES: readonly Variance[] = ['none', 'administrative', 'design', 'regulatory'];
const IMPACTS: readonly Impact[] = ['none', 'low', 'medium', 'high'];

/** What a provision is about makes some differences weigh otherwise. */
const BY_TYPE: Readonly<Record<string, { readonly kinds: ReadonlySet<string>; readonly weight: Pick<Weight, 'variance' | 'impact'>; readonly detail: string }>> = {
  vestingSchedule: {
    kinds: new Set(['schedule', 'service', 'percentage', 'hours', 'age', 'period', 'number']),
    weight: { variance: 'design', impact: 'high' },
    detail: 'It is about vesting: what a Participant keeps may not be cut back.',
  },
  coverageTesting: {
    kinds: new Set(['percentage', 'number', 'money', 'codeReference', 'date', 'period']),
    weight: { variance: 'regulatory', impact: 'medium' },
    detail: 'It is about a test or limit of the law.',
  },
  topHeavy: {
    kinds: new Set(['percentage', 'number', 'money', 'codeReference', 'date', 'schedule']),
    weight: { variance: 'regulatory', impact: 'medium' },
    detail: 'It is about the top-heavy rules of the law.',
  },
  administration: {
    kinds: new Set(['period', 'number', 'date', 'frequency', 'time', 'link', 'sectionReference', 'option']),
    weight: { variance: 'administrative', impact: 'low' },
    detail: 'It is about how the Plan is run, not about what it gives.',
  },
};

/** Variance and impact of a changed provision, with one line per difference that says what differs, and one for what it is about. */
export function weigh(differences: readonly Difference[], type?: string): { readonly variance: Variance; readonly impact: Impact; readonly why: readonly Why[] } {
  let variance: Variance = 'none';
  let impact: Impact = 'none';
  const why: Why[] = [];
  const about = BY_TYPE[type ?? ''];
  let noted = false;
  for (const { kind, rule, sourceValue, targetValue, source, target } of differences) {
    const plain = WEIGHTS[kind] ?? UNKNOWN;
    const special = about?.kinds.has(kind) === true ? about : undefined;
    const weight = special === undefined ? plain : { ...plain, ...special.weight };
    if (special !== undefined) noted = true;
    if (IMPACTS.indexOf(weight.impact) > IMPACTS.indexOf(impact)) ({ impact, variance } = weight);
    else if (weight.impact === impact && VARIANCES.indexOf(weight.variance) > VARIANCES.indexOf(variance)) variance = weight.variance;
    const detail = `${weight.what}: ${told(source?.quote, sourceValue)} in the source, ${told(target?.quote, targetValue)} in the target.`;
    if (!why.some((each) => each.detail === detail)) why.push({ rule, detail });
  }
  if (noted && about !== undefined) why.push({ rule: `impact.${type ?? ''}`, detail: about.detail });
  return { variance, impact, why };
}

/** Quotes longer than this are cut in an explanation; the span has them whole. */
const MAX_QUOTE = 60;

function told(quote: string | undefined, value: string | undefined): string {
  if (quote === undefined) return 'nothing';
  const line = withoutFormMarks(quote).replace(/\s+/gu, ' ');
  const short = line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line;
  return value !== undefined && /^applies|^\d.*: /u.test(value) ? `"${short}" (${value})` : `"${short}"`;
}
