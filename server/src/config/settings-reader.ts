import type { LimitEntry } from './limits'
import { defaultOf, GENERAL_SETTINGS, namesOf, SETTINGS, type Setting, type SettingOf } from './settings'

export type Environment = Readonly<Record<string, string | undefined>>
export type ReadFile = (path: string) => string

/** Where values come from, as an operator calls it. */
export interface Source {
  readonly name: string
  readonly values: Environment
}

export interface EffectiveSetting {
  readonly name: string
  /** As it is written; of a secret no character. */
  readonly value: string
  /** '' = the default */
  readonly from: string
}

/** A word of a secret that has several is one by itself from this length on; shorter ones, as in a PEM, are words of any text. */
const HIDDEN_WORD = 16

interface Found {
  readonly text: string
  readonly from: string
}

/** Reads settings and remembers all that is wrong with them, so that an operator hears of it at once. No mistake repeats a value. */
export class SettingsReader {
  readonly mistakes: string[] = []
  private readonly hidden = new Set<string>()

  constructor(
    /** What stands in an earlier one wins. */
    private readonly sources: readonly Source[],
    private readonly readFile: ReadFile,
  ) {}

  text(name: SettingOf<'text'>): string {
    return this.find(name)?.text ?? GENERAL_SETTINGS[name].default
  }

  /** undefined when it is not set, nor by default. */
  number(name: SettingOf<'number'>): number | undefined {
    const setting: { default: number | null; least: number; most?: number } = GENERAL_SETTINGS[name]
    return this.count(name, setting) ?? setting.default ?? undefined
  }

  /** undefined when it is not set. */
  limit({ variable, least }: LimitEntry): number | undefined {
    return this.count(variable, { least })
  }

  choice<T extends string>(name: SettingOf<'choice'>, choices: readonly T[], standard: T): T {
    const text = this.find(name)?.text
    const found = choices.find((choice) => choice === text)
    if (text !== undefined && found === undefined) this.wrong(name, `is none of ${choices.join(', ')}`)
    return found ?? standard
  }

  flag(name: SettingOf<'flag'>): boolean {
    const text = this.find(name)?.text ?? '0'
    if (text !== '0' && text !== '1') this.wrong(name, 'is neither 0 nor 1')
    return text === '1'
  }

  /** The value itself, or what is in the file that `{name}_FILE` names; '' when there is neither. */
  secret(name: SettingOf<'secret'>): string {
    const secret = this.secretIn(name)
    const words = secret.split(/\s+/).filter(({ length }) => length >= HIDDEN_WORD)
    if (secret !== '') for (const each of [secret, ...words]) this.hidden.add(each)
    return secret
  }

  /** Says that one is not right. @param what goes on after its name */
  wrong(name: string, what: string): void {
    const from = this.find(name)?.from ?? this.find(`${name}_FILE`)?.from
    this.mistakes.push(from === undefined ? `${name} ${what}` : `${name} (${from}) ${what}`)
  }

  /** Two of which either both or none is set. */
  together(one: string, other: string): void {
    const has = (name: string): boolean => (this.find(name) ?? this.find(`${name}_FILE`)) !== undefined
    if (has(one) && !has(other)) this.wrong(one, `needs ${other} as well`)
    if (has(other) && !has(one)) this.wrong(other, `needs ${one} as well`)
  }

  /** Every secret that was read, and every word of it. */
  secrets(): string[] {
    return [...this.hidden]
  }

  effective(): EffectiveSetting[] {
    return Object.entries(SETTINGS).map((entry) => this.effectiveOf(entry))
  }

  private effectiveOf([name, setting]: [string, Setting]): EffectiveSetting {
    for (const each of namesOf([name, setting])) {
      const found = this.find(each)
      if (!found) continue
      const value = setting.kind === 'secret' && each === name ? '[set]' : found.text
      return { name: each, value, from: found.from }
    }
    return { name, value: defaultOf(setting), from: '' }
  }

  private find(name: string): Found | undefined {
    const base = name.replace(/_FILE$/, '')
    const setting = SETTINGS[base]
    // both names of a secret count as one: whichever an earlier source has
    const names = setting ? namesOf([base, setting]) : []
    if (!names.includes(name)) return undefined
    const source = this.sources.find(({ values }) => names.some((each) => values[each]))
    const text = source?.values[name]
    return source && text ? { text, from: source.name } : undefined
  }

  private count(name: string, { least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number }) {
    const text = this.find(name)?.text
    if (text === undefined) return undefined
    const number = Number(text)
    if (/^\d{1,16}$/.test(text) && number >= least && number <= most) return number
    this.wrong(
      name,
      most === Number.MAX_SAFE_INTEGER
        ? `is not a number from ${least} on`
        : `is not a number from ${least} to ${most}`,
    )
    return undefined
  }

  private secretIn(name: string): string {
    const value = this.find(name)?.text ?? ''
    const file = this.find(`${name}_FILE`)
    if (!file) return value
    if (value !== '') this.wrong(name, `and ${name}_FILE are both set`)
    try {
      const content = this.readFile(file.text).trim()
      if (content === '') this.wrong(`${name}_FILE`, 'names an empty file')
      return content
    } catch {
      this.wrong(`${name}_FILE`, 'names a file that cannot be read')
      return ''
    }
  }
}
