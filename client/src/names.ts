/** Names the manifest and the code share; the manifest's test compares them. */

/** Commands by their name after `collate.`. */
export const COMMANDS = [
  'analyzeDocument',
  'crosswalkWith',
  'showResults',
  'resumeRun',
  'cancelRun',
  'restartServer',
  'showLog',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** View type of the results panel. */
export const PANEL_TYPE = 'collate.results';

/** File name endings Collate reads, without the dot. */
export const READABLE_ENDINGS = ['md', 'markdown', 'txt', 'vtt', 'srt', 'json', 'jsonl'] as const;

/** Documents whose open text is kept in step with the server; every unsaved document is one of them. */
export const DOCUMENT_SELECTOR = [
  { scheme: 'untitled' },
  { scheme: 'file', language: 'markdown' },
  { scheme: 'file', language: 'plaintext' },
  { scheme: 'file', pattern: `**/*.{${READABLE_ENDINGS.join(',')}}` },
] as const;
