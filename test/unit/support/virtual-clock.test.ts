import { VirtualClock } from '../../support/virtual-clock'

test('timers fire in the order of their moments, and of their arming at the same moment', async () => {
  const clock = new VirtualClock()
  const fired: string[] = []
  clock.setTimer(20, () => fired.push('late'))
  clock.setTimer(10, () => fired.push('first'))
  clock.setTimer(10, () => fired.push('second'))
  await clock.advance(20)
  expect(fired).toEqual(['first', 'second', 'late'])
})

test('promise chains run between timers, and what they arm fires within the same advance', async () => {
  const clock = new VirtualClock(0)
  const seen: number[] = []
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(ms, resolve))
  const loop = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await sleep(10)
      seen.push(clock.now())
    }
  }
  void loop()
  await clock.advance(25)
  expect(seen).toEqual([10, 20])
  expect(clock.now()).toBe(25)
  expect(clock.pending.map((timer) => timer.at)).toEqual([30])
})

test('a cancelled timer never fires', async () => {
  const clock = new VirtualClock()
  const task = jest.fn()
  clock.setTimer(5, task)()
  await clock.advance(10)
  expect(task).not.toHaveBeenCalled()
  expect(clock.pending).toEqual([])
})

test('settle stops at the moment the promise settles and fails when it never does', async () => {
  const clock = new VirtualClock(0)
  const value = new Promise<string>((resolve) => void clock.setTimer(30, () => resolve('done')))
  clock.setTimer(40, () => undefined)
  await expect(clock.settle(value)).resolves.toBe('done')
  expect(clock.now()).toBe(30)
  await expect(clock.settle(new Promise(() => undefined), 100)).rejects.toThrow('100 ms')
})
