/** docs/protocol.md: one table per link, read from the interfaces that type it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Title, who asks whom, file and interface, and what stands before each name on the wire. */
const LINKS = [
  ['Requests to the language server', 'Sent by the client, answered by the server.', 'shared/protocol/lsp.ts', 'ServerRequests', 'collate/'],
  ['Requests to the client', 'Sent by the language server, answered by the client.', 'shared/protocol/models.ts', 'ClientRequests', 'collate/'],
  ['Events of the language server', 'Sent by the server, never answered.', 'shared/protocol/lsp.ts', 'ServerEvents', 'collate/'],
  ['Requests of the results panel', 'Sent by the page, answered by the client.', 'shared/protocol/panel.ts', 'HostApi', ''],
  ['Events of the results panel', 'Sent by the client, answered with `null` by the page.', 'shared/protocol/panel.ts', 'PanelApi', ''],
];

const oneLine = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const code = (text) => `\`${oneLine(text).replaceAll('readonly ', '')}\``;

function comment(node) {
  const blocks = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return oneLine(blocks.map((block) => ts.getTextOfJSDocComment(block.comment) ?? '').join(' '));
}

/** Name, parameters, answer and comment of each member, in the order of the source. */
function members(source, name) {
  const declaration = source.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  if (declaration === undefined) throw new Error(`${source.fileName} has no interface ${name}`);
  return declaration.members.map((member) => {
    const key = member.name.text;
    if (ts.isPropertySignature(member)) return { key, params: code(member.type.getText(source)), answer: '', why: comment(member) };
    const [parameter] = member.parameters;
    const answer = member.type.getText(source).replace(/^Promise<([\s\S]*)>$/, '$1');
    return { key, params: code(parameter.type.getText(source)), answer: code(answer), why: comment(member) };
  });
}

function table(root, [title, who, file, name, prefix]) {
  const path = join(root, file);
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return [
    `## ${title}`,
    '',
    `${who} Typed by \`${name}\` in [${file}](../${file}).`,
    '',
    '| message | parameters | answer | notes |',
    '| --- | --- | --- | --- |',
    ...members(source, name).map(({ key, params, answer, why }) => `| \`${prefix}${key}\` | ${params} | ${answer} | ${why} |`),
    '',
  ];
}

export function protocolPage(root) {
  return [
    '# Protocol',
    '',
    '<!-- Generated from shared/protocol/ by `npm run generate`. -->',
    '',
    'Beside the standard messages of the Language Server Protocol (incremental text synchronisation, pull diagnostics, hover,',
    'definition, references, document symbols, folding ranges, document links, code lens, inlay hints, code actions, work-done',
    'progress, configuration) these are sent. Commands that hovers, lenses and actions name are listed in',
    '[shared/editorCommands.ts](../shared/editorCommands.ts); each takes one `RowAddress`. Everything is JSON',
    'and below 256,000 characters a message (LSP\'s own messages keep their nature): lists are paged, and a page may be shorter than it was asked for; the next one starts at `offset + rows.length`.',
    '',
    'An error carries a `Failure` ([shared/failure.ts](../shared/failure.ts)) as its data: a code, a sentence for a person, and',
    'whether trying again can help.',
    '',
    ...LINKS.flatMap((link) => table(root, link)),
  ].join('\n');
}
