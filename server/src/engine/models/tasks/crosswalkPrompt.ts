import { dataBlock } from '../dataBlock.ts';
import type { ChatMessage } from '../modelPort.ts';
import { promptMessages } from '../promptText.ts';
import type { AskedProvision, CrosswalkQuestion } from './crosswalkQuestion.ts';

const TASK =
  'You compare provisions of two documents, a source and a target. For every item, say which of its candidates of the target answer its source provision, if any, and whether what applies under them is the same.';

const RULES: readonly string[] = [
  'Answer every item once, under its id. Judge each by its own texts alone; candidates of another item are no candidates of it.',
  'Two questions, never one: is a candidate about the same matter, and is the effect the same? Like words may have another effect, and other words the same.',
  'sourceQuotes: the words of the source provision that the judgement rests on, copied sign by sign: never shortened, joined or corrected. A clause, not a whole page and not a single word. Words behind "Under:" are headings; they tell the place and are never quoted.',
  'targets: the candidates that answer the source provision, each by its id and with quotes of its own words, copied the same way. role: whole where source and candidate answer each other as wholes, part where only a part of one answers the other.',
  'why: a sentence or two on what decided, in plain words. Name no number that the texts do not have, work none out, and do not quote the ids.',
  'relation same: the same words, but for signs, case and printed numbers of sections. Exactly one target, as a whole.',
  'relation reworded: other words, and nobody gains, loses, must or may anything else under them. Exactly one target, as a whole. A number, date, condition, exception, duty or denial that stands on one side only is no rewording.',
  'relation changed: the same matter with another effect.',
  'relation split: several targets hold its substance together, each as a part.',
  'relation merged: one target answers it and others of the source as equals, as a part.',
  'relation covered: its substance is a part of one wider target, as a part.',
  'relation missing: none of the candidates is about the same matter. No targets.',
  'relation unsure: the texts do not settle it, as where it hangs on a definition that is not shown, or two candidates answer equally well. No targets. Say in why what would settle it. This is better than a guess.',
  'variance: none where the effect is the same; administrative where only procedure, forms, notices or records differ; regulatory where a requirement or limit of law differs; design for every other difference.',
  'impact: none where variance is none; low where nobody is owed more or less; medium where some are; high where many are, a right is lost, or a condition is turned round.',
  'same and reworded have variance none and impact none, changed has neither. missing has a variance and the impact high. unsure has none and none.',
];

/** The prompt of a batch of rows. */
export function crosswalkPrompt(questions: readonly CrosswalkQuestion[], earlier: string | null): readonly ChatMessage[] {
  return promptMessages({ task: TASK, rules: RULES, data: questions.map(itemText).join('\n\n'), earlier });
}

function itemText(question: CrosswalkQuestion): string {
  const { id, doubts } = question;
  return [...itemBlocks(question), ...(doubts.length === 0 ? [] : [dataBlock(`doubts ${id}`, doubts.map((doubt) => `- ${doubt}`).join('\n'))])].join('\n');
}

/** A source and its candidates, these in the order of their ids, which says nothing: the order of the rules would be taken for their answer. */
export function itemBlocks({ id, source, candidates }: Pick<CrosswalkQuestion, 'id' | 'source' | 'candidates'>): readonly string[] {
  const byId = candidates.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [
    `Item ${id}`,
    dataBlock(`source ${id}`, provisionText(source)),
    ...byId.map((candidate) => dataBlock(`candidate ${candidate.id}`, provisionText(candidate))),
    ...(candidates.length === 0 ? ['It has no candidates.'] : []),
  ];
}

function provisionText({ headings, text }: AskedProvision): string {
  return headings.length === 0 ? text : `Under: ${headings.join(' > ')}\n\n${text}`;
}
