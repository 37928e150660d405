/** C0 and C1 controls (tab and line feed excepted), line and paragraph separators, direction overrides, interlinear marks. */
const UNPRINTABLE =
   
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** A whole escape sequence of a terminal: CSI, OSC (to BEL or ST), or a two-character one. */
const ESCAPE_SEQUENCE =
   
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

/** Text of a document without anything that steers a terminal or hides words from a reader; tabs and line feeds stay. */
export function printable(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').replace(UNPRINTABLE, '').toWellFormed();
}

/** The same on one line: every run of white space is one space. */
export function oneLine(text: string): string {
  return printable(text.replace(/[\u2028\u2029]/g, ' ')).replace(/\s+/g, ' ').trim();
}

/** At most `length` characters on one line, cut at a word where that loses little, with an ellipsis. */
export function excerpt(text: string, length: number): string {
  const line = oneLine(text);
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > length * 0.7 ? space : cut.length).trimEnd().toWellFormed().replace(/\ufffd$/, '')}\u2026`;
}
