/** @jest-environment jsdom */
import type { FaultName } from '../../../examples/playground/runtime/phone-channel'
import { BreakPanel } from '../../../examples/playground/site/break-panel'
import { useLanguage } from '../../../examples/playground/site/language'
import { PhoneFaults } from '../../../examples/playground/site/phone-faults'

class FakePhone {
  inCall = true
  isWhole = true
  private readonly faults: PhoneFaults = new PhoneFaults((fault, on) => {
    this.faults.take({ type: 'fault', fault, on }, Date.now())
    panel.take({ type: 'fault', fault, on, at: Date.now() })
  })

  constructor(readonly letter: string) {}

  brokenSince(fault: FaultName): number | null {
    return this.faults.sinceOf(fault)
  }

  break(fault: FaultName, holdMs: number | null): void {
    this.faults.break(fault, holdMs)
  }

  mend(fault: FaultName): void {
    this.faults.mend(fault)
  }
}

let phones: FakePhone[]
let panel: BreakPanel

const found = (testid: string) => panel.root.querySelector(`[data-testid="${testid}"]`) as HTMLButtonElement
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)
const result = () => found('fault-result')

function show(...letters: string[]): void {
  phones = letters.map((letter) => new FakePhone(letter))
  panel = new BreakPanel(() => phones)
  panel.showPhones(letters)
  document.body.append(panel.root)
}

beforeEach(() => jest.useFakeTimers())

afterEach(() => {
  jest.useRealTimers()
  panel.root.remove()
  useLanguage('zh')
})

it('tells a fault from its beginning to the recovery, with the time that it took', async () => {
  show('A', 'B')
  expect(result().dataset.state).toBe('none')
  found('break-target-B').click()
  found('break-socket').click()
  for (const phone of phones) phone.isWhole = false
  await pass(1_000)
  expect(found('break-socket').getAttribute('aria-pressed')).toBe('true')
  expect(found('break-socket').textContent).toBe('断开信令进行中 1.0 秒')
  expect(result().dataset.state).toBe('broken')
  expect(result().textContent).toContain('正在恢复：断开信令（B）1.0 s')
  await pass(2_000)
  expect(result().dataset.state).toBe('healing')
  expect(found('break-socket').getAttribute('aria-pressed')).toBe('false')
  await pass(300)
  for (const phone of phones) phone.isWhole = true
  await pass(100)
  expect(result().dataset).toMatchObject({ state: 'recovered', fault: 'socket', ms: '400' })
  expect(result().textContent).toBe('上次：断开信令（B），3 秒0.40 s后恢复 · 重试 0 次断开 0恢复 3.40')
})

it('says of a fault that broke nothing that it did not', async () => {
  show('A', 'B')
  found('break-target-all').click()
  found('break-slow').click()
  await pass(10_100)
  expect(result().textContent).toContain('上次：弱网（两端），10 秒')
  expect(result().textContent).toContain('一直没断')
})

it('offers nothing but the refused camera while nobody is in a call', async () => {
  show('A')
  for (const phone of phones) phone.inCall = false
  await pass(100)
  const enabled = [...panel.root.querySelectorAll<HTMLButtonElement>('.bk')].filter(({ disabled }) => !disabled)
  expect(enabled.map(({ dataset }) => dataset.testid)).toEqual(['break-camera'])
})

it('aims at the first phone again when the one it aimed at is gone', () => {
  show('A', 'B', 'C')
  found('break-target-C').click()
  panel.showPhones(['A', 'B'])
  expect(found('break-target-A').getAttribute('aria-pressed')).toBe('true')
})

it('speaks English', async () => {
  show('A', 'B')
  useLanguage('en', panel.root)
  found('break-media').click()
  await pass(200)
  expect(panel.root.textContent).not.toMatch(/[\u4e00-\u9fff]/)
})
