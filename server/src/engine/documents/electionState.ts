import type { Election, ElectionOption, ElectionState, ElectionType, FillIn } from '../../../../shared/model.ts';
import { deniesOther } from './optionDenial.ts';

const MANY = /\b(?:all|any|each|every|those|as many)\b[^.;:()\n]{0,30}\bappl(?:y|ies|icable)\b|\bany of the following\b|\bone or (?:more|both)\b|\beach applicable\b|\b(?:select|choose|check|elect|mark) (?:all|any|each|as many)\b/i;
const ONE = /\b(?:select|choose|check|elect|mark|complete|pick)(?:\s+(?:either|only|just))?\s+one\b|\bone of the following\b|\bone (?:box )?only\b|\bonly one\b|\b(?:check|mark|select) the (?:applicable|appropriate|correct) (?:box|option)\b/i;
/** Asks for a choice among what hangs below an option. */
const ASKS = /\b(?:select|choose|check|elect|mark)\b/i;
/** An option that rules out the others. */
const EXCLUSIVE = /^(?:none\b|no\b|not applicable|n\/a\b|neither\b|yes\b|does not apply)/i;

/** What a question's words say on how many boxes may be ticked; null where they say nothing. */
export function typeInWords(words: string): Exclude<ElectionType, 'text'> | null {
  if (MANY.test(words)) return 'multiSelect';
  return ONE.test(words) ? 'singleSelect' : null;
}

type OptionFacts = Pick<ElectionOption, 'label' | 'selected' | 'depth' | 'fillIns'> & { readonly shape: 'square' | 'round' | 'line' };

/**
 * Words first. Without them round boxes, an option that rules the others out ("None", "Yes" and "No"), or two options of
 * which one denies the other ("are permitted", "are not permitted"), take one answer; anything else may take several, so that no conflict is claimed that the form does not make.
 */
export function typeOf(question: string, options: readonly OptionFacts[]): Pick<Election, 'type' | 'typeFrom'> {
  if (options.length === 0) return { type: 'text', typeFrom: 'shape' };
  const said = typeInWords(question);
  if (said !== null) return { type: said, typeFrom: 'words' };
  const top = options.filter(({ depth }) => depth === 0);
  const [first, second] = top;
  const denied = top.length === 2 && deniesOther(first?.label ?? '', second?.label ?? '');
  const single = top.length > 1 && (denied || top.every(({ shape }) => shape === 'round') || top.some(({ label }) => EXCLUSIVE.test(label)));
  return { type: single ? 'singleSelect' : 'multiSelect', typeFrom: 'shape' };
}

interface Tree {
  readonly option: OptionFacts;
  readonly children: Tree[];
}

function treeOf(options: readonly OptionFacts[]): readonly Tree[] {
  const roots: Tree[] = [];
  const open: Tree[] = [];
  for (const option of options) {
    const node: Tree = { option, children: [] };
    open.length = Math.min(open.length, option.depth);
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
}

const quoted = (option: OptionFacts): string => (option.label.length > 60 ? `"${option.label.slice(0, 60)}…"` : `"${option.label}"`);
const isEmpty = (blank: FillIn): boolean => blank.value === null;

function conflictAmong(group: readonly Tree[], single: boolean): string | null {
  const ticked = group.filter(({ option }) => option.selected);
  if (!single || ticked.length < 2) return null;
  return `${ticked.length} boxes are ticked where one is asked for: ${ticked.map(({ option }) => quoted(option)).join(', ')}.`;
}

/** The first conflict of the group or below it. */
function conflictIn(group: readonly Tree[], single: boolean): string | null {
  return conflictAmong(group, single) ?? group.reduce<string | null>((found, { option, children }) => found ?? conflictIn(children, typeInWords(option.label) === 'singleSelect'), null);
}

function doubtIn(group: readonly Tree[]): string | null {
  for (const { option, children } of group) {
    if (!option.selected && option.fillIns.some((blank) => !isEmpty(blank))) return `A blank is filled in under ${quoted(option)}, whose box is not ticked.`;
    if (option.selected && option.fillIns.some(isEmpty)) return `${quoted(option)} is ticked, and a blank in it is empty.`;
    const below = children.some((child) => child.option.selected);
    if (!option.selected && below) return `An option below ${quoted(option)} is ticked, and that one is not.`;
    if (option.selected && children.length > 0 && !below && ASKS.test(option.label)) return `${quoted(option)} is ticked and asks for a choice below it; none is made.`;
    const deeper = doubtIn(children);
    if (deeper !== null) return deeper;
  }
  return null;
}

/**
 * How an election is answered.
 * - `unanswered`: no box is ticked and no blank is filled in. For a list that may take several, or a single box, that may
 *   mean "none": the form alone does not say.
 * - `conflict`: two boxes are ticked in a list that takes one answer.
 * - `ambiguous`: boxes without words behind them, as in a grid whose columns say what they elect; or marks that do not agree: a filled blank under an unticked option, a ticked option with an empty blank, a
 *   ticked option below an unticked one, a ticked option that asks for a choice below it and has none, some blanks of the
 *   question filled and others empty, or blanks of the question filled with no box ticked.
 * - `answered`: everything else.
 */
export function stateOf(type: ElectionType, options: readonly OptionFacts[], blanks: readonly FillIn[]): { readonly state: ElectionState; readonly stateReason?: string } {
  const filled = blanks.filter((blank) => !isEmpty(blank)).length;
  const ticked = options.some(({ selected }) => selected);
  const anyFilled = filled > 0 || options.some(({ fillIns }) => fillIns.some((blank) => !isEmpty(blank)));
  if (!ticked && !anyFilled) {
    if (type === 'text') return { state: 'unanswered', stateReason: blanks.length === 1 ? 'The blank is empty.' : `All ${blanks.length} blanks are empty.` };
    if (options.length === 1) return { state: 'unanswered', stateReason: 'Its only box is not ticked, which may mean no.' };
    return { state: 'unanswered', stateReason: type === 'multiSelect' ? `None of its ${options.length} boxes is ticked, which may mean none.` : `None of its ${options.length} boxes is ticked.` };
  }
  const wordless = options.filter(({ label }) => !/[\p{L}\p{N}]/u.test(label)).length;
  if (wordless > 0) return { state: 'ambiguous', stateReason: `${wordless === 1 ? 'A box has' : `${wordless} boxes have`} no words behind ${wordless === 1 ? 'it' : 'them'}, as in a grid: what they elect cannot be read.` };
  const tree = treeOf(options);
  const conflict = conflictIn(tree, type === 'singleSelect');
  if (conflict !== null) return { state: 'conflict', stateReason: conflict };
  const doubt = doubtIn(tree);
  if (doubt !== null) return { state: 'ambiguous', stateReason: doubt };
  if (filled < blanks.length) return { state: 'ambiguous', stateReason: `${blanks.length - filled} of the ${blanks.length} blanks of the question ${blanks.length - filled === 1 ? 'is' : 'are'} empty.` };
  if (options.length > 0 && !ticked) return { state: 'ambiguous', stateReason: 'A blank of the question is filled in, and no box is ticked.' };
  return { state: 'answered' };
}
