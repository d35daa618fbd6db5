import { HttpClient } from './http-client'
import { HttpUser, rateOf, SDK_APP_ID, SECRET_KEY, type Rates, type Work } from './http-load'
import { MeasuredProcess } from './measured-process'

const CONNECTIONS = 30
/** A room has three members, and get_room_list more rooms than it asks for. */
const ROOM_SIZE = 3
const ROOMS_BESIDE = 20

export async function measureBareRoute(): Promise<Rates> {
  const server = await MeasuredProcess.start('bare-route')
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => HttpClient.open(server.port)))
  try {
    const works = clients.map((client): Work => {
      const request = client.request('/bare', { roomID: '1', userID: 'u' })
      return () => client.send(request)
    })
    return await rateOf(server, works)
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

export type HttpRates = Record<'pusher_heartbeat' | 'get_pushers' | 'get_push_url' | 'get_room_list' | 'cycle', Rates>

export async function measureHttpCalls(): Promise<HttpRates> {
  const server = await MeasuredProcess.start('main-with-probe', {
    SDK_APP_ID: String(SDK_APP_ID),
    SECRET_KEY,
  })
  const users: HttpUser[] = []
  try {
    for (let n = 0; n < CONNECTIONS + ROOMS_BESIDE; n += 1) users.push(await HttpUser.open(server.port, `user${n}`))
    const roomOf = (n: number): string => (n < CONNECTIONS ? `room${Math.floor(n / ROOM_SIZE)}` : `beside${n}`)
    for (const [n, user] of users.entries()) await user.enter(roomOf(n))
    const busy = users.slice(0, CONNECTIONS)
    const rate = (name: string, body: (n: number) => object): Promise<Rates> =>
      rateOf(
        server,
        busy.map((user, n): Work => {
          const request = user.prepare(name, body(n))
          return () => user.send(request)
        }),
      )
    return {
      pusher_heartbeat: await rate('pusher_heartbeat', (n) => ({ roomID: roomOf(n), userID: `user${n}` })),
      get_pushers: await rate('get_pushers', (n) => ({ roomID: roomOf(n), userID: `user${n}` })),
      get_push_url: await rate('get_push_url', (n) => ({ userID: `user${n}` })),
      get_room_list: await rate('get_room_list', (n) => ({ userID: `user${n}`, index: 0, cnt: 20 })),
      cycle: await rateOf(server, await Promise.all(busy.map((user, n) => cycleOf(user, n)))),
    }
  } finally {
    for (const user of users) user.close()
    await server.stop()
  }
}

/** Creates a room, enters it and leaves it, which ends it. */
async function cycleOf(user: HttpUser, n: number): Promise<Work> {
  const { pushURL } = JSON.parse(await user.call('get_push_url', {})) as { pushURL: string }
  const roomID = `cycle${n}`
  const { userID } = user
  const requests = [
    user.prepare('create_room', { userID, roomID, roomInfo: 'a room' }),
    user.prepare('add_pusher', { userID, roomID, userName: userID, userAvatar: '', pushURL }),
    user.prepare('delete_pusher', { userID, roomID }),
  ]
  return async () => {
    for (const request of requests) await user.send(request)
  }
}
