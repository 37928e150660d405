import type { Finding } from '../../../../../shared/model.ts';

/** A kind of finding over one document. docs/diagnostics.md repeats it. */
export interface FindingKind {
  readonly kind: string;
  readonly analyzer: string;
  readonly severity: Finding['severity'];
  readonly title: string;
  /** What it means and what to do. */
  readonly explanation: string;
}

export const FINDING_KINDS = {
  unresolvedReference: {
    kind: 'crossReference.unresolved',
    analyzer: 'crossReferences',
    severity: 'warning',
    title: 'Reference points nowhere',
    explanation: 'The text refers to a section or article of this document that it does not have. Correct the number, or restore the section.',
  },
  numberDisagrees: {
    kind: 'number.disagrees',
    analyzer: 'numbers',
    severity: 'error',
    title: 'Words and digits disagree',
    explanation: 'A number is written in words and in digits, and the two are not the same. Find out which one is meant.',
  },
  numberingGap: {
    kind: 'numbering.gap',
    analyzer: 'numbering',
    severity: 'info',
    title: 'Section number left out',
    explanation: 'Numbers of neighbouring sections skip one. A section may have been lost, or is reserved.',
  },
  numberingDuplicate: {
    kind: 'numbering.duplicate',
    analyzer: 'numbering',
    severity: 'warning',
    title: 'Section number used twice',
    explanation: 'Two sections carry the same number, so a reference to it is ambiguous.',
  },
  electionDepends: {
    kind: 'election.depends',
    analyzer: 'elections',
    severity: 'info',
    title: 'Depends on an election',
    explanation: 'What this provision says is settled by a choice in the adoption agreement. Read the two together.',
  },
  definition: {
    kind: 'definition',
    analyzer: 'definitions',
    severity: 'info',
    title: 'Defined term',
    explanation: 'The provision defines a term.',
  },
  definitionDuplicate: {
    kind: 'definition.duplicate',
    analyzer: 'definitions',
    severity: 'warning',
    title: 'Term defined twice',
    explanation: 'The same term is defined in more than one place with different words. Check which definition governs.',
  },
  blank: {
    kind: 'blank.unfilled',
    analyzer: 'blanks',
    severity: 'warning',
    title: 'Blank not filled in',
    explanation: 'A blank or a place holder is still in the text.',
  },
  electionUnanswered: {
    kind: 'election.unanswered',
    analyzer: 'answers',
    severity: 'warning',
    title: 'Election not answered',
    explanation: 'No box is ticked and no blank is filled in. Where a form lets several or none be ticked this may mean none: find out, and say so in the form.',
  },
  electionConflict: {
    kind: 'election.conflict',
    analyzer: 'answers',
    severity: 'error',
    title: 'Two answers where one is asked for',
    explanation: 'The form asks for one option, and several are ticked. Find out which one is meant.',
  },
  electionAmbiguous: {
    kind: 'election.ambiguous',
    analyzer: 'answers',
    severity: 'warning',
    title: 'Boxes and blanks do not agree',
    explanation: 'A ticked option has an empty blank, a blank is filled in under an option that is not ticked, an option below another is ticked without it, or only some blanks are filled in. Find out what is elected.',
  },
} as const satisfies Record<string, FindingKind>;

/** What each analyzer looks for, in the words of its ledger line. */
export const DOCUMENT_ANALYZERS: readonly { readonly name: string; readonly title: string; readonly lookedFor: string }[] = [
  { name: 'crossReferences', title: 'Cross references', lookedFor: 'references to sections this document does not have' },
  { name: 'numbers', title: 'Numbers', lookedFor: 'numbers whose words and digits disagree' },
  { name: 'numbering', title: 'Numbering', lookedFor: 'section numbers used twice or left out' },
  { name: 'elections', title: 'Elections', lookedFor: 'provisions that depend on the adoption agreement' },
  { name: 'answers', title: 'Answers', lookedFor: 'elections of a form that are not answered, or whose marks do not agree' },
  { name: 'definitions', title: 'Definitions', lookedFor: 'defined terms' },
  { name: 'blanks', title: 'Blanks', lookedFor: 'blanks and place holders' },
];
