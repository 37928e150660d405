/**
 * Commands of the client that hovers, lenses and code actions of the server name. Each takes one argument, a
 * `RowAddress`. A hover runs no other command: whatever a document holds, a link in it can only ask for one of these.
 */
export const EDITOR_COMMANDS = [
  'collate.accept',
  'collate.reject',
  'collate.override',
  'collate.note',
  'collate.openException',
  'collate.openCounterpart',
  'collate.compareWithCounterpart',
  'collate.showMatch',
  /** Runs the workflow of the run again on the text of now, and says what came out for the row. */
  'collate.reanalyze',
] as const;
export type EditorCommand = (typeof EDITOR_COMMANDS)[number];

/** As a person reads them. */
export const EDITOR_COMMAND_TITLE: Readonly<Record<EditorCommand, string>> = {
  'collate.accept': 'Accept',
  'collate.reject': 'Reject',
  'collate.override': 'Override...',
  'collate.note': 'Add note...',
  'collate.openException': 'Open exception',
  'collate.openCounterpart': 'Open counterpart',
  'collate.compareWithCounterpart': 'Compare with counterpart',
  'collate.showMatch': 'Show in results',
  'collate.reanalyze': 'Analyze again',
};

/** `Analyze "4.2 Vesting" again`: the whole is run, and what is said of it is said of this provision. */
export function againTitle(unit: string): string {
  return unit === '' ? EDITOR_COMMAND_TITLE['collate.reanalyze'] : `Analyze "${unit}" again`;
}
