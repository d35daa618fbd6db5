import { RtpClock } from '../../../examples/playground/webrtc-gateway/rtp-clock'

test('ms run on from the arrival of the first packet, across the wrap of 32 bits', () => {
  const clock = new RtpClock(90_000)
  expect(clock.msOf(0xffff_ff00, 250)).toBe(250)
  expect(clock.msOf((0xffff_ff00 + 90_000) % 2 ** 32, 9999)).toBeCloseTo(1250)
  expect(clock.msOf((0xffff_ff00 + 45_000) % 2 ** 32, 9999)).toBeCloseTo(750)
})
