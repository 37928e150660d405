import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of the panel: no inline script, no inline style, nothing from the network. */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(24).toString('base64url');
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="modulepreload" nonce="${nonce}" href="${resource('panel-chunk.js')}">
  <link rel="preload" as="font" type="font/ttf" crossorigin href="${resource('codicon.ttf')}">
  <link rel="stylesheet" href="${resource('panel.css')}">
  <title>Collate</title>
</head>
<body>
  <div id="app"></div>
  <script type="module" nonce="${nonce}" src="${resource('panel.js')}"></script>
</body>
</html>`;
}
