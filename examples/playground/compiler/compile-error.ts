/** A mistake in the mini program's sources: `file:line: what is wrong`. It stops the start of the playground. */
export class CompileError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`)
    this.name = 'CompileError'
  }
}
