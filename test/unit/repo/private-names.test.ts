import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { privateNames } from '../../../build/private-names'

const CALL = `
  export class Call {
    private waiting = 0
    private phase = 'idle'
    private readonly seats = new Map<string, number>()
    constructor(private readonly port: { redraw(): void }, readonly room: string) {}
    get size(): number { const { seats, waiting: left } = this; return seats.size + left }
    private begin(): void { this.waiting += 1; this.port.redraw(); this.phase = this.room }
    enter(): void { this.begin() }
  }
`

describe('names that a build may shorten', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'roomlet-names-'))
    write('src/call.ts', CALL)
    write('components/none.ts', 'export {}')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  test('are those of private members', () => {
    expect(privateNames(root)).toEqual(['begin', 'phase', 'port', 'seats', 'waiting'])
  })

  test.each([
    ['a type declares', 'export interface View { waiting: number }', 'waiting'],
    ['a public member has', 'export class Other { seats = 1 }', 'seats'],
    ['an object has', 'export const view = { phase: 1 }', 'phase'],
    ['an object has in short', 'export const of = (port: number) => ({ port })', 'port'],
    ['somebody else reads', 'export const left = (event: any) => event.waiting', 'waiting'],
    ['somebody else takes apart', 'export const left = ({ waiting }: any) => waiting', 'waiting'],
    ['somebody else takes apart by another name', 'export const left = ({ waiting: n }: any) => n', 'waiting'],
    ['a text says', "export const key = 'waiting'", 'waiting'],
    ['a text lists', "export const keys = 'audio waiting video'.split(' ')", 'waiting'],
    ['a method of a type has', 'export interface Port { begin(): void }', 'begin'],
  ])('leave out what %s', (_who, text, name) => {
    write('components/other.ts', text)
    expect(privateNames(root)).not.toContain(name)
  })

  test('say nothing of what pages, templates and providers name', () => {
    const names = privateNames(resolve(__dirname, '../../..'))
    expect(names.length).toBeGreaterThan(100)
    for (const name of ['room', 'start', 'join', 'view', 'streamId', 'onRetryTile', 'code', 'detail', 'setData']) {
      expect(names).not.toContain(name)
    }
  })
})
