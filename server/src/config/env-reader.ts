export type Environment = Readonly<Record<string, string | undefined>>
export type ReadFile = (path: string) => string

/** Reads variables and remembers all that is wrong with them, so that an operator hears of it at once. */
export class EnvReader {
  readonly mistakes: string[] = []

  constructor(
    private readonly env: Environment,
    private readonly readFile: ReadFile,
  ) {}

  text(name: string, standard = ''): string {
    return this.env[name] || standard
  }

  /** undefined when the variable is not set, or is wrong. */
  count(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const text = this.text(name)
    if (text === '') return undefined
    const number = Number(text)
    if (/^\d{1,16}$/.test(text) && number >= least && number <= most) return number
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`
    this.mistakes.push(`${name} is not a number ${range}`)
    return undefined
  }

  /** The standard one when the variable is not set, or is wrong. */
  choice<T extends string>(name: string, choices: readonly T[], standard: T): T {
    const text = this.text(name, standard)
    const found = choices.find((choice) => choice === text)
    if (found === undefined) this.mistakes.push(`${name} is none of ${choices.join(', ')}`)
    return found ?? standard
  }

  flag(name: string): boolean {
    const text = this.text(name, '0')
    if (text !== '0' && text !== '1') this.mistakes.push(`${name} is neither 0 nor 1`)
    return text === '1'
  }

  /** The variable itself, or the file that `{name}_FILE` names. No complaint repeats what was read. */
  secret(name: string): string {
    const value = this.text(name)
    const path = this.text(`${name}_FILE`)
    if (path === '') return value
    if (value !== '') this.mistakes.push(`${name} and ${name}_FILE are both set`)
    try {
      const content = this.readFile(path).trim()
      if (content === '') this.mistakes.push(`${name}_FILE is empty`)
      return content
    } catch {
      this.mistakes.push(`${name}_FILE cannot be read`)
      return ''
    }
  }
}
