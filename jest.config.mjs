const tsJest = [
  'ts-jest',
  {
    tsconfig: '<rootDir>/test/tsconfig.json',
    // Types are checked once, by `npm run typecheck`; TS151002 only recommends what tsconfig.base.json has.
    diagnostics: { ignoreCodes: ['TS151002'] },
  },
]

/** The same for every project: how TypeScript is read, what `roomlet/…` means, what fails a test by itself. */
const shared = {
  rootDir: import.meta.dirname,
  transform: { '^.+\\.ts$': tsJest },
  moduleNameMapper: {
    '^roomlet$': '<rootDir>/src/index.ts',
    '^roomlet/rtcroom$': '<rootDir>/components/rtc-room/module.ts',
    '^roomlet/liveroom$': '<rootDir>/components/live-room/module.ts',
    '^roomlet/media$': '<rootDir>/components/shared/media-classes.ts',
    '^roomlet/(direct|trtc|zego)$': '<rootDir>/src/provider/$1/$1.ts',
    '^roomlet/vhall$': '<rootDir>/src/provider/vhall/vhall-publisher.ts',
    '^roomlet/(.*)$': '<rootDir>/$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/miniprogram_dist/', '/miniprogram_npm/', '<rootDir>/server/dist/'],
  setupFilesAfterEnv: ['<rootDir>/test/support/fail-on-console.ts', '<rootDir>/test/setup/timeout.ts'],
}

function project(name, more = {}) {
  return { ...shared, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`], ...more }
}

export default {
  projects: [
    project('unit', { testEnvironment: 'node' }),
    project('dom', { testEnvironment: 'jsdom' }),
    project('server', {
      testEnvironment: 'node',
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, '<rootDir>/test/setup/server-timeout.ts'],
    }),
    project('attack', {
      testEnvironment: 'node',
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, '<rootDir>/test/setup/e2e-timeout.ts'],
    }),
    project('faults', { testEnvironment: 'node' }),
    project('cluster', {
      testEnvironment: 'node',
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, '<rootDir>/test/setup/e2e-timeout.ts'],
    }),
    project('e2e', {
      testEnvironment: 'node',
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, '<rootDir>/test/setup/e2e-timeout.ts'],
    }),
  ],
  reporters: ['default', '<rootDir>/test/support/summary-reporter.mjs'],
  maxWorkers: 2,
  // A worker that has run a hundred files has a heap of a gigabyte, which takes it longer than jest's half a second to give back on
  // a busy machine, although nothing is open any more. What really is left open never ends, and is still told.
  workerGracefulExitTimeout: 10_000,
  collectCoverageFrom: ['src/**/*.ts'],
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 90 } },
}
