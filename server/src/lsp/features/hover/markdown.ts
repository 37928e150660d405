import type { RowAddress } from '../../../../../shared/protocol/reviews.ts';
import { againTitle, EDITOR_COMMAND_TITLE, type EditorCommand } from '../../../../../shared/editorCommands.ts';
import { excerpt, oneLine } from '../../../engine/index.ts';

/** ASCII punctuation: CommonMark lets each be escaped, and nothing else begins markup, a link or an entity. */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** Words of a document as inline Markdown that shows exactly them: on one line, nothing of them is markup. */
export function plain(text: string): string {
  return oneLine(text).replace(PUNCTUATION, '\\$&');
}

/** The same, cut at `length` characters of the document. */
export function plainExcerpt(text: string, length: number): string {
  return excerpt(text, length).replace(PUNCTUATION, '\\$&');
}

/** `"words"`. */
export function quoted(text: string, length: number): string {
  return `"${plainExcerpt(text, length)}"`;
}

/** Nothing in an address may end the link it stands in. */
function address(uri: string): string {
  return uri.replace(/[\s()<>"'\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** A link on words of a document. */
export function link(words: string, uri: string): string {
  return `[${plain(words)}](${address(uri)})`;
}

function command(title: string, name: EditorCommand, parameter: object): string {
  return `[${plain(title)}](${address(`command:${name}?${encodeURIComponent(JSON.stringify([parameter]))}`)})`;
}

/** A link that runs one of the commands a hover may run. */
export function commandLink(name: EditorCommand, { runId, id }: RowAddress): string {
  return command(EDITOR_COMMAND_TITLE[name], name, { runId, id });
}

/** The link that has a provision analyzed again. */
export function againLink({ runId, id }: RowAddress, unit: string): string {
  return command(againTitle(unit), 'collate.reanalyze', { runId, id, unit });
}
