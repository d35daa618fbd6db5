import { writeSync } from 'node:fs'

/**
 * Ends the output with one line a project: `unit: 12 passed, 0 failed`. It is written when the process exits, because
 * jest prints its own table and the coverage after every custom reporter has run.
 */
export default class SummaryReporter {
  #counts = new Map()

  onTestResult(test, result) {
    const name = test.context.config.displayName?.name ?? 'tests'
    const count = this.#counts.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
    // A file that does not even load has no tests to count, yet it is a failure.
    const unloadable = result.testExecError ? 1 : 0
    this.#counts.set(name, {
      passed: count.passed + result.numPassingTests,
      failed: count.failed + result.numFailingTests + unloadable,
      skipped: count.skipped + result.numPendingTests + result.numTodoTests,
    })
  }

  onRunComplete() {
    process.once('exit', () => writeSync(1, this.text()))
  }

  text() {
    const lines = [...this.#counts].map(([name, { passed, failed, skipped }]) => {
      return `${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`
    })
    return lines.join('')
  }
}
