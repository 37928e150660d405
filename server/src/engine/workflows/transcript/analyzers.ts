/** One analyzer of transcripts. Those without rules need a language model and are said to be skipped without one. */
export interface TranscriptAnalyzer {
  readonly name: string;
  readonly stage: 'A' | 'B' | 'final';
  readonly title: string;
  readonly byRules: boolean;
}

export const MEETING_NOTES = 'meetingNotes';

export const TRANSCRIPT_ANALYZERS: readonly TranscriptAnalyzer[] = [
  { name: 'sayMeans', stage: 'A', title: 'What is said and what is meant', byRules: false },
  { name: 'perspectivePerception', stage: 'A', title: 'Perspectives and perceptions', byRules: false },
  { name: 'premisesAssertions', stage: 'A', title: 'Premises and assertions', byRules: false },
  { name: 'postulateTheorem', stage: 'A', title: 'Postulates and theorems', byRules: false },
  { name: 'competingHypotheses', stage: 'B', title: 'Competing hypotheses', byRules: false },
  { name: 'firstPrinciples', stage: 'B', title: 'First principles', byRules: false },
  { name: 'determiningFactors', stage: 'B', title: 'Determining factors', byRules: false },
  { name: 'patentability', stage: 'B', title: 'Patentability', byRules: false },
  { name: MEETING_NOTES, stage: 'final', title: 'Meeting notes', byRules: true },
];

export const NEEDS_MODEL = 'needs a language model';
export { ENGLISH_ONLY } from '../unreadParts.ts';
