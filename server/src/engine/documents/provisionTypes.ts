import { readingText } from './readingText.ts';
import type { DocumentKind, Unit } from '../../../../shared/model.ts';

export const PROVISION_TYPES = [
  'eligibility', 'compensationDefinition', 'employerContribution', 'employeeDeferral', 'vestingSchedule', 'distributionTrigger', 'loan',
  'hardshipWithdrawal', 'topHeavy', 'coverageTesting', 'forfeiture', 'planYear', 'normalRetirementAge', 'automaticEnrollment', 'definition',
  'administration', 'other',
] as const;
export type ProvisionType = (typeof PROVISION_TYPES)[number];

interface TypeRule {
  readonly type: ProvisionType;
  /** Words of a heading that settle the type. */
  readonly heading: RegExp;
  /** Words of the text that speak for it. */
  readonly body: RegExp;
}

/** In this order: what is narrow comes before what it is a part of. */
const RULES: readonly TypeRule[] = [
  { type: 'topHeavy', heading: /\btop[ -]?heavy|\bkey employees?\b/iu, body: /\btop[ -]heavy\b|\bkey employees?\b|§?416\b/giu },
  { type: 'hardshipWithdrawal', heading: /\bhardship/iu, body: /\bhardship|\bimmediate and heavy\b/giu },
  { type: 'loan', heading: /\bloans?\b/iu, body: /\bloans?\b|\bborrow/giu },
  { type: 'automaticEnrollment', heading: /\bautomatic(?:ally)?\b|\bauto[ -]?enroll?|\bdefault elections?\b|\bqaca\b|\beaca\b/iu, body: /\bautomatic (?:contribution|enrol)|\bdefault (?:election|percentage|deferral)|\bautomatically enrolled\b/giu },
  { type: 'normalRetirementAge', heading: /\b(?:normal|early|late|delayed) retirement (?:age|date)\b/iu, body: /\bnormal retirement age (?:is|means|shall)/giu },
  { type: 'planYear', heading: /\b(?:plan|limitation|fiscal) year\b/iu, body: /\bshort plan year\b/giu },
  { type: 'compensationDefinition', heading: /\b(?:compensation|earnings|415 safe harbor compensation)\b(?! for)/iu, body: /\bcompensation (?:means|includes|excludes|does not include)\b|\bbonuses\b|\bovertime\b|401\(a\)\(17\)/giu },
  { type: 'coverageTesting', heading: /\bcoverage\b|\bnondiscrimination\b|\badp\b|\bacp\b|\btest(?:s|ing)?\b|\b415\b|\bannual additions?\b|\bhighly compensated\b|\blimit(?:s|ations?) on (?:allocations|additions)\b/iu, body: /\bhighly compensated\b|\badp\b|\bacp\b|\bnondiscrimination\b|\bannual additions?\b|§?410\(b\)|§?415\b/giu },
  { type: 'vestingSchedule', heading: /\bvest(?:ing|ed)\b|\bnonforfeitable\b/iu, body: /\bvest(?:s|ing|ed)\b|\bnonforfeitable\b/giu },
  { type: 'forfeiture', heading: /\bforfeitures?\b/iu, body: /\bforfeit(?:s|ed|ures?)?\b|\bbreaks? in service\b/giu },
  { type: 'distributionTrigger', heading: /\bdistributions?\b|\bpayments? (?:of|to)\b|\bbenefits?\b|\bwithdrawals?\b|\brollovers?\b|\bannuit(?:y|ies)\b|\bseverance from employment\b|\btermination of employment\b|\bforms? of payment\b|\bdeath\b|\bdisability\b/iu, body: /\bdistribut(?:e|ed|ions?)\b|\bsingle sum\b|\blump sum\b|\binstallments?\b|\bannuit(?:y|ies)\b|\bwithdraw(?:s|al|als|n)?\b/giu },
  { type: 'employerContribution', heading: /\bmatch(?:ing)?\b|\bnonelective\b|\bprofit[ -]sharing\b|\bsafe harbor\b|\bemployer contributions?\b|\ballocations?\b/iu, body: /\bmatching contributions?\b|\bnonelective contributions?\b|\bprofit[ -]sharing\b|\bemployer contributions?\b|\ballocat(?:e|ed|ion)\b/giu },
  { type: 'employeeDeferral', heading: /\b(?:elective )?deferrals?\b|\bcatch[ -]?up\b|\broth\b|\bafter-tax\b|\bparticipant contributions?\b/iu, body: /\belective deferrals?\b|\bdeferral elections?\b|\bcatch-up\b|\broth\b/giu },
  { type: 'employerContribution', heading: /\bcontributions?\b/iu, body: /\bcontributes?\b/giu },
  { type: 'eligibility', heading: /\beligib(?:le|ility)\b|\bentry dates?\b|\bparticipation\b|\breemployment\b|\byears? of service\b|\bhours? of service\b|\bexcluded (?:classes|employees)\b/iu, body: /\beligible employees?\b|\bentry date\b|\beligib(?:le|ility)\b|\byears? of service\b|\bhours of service\b/giu },
  { type: 'administration', heading: /\badministrat(?:or|ion|ive)\b|\btrustees?\b|\bclaims?\b|\bamendments?\b|\bmiscellaneous\b|\bexpenses?\b|\bgoverning law\b|\bnotices?\b|\brecords?\b|\binvestments?\b|\bconstruction\b|\bindemni|\bplan termination\b|\bbeneficiar(?:y|ies)\b|\bdomestic relations\b|\bassignment\b/iu, body: /\bplan administrator\b|\btrustee\b|\bclaims?\b|\bexpenses\b|\bamend(?:s|ed|ment)?\b|\brecords\b/giu },
];

