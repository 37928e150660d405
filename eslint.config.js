import tseslint from 'typescript-eslint';

/** Globals and calls the engine reaches only through ports. */
const HOST_GLOBALS = [
  'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval',
  'performance', 'crypto', 'require', 'Buffer', 'window', 'document', 'navigator', 'localStorage', 'globalThis',
].map((name) => ({ name, message: 'I1: the engine knows no host; take a port (engine/ports.ts).' }));

const HOST_CALLS = [
  { object: 'Date', property: 'now', message: 'I1: time comes from the Clock port.' },
  { object: 'Math', property: 'random', message: 'I1: ids and randomness come from ports.' },
];

const NO_ARGUMENT_DATE = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'I1: time comes from the Clock port.',
};
const TOP_LEVEL_LET = {
  selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
  message: 'I13: no state in module variables; keep it in an object that server.ts wires.',
};
const HTML_SINKS = [
  {
    selector: "AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML|srcdoc)$/]",
    message: 'I16: text reaches the page by textContent only.',
  },
  {
    selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/]",
    message: 'I16: text reaches the page by textContent only.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
    message: 'I16: text reaches the page by textContent only.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^unsafe(HTML|SVG|CSS|Static)$/]',
    message: 'I16: text reaches the page by textContent only.',
  },
];
const FOCUSED_TESTS = {
  selector:
    "CallExpression[callee.object.name=/^(it|test|describe|suite)$/][callee.property.name=/^(skip|only|todo|fails)$/]",
  message: 'Every test runs: no skipped, focused or expected-to-fail test.',
};
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' };

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'dist/**', 'out/**', '.cache/**', 'samples/**', '**/*.d.ts'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', DEFAULT_EXPORT],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 600 }],
    },
  },
  {
    files: ['server/src/engine/**/*.ts', 'shared/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...HOST_GLOBALS],
      'no-restricted-properties': ['error', ...HOST_CALLS],
      'no-restricted-syntax': ['error', DEFAULT_EXPORT, NO_ARGUMENT_DATE],
    },
  },
  {
    files: ['server/src/lsp/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, TOP_LEVEL_LET] },
  },
  {
    files: ['webview/**/*.ts', 'client/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', DEFAULT_EXPORT, ...HTML_SINKS] },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'eval/**/*.ts', 'vitest.config.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', FOCUSED_TESTS],
    },
  },
);
