import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../setup/chromium'
import { INSTALL_HINT, provideBrowser } from '../../setup/provide-browser'
import type { Machine } from '../../setup/provide-browser'
import { provideNginx } from '../../setup/provide-nginx'
import { provideRedis, REDIS_HINT } from '../../setup/provide-redis'

/** A machine in memory: what is installed on it is there afterwards. */
class FakeMachine implements Machine {
  readonly commands: string[] = []
  readonly said: string[] = []
  private readonly installed: Set<string>

  constructor(
    installed: readonly string[],
    readonly isRoot: boolean,
    readonly hasApt: boolean,
    private readonly working: readonly string[],
  ) {
    this.installed = new Set(installed)
  }

  findChromium(): string | undefined {
    return this.installed.has('chromium') ? '/usr/bin/chromium' : undefined
  }

  hasChineseFont(): boolean {
    return this.installed.has('fonts-noto-cjk')
  }

  hasRedis(): boolean {
    return this.installed.has('redis-server')
  }

  hasNginxRtmp(): boolean {
    return this.installed.has('libnginx-mod-rtmp')
  }

  hasFfmpeg(): boolean {
    return this.installed.has('ffmpeg')
  }

  run(command: string, args: readonly string[]): boolean {
    this.commands.push([command, ...args].join(' '))
    if (!this.working.includes(command)) return false
    for (const name of args) this.installed.add(name)
    return true
  }

  say(text: string): void {
    this.said.push(text)
  }
}

const ALL = ['chromium', 'fonts-noto-cjk', 'ffmpeg']

describe('provideBrowser', () => {
  test('does nothing where Chromium and a font are there', () => {
    const machine = new FakeMachine(ALL, true, true, [])
    expect(provideBrowser(machine)).toBe('/usr/bin/chromium')
    expect(machine.commands).toEqual([])
  })

  test('installs what is missing by apt, in one step, as root on Debian', () => {
    const machine = new FakeMachine([], true, true, ['apt-get'])
    expect(provideBrowser(machine)).toBe('/usr/bin/chromium')
    expect(machine.commands).toHaveLength(2)
    expect(machine.commands[1]).toMatch(/ install .* chromium fonts-noto-cjk ffmpeg$/)
  })

  test('says what is skipped where ffmpeg cannot be had', () => {
    const machine = new FakeMachine(['chromium', 'fonts-noto-cjk'], false, true, [])
    expect(provideBrowser(machine)).toBe('/usr/bin/chromium')
    expect(machine.said).toEqual([expect.stringMatching(/No ffmpeg.*skipped/)])
  })

  test.each([
    ['not root', false, true],
    ['no apt', true, false],
  ])("takes playwright's download: %s", (_why, isRoot, hasApt) => {
    const machine = new FakeMachine([], isRoot, hasApt, ['npx'])
    expect(provideBrowser(machine)).toBe('/usr/bin/chromium')
    expect(machine.commands).toEqual(['npx --no-install playwright-core install chromium'])
    expect(machine.said.at(-1)).toMatch(/No Chinese font/)
  })

  test("falls back to playwright's download when apt fails", () => {
    const machine = new FakeMachine([], true, true, ['npx'])
    expect(provideBrowser(machine)).toBe('/usr/bin/chromium')
    expect(machine.commands).toHaveLength(3)
  })

  test('fails saying what to install when nothing helps', () => {
    expect(() => provideBrowser(new FakeMachine([], true, true, []))).toThrow(INSTALL_HINT)
  })
})

describe('provideRedis', () => {
  test('does nothing where redis-server is there', () => {
    const machine = new FakeMachine(['redis-server'], true, true, [])
    provideRedis(machine)
    expect(machine.commands).toEqual([])
  })

  test('installs it by apt, as root on Debian', () => {
    const machine = new FakeMachine([], true, true, ['apt-get'])
    provideRedis(machine)
    expect(machine.commands.at(-1)).toMatch(/ install .* redis-server$/)
  })

  test.each([
    ['not root', false, true, []],
    ['no apt', true, false, []],
    ['apt fails', true, true, []],
  ] as const)('fails saying what to install: %s', (_why, isRoot, hasApt, working) => {
    expect(() => provideRedis(new FakeMachine([], isRoot, hasApt, working))).toThrow(REDIS_HINT)
  })
})

describe('findChromium', () => {
  let folder: string
  const program = (name: string, mode = 0o755): string => {
    const path = join(folder, name)
    writeFileSync(path, '#!/bin/sh\n')
    chmodSync(path, mode)
    return path
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'roomlet-chromium-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('takes ROOMLET_CHROMIUM before anything else', () => {
    program('chromium')
    const wanted = program('my-browser')
    expect(findChromium({ ROOMLET_CHROMIUM: wanted, PATH: folder }, '/nowhere')).toBe(wanted)
  })

  test('refuses a ROOMLET_CHROMIUM that cannot be run', () => {
    program('chromium')
    expect(() => findChromium({ ROOMLET_CHROMIUM: join(folder, 'none'), PATH: folder }, '/nowhere')).toThrow(
      /ROOMLET_CHROMIUM is no executable file/,
    )
  })

  test('takes the one on PATH before the downloaded one, and skips what cannot be run', () => {
    program('chromium', 0o644)
    const downloaded = program('downloaded')
    expect(findChromium({ PATH: folder }, downloaded)).toBe(downloaded)
    const onPath = program('google-chrome')
    expect(findChromium({ PATH: `/nowhere:${folder}` }, downloaded)).toBe(onPath)
  })

  test('answers undefined when there is none', () => {
    expect(findChromium({ PATH: folder }, '/nowhere')).toBeUndefined()
  })
})

describe('provideNginx', () => {
  test('installs nginx and its module where they are missing', () => {
    const machine = new FakeMachine([], true, true, ['apt-get'])
    provideNginx(machine)
    expect(machine.commands.at(-1)).toMatch(/ install .* nginx-light libnginx-mod-rtmp$/)
    expect(machine.said.join()).not.toContain('skipped')
  })

  test('says what is skipped where they cannot be had', () => {
    const machine = new FakeMachine([], false, true, [])
    provideNginx(machine)
    expect(machine.said).toEqual([expect.stringMatching(/No nginx.*skipped/)])
    expect(machine.commands).toEqual([])
  })
})
