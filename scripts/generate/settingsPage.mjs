/** Settings as the manifest and the documentation say them. */

function schemaOf(setting) {
  switch (setting.type) {
    case 'map':
      return { type: 'object', additionalProperties: { type: 'string', ...(setting.values === undefined ? {} : { enum: [...setting.values] }) } };
    case 'number':
      return { type: 'number', minimum: setting.minimum, maximum: setting.maximum };
    case 'string':
      return { type: 'string', ...(setting.enum === undefined ? {} : { enum: [...setting.enum] }) };
    case 'boolean':
      return { type: 'boolean' };
  }
}

/** `contributes.configuration` of the manifest. */
export function configuration(settings) {
  const properties = Object.entries(settings).map(([key, setting], order) => [
    `collate.${key}`,
    { ...schemaOf(setting), default: setting.default, scope: setting.scope, order, markdownDescription: setting.description },
  ]);
  return { title: 'Collate', properties: Object.fromEntries(properties) };
}

function valuesOf(setting) {
  switch (setting.type) {
    case 'map':
      return `${setting.keys} → ${setting.values === undefined ? 'text' : setting.values.map((value) => `\`${value}\``).join(', ')}`;
    case 'number':
      return `${setting.minimum} to ${setting.maximum}`;
    case 'string':
      return setting.enum === undefined ? 'text' : setting.enum.map((value) => `\`${value}\``).join(', ');
    case 'boolean':
      return '`true`, `false`';
  }
}

/** docs/settings.md. */
export function settingsPage(settings) {
  const rows = Object.entries(settings).map(
    ([key, setting]) =>
      `| \`collate.${key}\` | ${valuesOf(setting)} | \`${JSON.stringify(setting.default)}\` | ${setting.scope} | ${setting.description} |`,
  );
  return [
    '# Settings',
    '',
    '<!-- Generated from shared/settings.ts by `npm run generate`. -->',
    '',
    'A value of the wrong type, or outside its range, counts as the default. *Scope* is VS Code\'s: `resource` may differ by',
    'folder and file, `window` by window; `machine-overridable` is a setting of the machine that a trusted workspace may override.',
    '',
    '| setting | values | default | scope | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
