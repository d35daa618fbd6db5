import { setTimeout as delay } from 'node:timers/promises'
import { spreadOf, type Spread } from '../report'
import { HttpClient } from './http-client'
import { HttpUser, ratesOf, SERVICE_ENV, type Work } from './http-load'
import { MeasuredProcess } from './measured-process'

const CONNECTIONS = 30
/** A room has three members, and get_room_list more rooms than it asks for. */
const ROOM_SIZE = 3
const ROOMS_BESIDE = 20
const LISTED = 20
/** Well within the time after which somebody who is not heard of is gone. */
const HEARTBEAT_MS = 4_000

export type HttpCallName = 'pusher_heartbeat' | 'get_pushers' | 'get_push_url' | 'get_room_list' | 'cycle'

export interface HttpCosts {
  /** the bare route, a CPU-second */
  readonly bare: Spread
  /** calls a CPU-second, and how much of the bare route that is, measured by turns */
  readonly calls: Readonly<Record<HttpCallName, { readonly rate: Spread; readonly ofBare: Spread }>>
}

/** The public protocol on the server as it is deployed, beside the least that its framework can do. */
export async function measureHttpCalls(): Promise<HttpCosts> {
  const bareServer = await MeasuredProcess.start('bare-route')
  const server = await MeasuredProcess.start('main-with-probe', SERVICE_ENV)
  const clients: HttpClient[] = []
  const users: HttpUser[] = []
  const heart = new Heart()
  try {
    for (let n = 0; n < CONNECTIONS; n += 1) clients.push(await HttpClient.open(bareServer.port))
    for (let n = 0; n < CONNECTIONS + ROOMS_BESIDE; n += 1) users.push(await HttpUser.open(server.port, `user${n}`))
    for (const [n, user] of users.entries()) await user.enter(roomOf(n))
    heart.start(await Promise.all(users.map(({ userID }) => HttpUser.open(server.port, userID))))
    const bare = { server: bareServer, works: clients.map(bareWork) }
    const bareRates: number[] = []
    const measure = async (works: readonly Work[]) => {
      const [of, rates] = await ratesOf([bare, { server, works }])
      if (!of || !rates) throw new Error('nothing was measured')
      bareRates.push(...of.perCpuSecond)
      const ofBare = rates.perCpuSecond.map((rate, run) => rate / (of.perCpuSecond[run] ?? NaN))
      return { rate: spreadOf(rates.perCpuSecond), ofBare: spreadOf(ofBare) }
    }
    const busy = users.slice(0, CONNECTIONS)
    const call = (name: string, body: (n: number) => object) =>
      measure(
        busy.map((user, n): Work => {
          const request = user.prepare(name, { userID: user.userID, ...body(n) })
          return () => user.send(request)
        }),
      )
    const inRoom = (n: number): object => ({ roomID: roomOf(n) })
    const check = async (): Promise<void> => checkRooms(users[0])
    await check()
    const calls = {
      pusher_heartbeat: await call('pusher_heartbeat', inRoom),
      get_pushers: await call('get_pushers', inRoom),
      get_push_url: await call('get_push_url', () => ({})),
      get_room_list: await call('get_room_list', () => ({ index: 0, cnt: LISTED })),
      cycle: await measure(await Promise.all(busy.map(cycleOf))),
    }
    await check()
    return { bare: spreadOf(bareRates), calls }
  } finally {
    await heart.stop()
    for (const client of [...clients, ...users]) client.close()
    await Promise.all([bareServer.stop(), server.stop()])
  }
}

/** Everybody stays in their room while other calls are measured, by a connection of their own. */
class Heart {
  private users: readonly HttpUser[] = []
  private beating: Promise<void> = Promise.resolve()
  private readonly stopped = new AbortController()

  start(users: readonly HttpUser[]): void {
    this.users = users
    this.beating = this.beat()
  }

  async stop(): Promise<void> {
    this.stopped.abort()
    await this.beating
    for (const user of this.users) user.close()
  }

  private async beat(): Promise<void> {
    const { signal } = this.stopped
    const requests = this.users.map((user, n) => user.prepare('pusher_heartbeat', { roomID: roomOf(n) }))
    while (!signal.aborted) {
      await Promise.all(this.users.map((user, n) => user.send(requests[n] ?? '')))
      await delay(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** What is measured is what it is called. */
async function checkRooms(user: HttpUser | undefined): Promise<void> {
  const list = JSON.parse((await user?.call('get_room_list', { index: 0, cnt: LISTED })) ?? '{}') as {
    rooms: unknown[]
  }
  const room = JSON.parse((await user?.call('get_pushers', { roomID: roomOf(0) })) ?? '{}') as { pushers: unknown[] }
  if (list.rooms.length !== LISTED || room.pushers.length !== ROOM_SIZE) {
    throw new Error(`rooms have been lost: ${list.rooms.length} listed, ${room.pushers.length} in one`)
  }
}

function roomOf(n: number): string {
  return n < CONNECTIONS ? `room${Math.floor(n / ROOM_SIZE)}` : `beside${n}`
}

function bareWork(client: HttpClient): Work {
  const request = client.request('/bare', { roomID: '1', userID: 'user' })
  return () => client.send(request)
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
