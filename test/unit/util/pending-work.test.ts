import { RoomError } from '../../../src/errors'
import { deferred } from '../../../src/util/deferred'
import { PendingWork } from '../../../src/util/pending-work'

test('an outcome passes through', async () => {
  const pending = new PendingWork()
  await expect(pending.track(() => Promise.resolve(1))).resolves.toBe(1)
  await expect(pending.track(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('the end rejects what is pending, whatever comes of it later', async () => {
  const pending = new PendingWork()
  const late = deferred<number>()
  const failing = deferred<number>()
  const tracked = [pending.track(() => late.promise), pending.track(() => failing.promise)]
  pending.end(new RoomError('CANCELLED'))
  late.resolve(1)
  failing.reject(new Error('too late'))
  for (const each of tracked) await expect(each).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('after the end nothing is begun, and the first reason counts', async () => {
  const pending = new PendingWork()
  pending.end(new RoomError('KICKED'))
  pending.end(new RoomError('CANCELLED'))
  const work = jest.fn()
  await expect(pending.track(work)).rejects.toMatchObject({ code: 'KICKED' })
  expect(work).not.toHaveBeenCalled()
})
