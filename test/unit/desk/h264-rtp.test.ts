import fc from 'fast-check'
import { H264Depacketizer, type AccessUnit } from '../../../examples/playground/webrtc-gateway/h264-depacketizer'
import { packetize, parameterSetsOf } from '../../../examples/playground/webrtc-gateway/h264-packetizer'

const SPS = Uint8Array.of(0x67, 0x42, 0xe0, 0x1f, 1, 2, 3)
const PPS = Uint8Array.of(0x68, 9, 8)
const unit = (type: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, index) => (index === 0 ? 0x60 | type : index & 0xff))

function prefixed(...units: Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    units.flatMap((each) => [
      each.length >>> 24,
      (each.length >> 16) & 255,
      (each.length >> 8) & 255,
      each.length & 255,
      ...each,
    ]),
  )
}

class Receiver {
  readonly configs: Uint8Array[] = []
  readonly pictures: AccessUnit[] = []
  losses = 0
  private sequenceNumber = 65_533
  readonly depacketizer = new H264Depacketizer({
    onConfig: (config) => this.configs.push(config),
    onPicture: (picture) => this.pictures.push(picture),
    onLoss: () => (this.losses += 1),
  })

  /** @param lost packets of this index never arrive */
  receive(timestamp: number, data: Uint8Array, sets: readonly Uint8Array[] = [], lost = -1): void {
    packetize(data, sets).forEach(({ payload, marker }, index) => {
      const sequenceNumber = this.sequenceNumber
      this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff
      if (index !== lost) this.depacketizer.push({ sequenceNumber, timestamp, marker, payload })
    })
  }
}

test('a picture comes out of its packets as it went in, however large, across the wrap of sequence numbers', () => {
  const receiver = new Receiver()
  const key = prefixed(unit(5, 20_000), unit(5, 3))
  const inter = prefixed(unit(1, 700))
  receiver.receive(10, key, [SPS, PPS])
  receiver.receive(3010, inter)
  expect(receiver.pictures).toEqual([
    { timestamp: 10, key: true, data: key },
    { timestamp: 3010, key: false, data: inter },
  ])
  expect(receiver.losses).toBe(0)
})

test('the configuration is told once, and again when it changes; its parameter sets can be read back', () => {
  const receiver = new Receiver()
  const key = prefixed(unit(5, 40))
  receiver.receive(0, key, [SPS, PPS])
  receiver.receive(1, key, [SPS, PPS])
  const other = Uint8Array.of(0x67, 0x42, 0xe0, 0x1e, 7)
  receiver.receive(2, key, [other, PPS])
  expect(receiver.configs.map(parameterSetsOf)).toEqual([
    [SPS, PPS],
    [other, PPS],
  ])
})

test('nothing is told before a key frame, nor after a loss until the next one', () => {
  const receiver = new Receiver()
  const key = prefixed(unit(5, 5000))
  const inter = prefixed(unit(1, 5000))
  receiver.receive(0, inter)
  receiver.receive(1, key, [SPS, PPS])
  receiver.receive(2, inter, [], 1)
  receiver.receive(3, inter)
  receiver.receive(4, key, [SPS, PPS])
  expect(receiver.pictures.map(({ timestamp }) => timestamp)).toEqual([1, 4])
  expect(receiver.losses).toBe(1)
})

test('a packet that comes late belongs to a picture that is gone: it is passed over', () => {
  const receiver = new Receiver()
  receiver.receive(0, prefixed(unit(5, 40)), [SPS, PPS])
  const late = { sequenceNumber: 65_533, timestamp: 0, marker: true, payload: unit(5, 40) }
  receiver.depacketizer.push(late)
  receiver.receive(1, prefixed(unit(1, 40)))
  expect(receiver.pictures).toHaveLength(2)
  expect(receiver.losses).toBe(0)
})

test('parameter sets and slices in one aggregated packet are taken apart', () => {
  const receiver = new Receiver()
  const slice = unit(5, 30)
  const parts = [SPS, PPS, slice].flatMap((each) => [each.length >> 8, each.length & 255, ...each])
  const payload = Uint8Array.from([0x78, ...parts])
  receiver.depacketizer.push({ sequenceNumber: 1, timestamp: 5, marker: true, payload })
  expect(receiver.pictures).toEqual([{ timestamp: 5, key: true, data: prefixed(slice) }])
})

test('no packet and no configuration, whatever is in it, makes anything throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (payloads) => {
      const receiver = new Receiver()
      payloads.forEach((payload, sequenceNumber) =>
        receiver.depacketizer.push({ sequenceNumber, timestamp: sequenceNumber >> 1, marker: false, payload }),
      )
      for (const payload of payloads) packetize(payload, parameterSetsOf(payload))
    }),
  )
})
