const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const ORDINAL = '\\d{1,2}(?:st|nd|rd|th)?';
/** `fourth` to `thirty-first`; the lower ones count things more often than days, and so do all of them before a noun. */
const SPELLED_ORDINAL =
  '(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))';
const HOLIDAY = "(?:thanksgiving|christmas|easter|labor day|memorial day|new year(?:'s(?: day)?)?|the holidays)";
const WHEN = [
  `(?:the )?(?:end|close|middle|start|beginning) of (?:the |this |next )?(?:day|week|month|quarter|year|business(?: (?:on )?${DAY})?|${DAY}|${MONTH})`,
  `${MONTH} ${ORDINAL}(?:,? \\d{4})?`,
  `(?:the )?${ORDINAL} of ${MONTH}(?:,? \\d{4})?`,
  '(?:the )?\\d{1,2}(?:st|nd|rd|th)',
  `the ${SPELLED_ORDINAL}(?: of ${MONTH}|(?=[,.;!?]|$| at | and | so ))`,
  '\\d{4}-\\d{2}-\\d{2}',
  '\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?',
  `(?:next |this |the following |a week )?(?:on )?${DAY}(?: (?:morning|afternoon|evening|night|noon|next))?(?: the ${ORDINAL})?`,
  '(?:early |later |late )?(?:the |our )?(?:next|following) (?:week|month|quarter|year|meeting|session|call)',
  'this (?:week|weekend|month|quarter|afternoon|evening)',
  'the weekend',
  `(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?::\\d{2})?(?: o'clock| ?[ap]\\.?m\\.?)`,
  HOLIDAY,
  'tomorrow(?: (?:morning|afternoon|evening|night|noon))?',
  'tonight',
  'today',
  'noon',
  'cob|eod|eow',
  `(?:mid|late|early)[- ]${MONTH}`,
  `${MONTH}(?: \\d{4})?`,
].join('|');

/** What people say while they look for the date. */
const FILLERS = "(?:,? (?:um|uh|er|erm|like|say|let's say)\\b,?)*";
/** `by Friday`, `before the end of the month`, `no later than December 5`, `by, um, Wednesday`. */
const WITH_LEAD = new RegExp(`\\b(?:by|before|until|no later than|due(?: on| by)?|in time for|for|over|on)${FILLERS} ((?:${WHEN})(?:,? (?:at )?(?:noon|close of business|\\d{1,2}(?::\\d{2})? ?[ap]\\.?m\\.?))?)(?![\\w-])`, 'i');
/** Without a lead word only what can hardly mean anything else. */
const ALONE = new RegExp(`\\b((?<=\\b(?:at|to) )(?:the |our )(?:next|following) (?:meeting|session|call)|(?:early |late |sometime )?next (?:week|month|quarter|${DAY})|next time|later (?:today|this week)|after (?:the|this|our) meeting|this (?:week|weekend|afternoon|evening)|tomorrow(?: (?:morning|afternoon|evening))?|today|tonight|first thing ${DAY}|(?<=[a-z] )${DAY}(?=[.,;]? *$))(?![\\w-])`, 'i');

/** `by four`: an hour, unless something is changed by so much. */
const HOUR = /(?<!\b(?:one|two|three|four|step|side) )\bby (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|lunchtime|half past \w+)(?=[.,;!]?$|,)/i;
const CHANGED_BY = /\b(?:cut|reduc\w+|increas\w+|rais\w+|lower\w*|drop\w*|grow\w*|grew|divid\w+|multipl\w+|extend\w*|shorten\w*|up|down|off)\b/i;

export interface Due {
  /** As printed. */
  readonly words: string;
  /** Offset of the words in the sentence. */
  readonly index: number;
}

/** The due date a sentence names, as printed, or null. */
export function dueIn(sentence: string): Due | null {
  for (const pattern of CHANGED_BY.test(sentence) ? [WITH_LEAD, ALONE] : [WITH_LEAD, HOUR, ALONE]) {
    const found = pattern.exec(sentence);
    const words = found?.[1];
    if (found !== null && words !== undefined) return { words, index: found.index + found[0].lastIndexOf(words) };
  }
  return null;
}
