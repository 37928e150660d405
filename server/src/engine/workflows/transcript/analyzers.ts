/** One analyzer of transcripts. Those without rules are not there yet: without a language model they could not be. */
export interface TranscriptAnalyzer {
  readonly name: string;
  readonly stage: 'A' | 'B' | 'final';
  readonly title: string;
  readonly byRules: boolean;
  /** Of an analyzer that is skipped: what of it the rules list under another name. */
  readonly rulesCover?: string;
}

export const MEETING_NOTES = 'meetingNotes';
export const CANDIDATES = 'candidates';

export const TRANSCRIPT_ANALYZERS: readonly TranscriptAnalyzer[] = [
  { name: 'sayMeans', stage: 'A', title: 'What is said and what is meant', byRules: false, rulesCover: 'words of hedging' },
  { name: 'perspectivePerception', stage: 'A', title: 'Perspectives and perceptions', byRules: false },
  { name: 'premisesAssertions', stage: 'A', title: 'Premises and assertions', byRules: false, rulesCover: 'words that argue' },
  { name: 'postulateTheorem', stage: 'A', title: 'Postulates and theorems', byRules: false, rulesCover: 'words that define' },
  { name: 'competingHypotheses', stage: 'B', title: 'Competing hypotheses', byRules: false },
  { name: 'firstPrinciples', stage: 'B', title: 'First principles', byRules: false },
  { name: 'determiningFactors', stage: 'B', title: 'Determining factors', byRules: false, rulesCover: 'words that give a cause, and risks' },
  { name: 'patentability', stage: 'B', title: 'Patentability', byRules: false },
  { name: MEETING_NOTES, stage: 'final', title: 'Meeting notes', byRules: true },
  // Last, though it needs nothing of the others: what is listed here is looked at after the notes.
  { name: CANDIDATES, stage: 'final', title: 'Candidates: definitions, causes, arguments, hedging', byRules: true },
];

export const NEEDS_MODEL = 'needs a language model';
/** Of the others, where a language model is there. */
export const NOT_YET = 'not part of Collate yet';
export { ENGLISH_ONLY } from '../unreadParts.ts';
