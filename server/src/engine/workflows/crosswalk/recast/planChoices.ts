/** One of the answers a plan can give to one question of design, with the ways to say it. */
export interface Choice {
  readonly name: string;
  readonly words: RegExp;
}

/** A question of design. `alone`: a plan gives one answer, so that another one is another effect. Otherwise several stand in a list. */
export interface ChoiceFamily {
  readonly name: string;
  readonly alone: boolean;
  readonly choices: readonly Choice[];
}

const family = (name: string, alone: boolean, choices: Readonly<Record<string, string>>): ChoiceFamily => ({
  name,
  alone,
  choices: Object.entries(choices).map(([choice, words]) => ({ name: choice, words: new RegExp(String.raw`(?<![\p{L}-])(?:${words})(?![\p{L}])`, 'giu') })),
});

/** Spaces in the expressions stand for any white space. */
const spaced = (all: readonly ChoiceFamily[]): readonly ChoiceFamily[] =>
  all.map((one) => ({ ...one, choices: one.choices.map(({ name, words }) => ({ name, words: new RegExp(words.source.replaceAll(' ', String.raw`\s+`), words.flags) })) }));

/** Questions every defined contribution plan answers, from the forms of adoption agreements in general; each answer with the names drafters give it. */
export const CHOICE_FAMILIES: readonly ChoiceFamily[] = spaced([
  family('use of forfeitures', true, {
    'reduce contributions': String.raw`(?:reduc(?:e|es|ed|ing)|offset(?:s|ting)?|lower(?:s|ed|ing)?|(?:applied|credited|used) (?:against|toward)|in (?:place|lieu) of|fund(?:s|ed|ing)?) (?:\p{L}+ )?(?:employer(?:['’]s)? )?(?:\p{L}+ )?contributions?`,
    'pay expenses': String.raw`(?:pay(?:s|ing|ment of)?|paid|defray(?:s|ed|ing)?|meet(?:s|ing)?|cover(?:s|ing)?|toward) (?:the |any )?(?:reasonable )?(?:administrative |plan )?(?:expenses|costs|fees)`,
    'allocate to participants': String.raw`(?:re)?allocat(?:e|es|ed|ing) (?:as (?:an? )?(?:additional )?(?:\p{L}+ )?contributions? )?(?:to|among) (?:the )?(?:accounts? of )?(?:all |eligible |remaining |other )*participants`,
  }),
  family('year of testing', true, { 'current year': 'current[ -](?:plan[ -])?year(?= (?:testing|data|method|basis))', 'prior year': '(?:prior|preceding|previous)[ -](?:plan[ -])?year(?= (?:testing|data|method|basis))' }),
  family('who certifies', true, {
    'Social Security Administration': 'social security administration', physician: '(?:licensed |independent |qualified )?(?:physicians?|doctors?|medical examiners?)', insurer: 'insur(?:er|ance company|ance carrier)|long[ -]term disability (?:carrier|plan)',
    court: 'courts?', actuary: '(?:enrolled )?actuar(?:y|ies)', 'Internal Revenue Service': 'internal revenue service|irs', 'Department of Labor': 'department of labor',
  }),
  family('standard of fault', true, {
    'gross negligence': 'gross(?:ly)? neglig(?:ence|ent)', 'willful misconduct': 'wil?lful (?:misconduct|neglect|wrongdoing)|wilful misconduct', negligence: '(?:(?<!gross )|ordinary |simple )negligence', fraud: 'fraud(?:ulent)?(?: acts?| conduct)?', 'bad faith': 'bad faith', 'criminal act': 'criminal (?:acts?|conduct)',
  }),
  family('form of payment', false, {
    'lump sum': '(?:single|lump)[ -]sums?(?: payments?| distributions?)?|one payment|single payment', installments: 'instal?lments?(?: payments?)?|periodic payments?', annuity: 'annuit(?:y|ies)', 'partial withdrawals': 'partial (?:withdrawals?|distributions?|payments?)|part payments?|withdrawals? in part', 'in kind': 'in[ -]kind(?: distributions?)?',
  }),
  family('event of vesting or payment', false, {
    death: 'death|dies|dying|deceased', disability: 'disabilit(?:y|ies)|disabled', 'normal retirement age': 'normal retirement(?: age| date)?', 'early retirement age': 'early retirement(?: age| date)?',
    severance: '(?:severance|separation|termination) (?:from|of) (?:employment|service)', 'termination of plan': '(?:complete |full |partial )?termination of the plan|plan termination', hardship: 'hardships?',
  }),
  family('need in hardship', false, {
    medical: 'medical (?:care|expenses?|costs?|treatment)|health care', tuition: 'tuition|(?:post-?secondary )?education(?:al)?(?: expenses?| costs?| fees)?|college costs?|schooling', residence: '(?:purchase|buying|acquisition|acquiring) (?:of )?(?:an? )?(?:principal |primary )?(?:residence|home)', eviction: 'evictions?|foreclosures?',
    funeral: 'funerals?(?: expenses?| costs?)?|burials?(?: expenses?| costs?)?', casualty: 'casualt(?:y|ies)(?: loss(?:es)?)?|repair of damage|damage to (?:an? |the )?(?:principal )?(?:residence|home)', disaster: '(?:federally declared )?disasters?', adoption: '(?:birth or )?adoption of a child|adoption expenses?',
  }),
  family('part of pay', false, {
    overtime: 'overtime(?: pay| earnings)?', bonuses: 'bonus(?:es)?', commissions: 'commissions?', 'severance pay': 'severance (?:pay|payments?)|dismissal pay', 'fringe benefits': '(?:taxable )?fringe benefits', 'moving expenses': '(?:moving|relocation) (?:expenses?|allowances?|costs?)', tips: 'tips|gratuities', 'leave pay': '(?:vacation|sick|holiday|leave) pay', 'deferred compensation': '(?:nonqualified )?deferred compensation', 'stock options': 'stock options|equity awards?', 'shift pay': 'shift (?:differentials?|premiums?|pay)',
  }),
  family('class of employee', false, {
    leased: 'leased (?:employees?|workers?)', union: '(?:union|collectively bargained)(?: employees?| members?| workers?)?|(?:covered by|subject to|under) an? collective(?:ly)? bargain(?:ing|ed) agreement', 'nonresident alien': 'non-?resident aliens?', 'part-time': 'part[ -]time(?: employees?| workers?)?', temporary: 'temporary(?: employees?| workers?)?', seasonal: 'seasonal(?: employees?| workers?)?', 'highly compensated': 'highly compensated employees?|highly paid employees?', interns: 'interns?|students?', hourly: 'hourly(?:[ -]paid)?(?: employees?| workers?)?', salaried: 'salaried(?: employees?| workers?)?',
  }),
  family('source of contributions', false, {
    'pre-tax deferrals': '(?:pre-?tax )?(?:elective |salary )(?:deferrals?|reductions?)(?: contributions?)?|pre-?tax (?:deferrals?|contributions?)', 'Roth deferrals': 'roth(?: elective)?(?: deferrals?| contributions?)?', 'after-tax contributions': '(?:voluntary |employee )?after-?tax(?: employee)?(?: contributions?| amounts?)?', matching: 'match(?:ing)?(?: contributions?)?', nonelective: '(?:non-?elective|profit[ -]sharing|discretionary)(?: employer)?(?: contributions?)', rollovers: 'roll-?overs?(?: contributions?)?',
  }),
  family('leave', false, { military: 'military (?:leave|service|duty)|uniformed service', sick: 'sick(?:ness| leave)|illness', vacation: 'vacations?', 'jury duty': 'jury (?:duty|service)', layoff: 'lay-?offs?', family: 'maternity|paternity|parental leave|family leave|birth of a child' , holiday: 'holidays?' }),
]);
