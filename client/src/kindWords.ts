import type { DocumentKind } from '../../shared/model.ts';

/** Document kinds as the editor names them. */
export const KIND_WORDS = {
  transcript: 'Transcript',
  basicPlanDocument: 'Basic plan document',
  adoptionAgreement: 'Adoption agreement',
  labelledRecords: 'Labelled records',
  notice: 'Notice',
  document: 'Document',
} as const satisfies Record<DocumentKind, string>;
