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
  'accept',
  'reject',
  'override',
  'note',
  'openException',
  'closeException',
  'undoReview',
  'redoReview',
  'openCounterpart',
  'compareWithCounterpart',
  'showMatch',
  'nextToReview',
  'previousToReview',
  'reanalyze',
  'exportReport',
  'exportReviews',
  'importReviews',
  'openSampleWorkspace',
  'joinWithPrevious',
  'splitHere',
  'markAsHeading',
  'setProvisionType',
  'undoCorrection',
  'openRun',
  'deleteRun',
  'showQueue',
  'setApiKey',
  'forgetApiKey',
  'testConnection',
  'clearCache',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Views of the side bar by their name after `collate.`. */
export const VIEWS = ['queues', 'runs', 'documents'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Scheme of documents that show the words of one unit, for the editor's difference view. */
export const WORDS_SCHEME = 'collate-words';

/** View type of the results panel. */
export const PANEL_TYPE = 'collate.results';

/** File name endings Collate reads, without the dot. */
export const READABLE_ENDINGS = ['md', 'markdown', 'txt', 'vtt', 'srt', 'json', 'jsonl'] as const;

/** Endings pictures of pages have, without the dot; what is one is told by its bytes. */
export const PICTURE_ENDINGS = ['png', 'jpg', 'jpeg'] as const;

/** Documents whose open text is kept in step with the server; every unsaved document is one of them. */
export const DOCUMENT_SELECTOR = [
  { scheme: 'untitled' },
  { scheme: 'file', language: 'markdown' },
  { scheme: 'file', language: 'plaintext' },
  { scheme: 'file', pattern: `**/*.{${READABLE_ENDINGS.join(',')}}` },
] as const;
