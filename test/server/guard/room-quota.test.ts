import { RoomQuota } from '../../../server/src/guard/room-quota'

const MOST = 2

/** Rooms that there are, by their creators. */
function start() {
  const rooms = new Map<string, string>()
  const get = async (room: string) => (rooms.has(room) ? ({ room, creator: rooms.get(room) } as never) : null)
  const quota = new RoomQuota({ get }, MOST, { isOn: false })
  const make = (userID: string, room: string) =>
    quota.around(userID, room, async () => {
      rooms.set(room, userID)
      return { room, creator: userID }
    })
  return { rooms, quota, make }
}

it('lets a user make so many rooms, and another one when one of them is gone', async () => {
  const { rooms, make } = start()
  await make('ann', 'a')
  await make('ann', 'b')
  await expect(make('ann', 'c')).rejects.toMatchObject({ code: 'LIMIT_REACHED' })
  await make('bob', 'c')
  rooms.delete('a')
  await make('ann', 'd')
})

it('remembers no more users than lately made rooms, however many have', async () => {
  const { rooms, quota, make } = start()
  for (let user = 0; user < 25_000; user += 1) {
    await make(`user${user}`, `room${user}`)
    rooms.delete(`room${user}`)
  }
  expect(quota.size).toBeLessThanOrEqual(20_000)
  await make('user24999', 'another')
  await make('user24999', 'and one more')
})

it('forgets a room that could not be made', async () => {
  const { quota, make } = start()
  const fail = () => quota.around('ann', 'x', () => Promise.reject(new Error('no')))
  for (let tries = 0; tries <= MOST; tries += 1) await expect(fail()).rejects.toThrow('no')
  await make('ann', 'a')
  await make('ann', 'b')
})
