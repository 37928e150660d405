import { seeded } from '../seeded.ts';
import { OTHER_VENDORS, type Base } from './case.ts';
import { readForm, type Form } from './form.ts';
import { BASE_FORM_LOOK, otherFormLook, renderForm } from './formRender.ts';
import { MERGED_RULES, type MergedRule } from './mergedRules.ts';
import type { Planted } from './mutatePlan.ts';
import { readPlan, type Plan } from './plan.ts';
import { BASE_LOOK, otherLook, render, type Rendered } from './render.ts';

/** A plan document and its adoption agreement. */
export interface Package {
  readonly plan: Rendered;
  readonly form: Rendered;
}
export interface MergedCase {
  readonly source: Package;
  readonly target: Package;
  /** Names are those of the plan's provisions; the form's items have the same. */
  readonly planted: readonly Planted[];
}

/**
 * What only plan and form together show. `election differs`: the plan says the same word for word, and the value the form
 * gives it differs. `value into plan`, `value into form`: the texts differ, and the effect does not.
 */
const KINDS = ['election differs', 'value into plan', 'value into form'] as const;
type Kind = (typeof KINDS)[number];

interface Half {
  readonly hooked: boolean;
  readonly value: string;
}

function halves(kind: Kind, [one, other]: MergedRule['values']): readonly [Half, Half] {
  if (kind === 'election differs') return [{ hooked: true, value: one }, { hooked: true, value: other }];
  return [{ hooked: kind === 'value into plan', value: one }, { hooked: kind === 'value into form', value: one }];
}

/** The case of a seed: each rule of MERGED_RULES is written into both packages, in one of the kinds. */
export function mergedCase(plan: Base, form: Base, seed: number): MergedCase {
  const random = seeded(seed * 7919 + 41);
  const rules = random.shuffled(MERGED_RULES).map((rule, k) => ({ rule, name: `m${k}`, kind: KINDS[k % KINDS.length] as Kind, article: Math.floor(random.next() * 3) }));
  const written = (side: 0 | 1): { readonly plan: Plan; readonly form: Form } => {
    const plans = readPlan(plan.name, plan.markdown);
    const forms = readForm(form.name, form.markdown);
    const own = rules.map(({ rule, kind, ...rest }) => ({ ...rest, rule, half: halves(kind, rule.values)[side] }));
    const said = (words: string, { value }: Half): string => words.replace('VALUE', value);
    return {
      plan: { ...plans, articles: plans.articles.map((article, a) => ({
        ...article,
        sections: [...article.sections, ...own.filter((one) => one.article === a).map(({ rule, name, half }) => ({ printed: [], title: rule.title, paragraphs: [{ names: [name], lead: '', text: said(half.hooked ? rule.hook : rule.printed, half) }] }))],
      })) },
      form: { ...forms, parts: forms.parts.map((part, p) => ({
        ...part,
        items: [...part.items, ...own.filter((one) => one.half.hooked && one.article === p).map(({ rule, name, half }) => ({ names: [name], title: rule.title, ends: '.' as const, lines: [said(rule.item, half)] }))],
      })) },
    };
  };
  const [left, right] = [written(0), written(1)];
  const vendor = random.pick(OTHER_VENDORS);
  return {
    source: { plan: render(left.plan, BASE_LOOK), form: renderForm(left.form, BASE_FORM_LOOK) },
    target: { plan: render(right.plan, otherLook(random, [plan.vendor, vendor], false)), form: renderForm(right.form, otherFormLook(random, [form.vendor, vendor])) },
    planted: rules.map(({ kind, name, rule }) => {
      const [from, to] = halves(kind, rule.values);
      return { kind, tag: 'merged', source: [name], target: [name], sourceValue: from.value, targetValue: to.value };
    }),
  };
}
