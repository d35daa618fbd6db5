import { percentile, Stadium } from './support/stadium'

const VIEWERS = 1000
const MESSAGES_PER_SECOND = 20
const SECONDS = 10

let stadium: Stadium

beforeAll(async () => {
  stadium = await Stadium.open()
}, 60_000)

afterAll(() => stadium?.close())

// Speed is measured by `npm run bench`; here the machine may be as busy as it likes.
it('a thousand watch one room of the real process, and each gets every message exactly once, in order', async () => {
  const { joinMs, kibEach } = await stadium.fill(VIEWERS)
  process.stdout.write(`${VIEWERS} viewers: all in after ${joinMs.toFixed(0)} ms, ${kibEach.toFixed(1)} KiB each\n`)

  const { received, delays } = await stadium.broadcast(MESSAGES_PER_SECOND, SECONDS)
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(delays, share).toFixed(1))
  process.stdout.write(`${MESSAGES_PER_SECOND} messages/s for ${SECONDS} s: p50 ${p50} ms, p99 ${p99} ms\n`)
  const numbers = Array.from({ length: MESSAGES_PER_SECOND * SECONDS }, (_, number) => number)
  expect(received).toHaveLength(VIEWERS + 1)
  for (const numbersOfOne of received) expect(numbersOfOne).toEqual(numbers)
}, 400_000)
