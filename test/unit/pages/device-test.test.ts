import { networkTypeText, uploadText } from '../../../examples/miniprogram/pages/device-test/device-texts'
import { DEVICE_WORDS } from '../../../examples/miniprogram/pages/device-test/device-words'
import { levelOf } from '../../../examples/miniprogram/pages/device-test/sound-level'
import { roundTripMs, uploadKbps } from '../../../examples/miniprogram/server/network-test'
import { FakeWx } from '../../support/fake-wx'

const { en, zh } = DEVICE_WORDS
const tone = (peak: number): ArrayBuffer =>
  Int16Array.from({ length: 480 }, (_unused, index) => (index % 2 === 0 ? peak : -peak)).buffer

test.each([
  ['nothing', new ArrayBuffer(0), 0],
  ['silence', tone(0), 0],
  ['a whisper', tone(33), 0],
  ['a quiet voice, 30 dB below the loudest', tone(1036), 50],
  ['the loudest', tone(32767), 100],
])('%s has its level', (_what, samples, level) => {
  expect(levelOf(samples)).toBe(level)
})

test.each([
  ['wifi', 'Wi-Fi'],
  ['4g', '4G'],
  ['none', 'none'],
  ['unknown', 'unknown'],
])('a network of type %s is shown as %s', (type, text) => {
  expect(networkTypeText(type, en)).toBe(text)
})

test.each([
  [null, zh.noUpload],
  [999, '999 kbps'],
  [12_340, '12.3 Mbps'],
])('%p kbit/s are shown as %s', (kbps, text) => {
  expect(uploadText(kbps, zh)).toBe(text)
})

describe('the network', () => {
  const phone = new FakeWx()
  beforeEach(() => phone.install())
  afterEach(() => phone.uninstall())

  /** A clock that is asked before and after each of these, which take so long, ms. */
  function clock(...durations: number[]): () => number {
    const times = durations.flatMap((ms) => [0, ms])
    return () => times.shift() ?? 0
  }

  test('has the middle of five round trips, without the first, which pays for the connection', async () => {
    phone.answers = () => ({ statusCode: 200, data: { status: 'ok' } })
    await expect(roundTripMs('http://h.test', clock(500, 20, 80, 30, 25, 40))).resolves.toBe(30)
    expect(phone.requests).toHaveLength(6)
  })

  test('is told when the server does not answer', async () => {
    await expect(roundTripMs('http://h.test')).rejects.toThrow('request:fail')
  })

  test('is as fast as the server takes what is sent', async () => {
    phone.answers = ({ data }) => ({ statusCode: 200, data: { bytes: (data as ArrayBuffer).byteLength } })
    await expect(uploadKbps('http://h.test', clock(1000))).resolves.toBe(Math.round((256 * 1024 * 8) / 1000))
    expect(phone.requests[0]?.url).toBe('http://h.test/speed')
  })

  test('has no upload where the server takes nothing', async () => {
    phone.answers = () => ({ statusCode: 404, data: {} })
    await expect(uploadKbps('http://h.test')).resolves.toBeNull()
  })
})