const DEFINITIONS = /\bdefinitions?\b/iu;
const MEANS = /^[^.]{0,120}["”][^.]{0,40}\b(?:means?|is|has the meaning)\b/u;
/** Fewer words in the text that speak for a type do not settle it. */
const MIN_BODY_WORDS = 2;
/** Of a long text so much is looked at. */
const BODY_LENGTH = 4_000;
const TYPED_KINDS: ReadonlySet<DocumentKind> = new Set(['basicPlanDocument', 'adoptionAgreement']);

/** Provision types for the units of a plan document that have none yet: by its own heading, then the headings above, then its words. */
export function withProvisionTypes(units: readonly Unit[], text: string, kind: DocumentKind): readonly Unit[] {
  if (!TYPED_KINDS.has(kind)) return units;
  return units.map((unit) => (unit.type !== undefined || (unit.kind !== 'provision' && unit.kind !== 'field') ? unit : { ...unit, type: provisionType(unit, readingText(text, unit.textStart, unit.textEnd, unit.omitted).text) }));
}

export function provisionType({ title, path }: Pick<Unit, 'title' | 'path'>, words: string): ProvisionType {
  const own = byHeading(title ?? '');
  const above = (path ?? []).toReversed().map(byHeading).find((type) => type !== null) ?? null;
  const isDefinition = (path ?? []).some((heading) => DEFINITIONS.test(heading)) || MEANS.test(words.slice(0, 200));
  // A definition of Plan Year or Compensation decides by its term; one of Account or Trustee is a definition.
  if (isDefinition) return [own, above].find((type) => type !== null && DEFINED_TYPES.has(type)) ?? 'definition';
  // Every part of a plan has its notices and records: there the headings above say what it is about.
  if (own !== null && (own !== 'administration' || above === null)) return own;
  return above ?? own ?? byWords(words.slice(0, BODY_LENGTH)) ?? 'other';
}

const DEFINED_TYPES: ReadonlySet<ProvisionType> = new Set(['compensationDefinition', 'planYear', 'normalRetirementAge', 'vestingSchedule', 'topHeavy', 'eligibility']);

function byHeading(heading: string): ProvisionType | null {
  return heading === '' ? null : (RULES.find((rule) => rule.heading.test(heading))?.type ?? null);
}

function byWords(words: string): ProvisionType | null {
  let best: ProvisionType | null = null;
  let most = MIN_BODY_WORDS - 1;
  for (const { type, body } of RULES) {
    const count = words.match(body)?.length ?? 0;
    if (count > most) [best, most] = [type, count];
  }
  return best;
}
