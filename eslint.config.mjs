import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** The one direction of imports. A layer may use itself and what stands before it; what stands in one line are peers. */
const LAYERS = [
  [
    './src/model.ts',
    './src/errors.ts',
    './src/service-errors.ts',
    './src/error-entry.ts',
    './src/error-catalogue.ts',
    './src/link-errors.ts',
    './src/vendor-errors.ts',
    './src/util',
    './src/platform',
  ],
  ['./src/codes'],
  ['./src/media'],
  ['./src/provider', './src/signaling'],
  ['./src/messaging'],
  ['./src/room'],
  ['./src/view'],
  ['./components'],
]

const layerZones = LAYERS.slice(0, -1).map((layer, index) => ({
  target: layer,
  from: [...LAYERS.slice(index + 1).flat(), './src/index.ts'],
  message:
    'Imports go one way: model, errors, util, platform → codes → media → provider, signaling → messaging → room → view → components.',
}))

const zones = [
  ...layerZones,
  { target: './src', from: ['./server', './examples', './test'], message: 'The core stands alone.' },
  { target: './src/index.ts', from: './components', message: 'The core stands alone.' },
  {
    target: './components',
    from: ['./src/index.ts', './server', './examples', './test'],
    message: 'A component imports deep paths of src, so that a page ships only what it uses.',
  },
  {
    target: './server',
    from: './src',
    except: ['./signaling', './model.ts', './errors.ts', './service-errors.ts'],
    message: 'The server shares the protocol with the core, nothing else.',
  },
  { target: './server', from: ['./components', './examples', './test'], message: 'The server stands alone.' },
]

const TIME_AND_CHANCE = 'Time and chance come from Platform.'
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask']
const timeGlobals = [...timers, 'performance'].map((name) => ({ name, message: TIME_AND_CHANCE }))
const timeProperties = [
  { object: 'Date', property: 'now', message: TIME_AND_CHANCE },
  { object: 'Math', property: 'random', message: TIME_AND_CHANCE },
  { object: 'globalThis', message: 'Surroundings come from Platform.' },
]
const newDate = {
  selector: "NewExpression[callee.name='Date'], CallExpression[callee.name='Date']",
  message: TIME_AND_CHANCE,
}
const straySetData = {
  selector: "MemberExpression[property.name='setData'], MemberExpression[property.value='setData']",
  message: 'Only components/shared/room-behavior.ts sets data, with what src/view/diff-data.ts makes.',
}
const miniProgramGlobals = ['wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages'].map((name) => ({
  name,
  message: 'The mini program is named in components, src/platform and examples only.',
}))

const kebabCaseFile = {
  meta: { type: 'suggestion', schema: [], messages: { name: "'{{name}}': a file is named in kebab-case." } },
  create: (context) => ({
    Program(node) {
      const name = context.filename.split(/[\\/]/).pop()
      if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)) context.report({ node, messageId: 'name', data: { name } })
    },
  }),
}

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      '**/miniprogram_npm/',
      '**/dist/',
      '**/.build/',
      'miniprogram_dist/',
      'coverage/',
      'test/fixtures/',
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX, roomlet: { rules: { 'kebab-case-file': kebabCaseFile } } },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.json'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': 'error',
      'roomlet/kebab-case-file': 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts', 'server/src/**/*.ts', 'components/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/platform/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', ...timeGlobals, ...miniProgramGlobals],
      'no-restricted-properties': ['error', ...timeProperties],
      'no-restricted-syntax': ['error', newDate, straySetData],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...miniProgramGlobals] },
  },
  {
    files: ['components/**/*.ts'],
    ignores: ['components/shared/room-behavior.ts'],
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', straySetData] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', require: 'readonly', module: 'writable' } },
  },
  prettier,
)
