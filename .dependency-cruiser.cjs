/** The dependency invariants of ARCHITECTURE.md. Each rule's name starts with the number of its invariant. */
/** A package wherever it is installed; unresolved ones are named as they are imported. */
const pkg = (names) => `(^|/)node_modules/(${names})(/|$)|^(${names})(/|$)`;

const ENGINE_PACKAGES = pkg('p-limit|zod|@noble/hashes|stemmer|diff|picomatch');

/** A package that one file may import. */
const onlyFrom = (name, file) => ({
  name: `I7-${name}-in-one-file`,
  severity: 'error',
  from: { path: '^(client|server|shared|webview)/', pathNot: file },
  to: { path: pkg(name) },
});

module.exports = {
  forbidden: [
    {
      name: 'I1-engine-imports-only-itself',
      comment: 'The engine runs in an editor, a terminal, a worker and a test: what it needs of a host is a port.',
      severity: 'error',
      from: { path: '^server/src/engine/' },
      to: { pathNot: ['^server/src/engine/', '^shared/', ENGINE_PACKAGES] },
    },
    {
      name: 'I2-engine-through-its-doors',
      comment: 'index.ts and ports.ts are the only doors of the engine.',
      severity: 'error',
      from: { path: '^(server/src/(?!engine/)|client/|webview/)' },
      to: { path: '^server/src/engine/', pathNot: '^server/src/engine/(index|ports)\\.ts$' },
    },
    { name: 'I3-shared-is-a-leaf', severity: 'error', from: { path: '^shared/' }, to: { pathNot: '^shared/' } },
    {
      name: 'I4-webview-is-a-page',
      comment: 'The page has no Node and no vscode; it speaks through the protocol.',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: ['^(client|server|test)/', pkg('@types/vscode|vscode[a-z-]*|better-sqlite3|@vscode/test-electron')] },
    },
    {
      name: 'I4-webview-no-node',
      severity: 'error',
      from: { path: '^webview/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'I5-client-without-server', severity: 'error', from: { path: '^client/' }, to: { path: '^server/' } },
    {
      name: 'I6-vscode-only-in-client',
      severity: 'error',
      from: { pathNot: '^(client|test/e2e)/' },
      to: { path: pkg('@types/vscode|vscode') },
    },
    onlyFrom('better-sqlite3', '^server/src/adapters/openDatabase\\.ts$'),
    onlyFrom('openai', '^server/src/adapters/openaiProvider\\.ts$'),
    onlyFrom('undici', '^server/src/adapters/modelFetch\\.ts$'),
    {
      name: 'I7-models-loaded-late',
      comment: 'What starts with every window or terminal must not load the SDK: loadOpenai.ts does, from a bundle of its own.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/adapters/openaiProvider\\.ts$' },
      to: { path: '^server/src/adapters/(openaiProvider|modelFetch)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    onlyFrom('bullmq', '^server/src/adapters/bullmqQueue\\.ts$'),
    { name: 'I8-no-cycles', severity: 'error', from: { pathNot: '^esbuild\\.mjs$' }, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(client|server|shared|webview)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['(^|/)node_modules/@types/', '^vscode$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'] },
    moduleSystems: ['es6', 'cjs'],
  },
};
