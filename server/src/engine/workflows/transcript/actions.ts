import { placesOf, type Places } from '../../documents/spokenText.ts';
import { ACTION_RULES, ASKS_FOR_SOMEBODY, DONE_NOW, NOT_PROMISED, ON_CONDITION, PRIORITY, TAKES_IT_ON, TAKES_OFFER, type ActionRule } from './actionRules.ts';
import { clauseBefore, isQuoted } from './clauseBefore.ts';
import { dueIn } from './dueDates.ts';
import type { People } from './people.ts';
import type { Answer, SaidSentence, Talk } from './talk.ts';

/** A date that starts so early in a sentence opens it, in UTF-16 code units. */
const OPENING_DATE = 12;

/** Longest remark, in words. */
const MAX_REMARK_WORDS = 8;
/** `I can do that.` stands for the task that the next sentence names. */
const NAMES_THE_TASK = /^(?:and |then |so )*(?:I'll|I will|I can|let me)\b/i;
const POLITE = /\b(?:(?:I'd|I would|we'd|we would) be|if (?:you|you guys|you two) (?:can|could|would))\b/gi;

export interface ActionItem {
  readonly rule: string;
  readonly owner?: string;
  readonly due?: string;
  readonly priority?: string;
  /** Where the due date and the priority are said. */
  readonly places: Places;
}

interface Said {
  readonly words: string;
  readonly places: Places;
}

/** The next speaker answers what is said last, but for a short remark on it. */
function isAnsweredNext({ last, after }: SaidSentence): boolean {
  const [remark = ''] = after;
  return last || (after.length === 1 && !remark.endsWith('?') && remark.split(' ').length <= MAX_REMARK_WORDS);
}

/** The answer in which the task is taken on. */
function takenOn(answers: readonly Answer[]): Answer | undefined {
  const [first] = answers;
  return first !== undefined && TAKES_IT_ON.test(first.text) ? first : undefined;
}

function ownerOf(rule: ActionRule, found: RegExpExecArray, sentence: SaidSentence, people: People, taker: Answer | undefined): string | undefined {
  if (rule.owner === 'nobody') return undefined;
  if (rule.owner === 'called') return people.calledIn(sentence.text);
  if (rule.owner === 'speaker') return sentence.unit.speaker;
  if (rule.owner === 'answerer') return people.calledIn(sentence.text) ?? taker?.speaker;
  if (rule.owner === 'addressed') return people.calledIn(sentence.text) ?? people.calledIn(sentence.before) ?? taker?.speaker;
  const name = found[1];
  return name === undefined ? people.firstIn(sentence.text.slice(found[0].length)) : (people.named(name) ?? people.named(name.split(' ')[0] ?? ''));
}

/** The due date as the sentence names it, or else the answer in which its owner takes it on. */
function dueOf({ text, start, speech }: SaidSentence, owner: string | undefined, taker: Answer | undefined): Said | null {
  const here = dueIn(text);
  if (here !== null) return { words: here.words, places: placesOf(speech, start + here.index, start + here.index + here.words.length) };
  if (taker === undefined || taker.speaker !== owner) return null;
  const there = dueIn(taker.text);
  return there === null ? null : { words: there.words, places: placesOf(taker.speech, there.index, there.index + there.words.length) };
}

function priorityOf({ text, start, speech }: SaidSentence): Said | null {
  const found = PRIORITY.exec(text);
  if (found === null) return null;
  return { words: found[0], places: placesOf(speech, start + found.index, start + found.index + found[0].length) };
}

function promised(rule: ActionRule, { text }: SaidSentence, found: RegExpExecArray): boolean {
  const end = found.index + found[0].length;
  const polite = (words: string): string => (rule.polite === true ? words.replace(POLITE, '') : words);
  if (isQuoted(text, found.index) || ON_CONDITION.test(polite(text.slice(0, end)))) return false;
  return !NOT_PROMISED.test(polite(`${clauseBefore(text, found.index)}${found[0]}`)) && !DONE_NOW.test(text.slice(end));
}

/** The date belongs to the task where it follows it, in the sentence or in the answer, or opens the sentence. */
function isDueOf(text: string, found: RegExpExecArray, due: string): boolean {
  const at = text.lastIndexOf(due);
  return at === -1 || at >= found.index || at <= OPENING_DATE;
}

/** Where the words name nobody, only these still set a task; a speaker without a name is nobody too. */
function maybeNobody({ name, owner, needsDue }: ActionRule, dated: boolean): boolean {
  return name === 'action.item' || owner === 'speaker' || owner === 'nobody' || (owner === 'addressed' && (dated || !needsDue));
}

/** The task that a sentence sets or takes on, by the first rule that holds. */
export function actionIn(sentence: SaidSentence, talk: Talk, people: People): ActionItem | null {
  const { text } = sentence;
  const answers = isAnsweredNext(sentence) ? talk.answersTo(sentence) : [];
  const taker = takenOn(answers);
  for (const rule of ACTION_RULES) {
    const found = rule.pattern.exec(text);
    if (found === null) continue;
    if (rule.needsRequest === true && !ASKS_FOR_SOMEBODY.test(sentence.before === '' ? talk.previousTo(sentence) : `${talk.previousTo(sentence)} ${sentence.before}`)) continue;
    if (rule.needsRequest === true && NAMES_THE_TASK.test(sentence.after[0] ?? '')) return null;
    const owner = ownerOf(rule, found, sentence, people, taker);
    const due = dueOf(sentence, owner, taker);
    if (rule.needsDue && (due === null || !isDueOf(text, found, due.words))) continue;
    if (rule.needsTaker === true && owner === undefined) continue;
    if (rule.needsYes === true && (answers[0] === undefined || !TAKES_OFFER.test(answers[0].text))) continue;
    if (!promised(rule, sentence, found)) return null;
    if (owner === undefined && !maybeNobody(rule, due !== null)) continue;
    const priority = priorityOf(sentence);
    return {
      rule: rule.name,
      ...(owner === undefined ? {} : { owner }),
      ...(due === null ? {} : { due: due.words }),
      ...(priority === null ? {} : { priority: priority.words }),
      places: [...(due?.places ?? []), ...(priority?.places ?? [])],
    };
  }
  return null;
}
