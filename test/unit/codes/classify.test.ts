import { classify } from '../../../src/codes/classify'
import { PLAYER_CODES } from '../../../src/codes/player-codes'
import { PUBLISHER_CODES } from '../../../src/codes/publisher-codes'
import type { MediaSignal, MediaTarget } from '../../../src/codes/signals'

const SIGNALS: readonly [MediaTarget, MediaSignal, readonly number[]][] = [
  ['publisher', 'connected', [1001]],
  ['publisher', 'capturing', [1007, 1008]],
  ['publisher', 'started', [1002, 1018]],
  ['publisher', 'congested', [1101]],
  ['publisher', 'sdkRetrying', [1102]],
  ['publisher', 'retry', [-1307, 1021, 3001, 3002, 3003, 3004, 3005, -1324, -1325, -1326]],
  ['publisher', 'suspended', [5000, 5001]],
  ['publisher', 'cameraDenied', [-1301, 10001]],
  ['publisher', 'microphoneDenied', [-1302, 10002]],
  ['publisher', 'failed', [1022, -1303, -1304, -1305, -1306]],
  ['publisher', 'info', [0, 1003, 1005, 1103, 10003, 10004]],
  ['player', 'connected', [2001, 2002]],
  ['player', 'playing', [2003, 2004, 2032]],
  ['player', 'stalled', [2007]],
  ['player', 'congested', [2104, 2105]],
  ['player', 'sdkRetrying', [2103]],
  ['player', 'retry', [-2301, 3001, 3002, 3003, 3004, 3005]],
  ['player', 'ended', [2006]],
  ['player', 'suspended', [6000]],
  ['player', 'info', [2005, 2008, 2009, 2101, 2102]],
]

describe('classify', () => {
  test.each(SIGNALS)('%s: %s from %p', (target, signal, codes) => {
    expect(codes.map((code) => classify(target, code).signal)).toEqual(codes.map(() => signal))
  })

  test('tells apart a number that both targets use', () => {
    expect(classify('publisher', 3001).name).toBe('PUSH_WARNING_DNS_FAIL')
    expect(classify('player', 3001).name).toBe('PLAY_WARNING_DNS_FAIL')
  })

  test('does not take a code of one target for the same number at the other', () => {
    expect(classify('player', 1002)).toEqual({ code: 1002, name: 'UNKNOWN', signal: 'info' })
    expect(classify('publisher', 2004)).toEqual({ code: 2004, name: 'UNKNOWN', signal: 'info' })
  })

  test.each([99999, -99999, NaN, Infinity, 1.5])('calls %p unknown and harmless', (code) => {
    expect(classify('publisher', code)).toEqual({ code, name: 'UNKNOWN', signal: 'info' })
    expect(classify('player', code)).toEqual({ code, name: 'UNKNOWN', signal: 'info' })
  })

  test.each([
    ['publisher', PUBLISHER_CODES],
    ['player', PLAYER_CODES],
  ])('lists no %s code twice', (_target, rows) => {
    const numbers = rows.map(([code]) => code)
    expect(numbers).toEqual([...new Set(numbers)])
  })
})
