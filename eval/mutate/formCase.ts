import { seeded } from '../seeded.ts';
import { OTHER_VENDORS, type Base, type MutatedCase } from './case.ts';
import { readForm } from './form.ts';
import { BASE_FORM_LOOK, otherFormLook, renderForm } from './formRender.ts';
import { mutateForm } from './mutateForm.ts';

/** The case of a seed over an adoption agreement. The same base and seed give the same case. */
export function mutatedFormCase(base: Base, seed: number): MutatedCase {
  const random = seeded(seed * 7919 + 29);
  const { source, target, planted, noise } = mutateForm(readForm(base.name, base.markdown), random);
  const look = otherFormLook(random, [base.vendor, random.pick(OTHER_VENDORS)]);
  const touched = new Set(planted.flatMap((one) => [...one.source, ...one.target]));
  const left = renderForm(source, BASE_FORM_LOOK);
  return { base: base.name, seed, source: left, target: renderForm(target, look), planted, noise, unchanged: [...left.provisions.keys()].filter((name) => !touched.has(name)) };
}
