import { RedisServer } from '../../support/cluster/redis-server'
import { until } from '../../support/until'
import { spreadOf, type Spread } from '../report'
import { HttpUser, ratesOf, SERVICE_ENV, type Work } from './http-load'
import { MeasuredProcess } from './measured-process'
import { SocketUser } from './socket-user'

const CLIENTS = 30
const ROOM_SIZE = 3
/** A message reaches one less. */
const TALKERS = 9
const TALKING_ROOMS = 4

export type StoreName = 'memory' | 'redis'
export const STORE_OPERATIONS = ['heartbeats', 'joinAndLeave', 'fanOut'] as const
export type StoreOperation = (typeof STORE_OPERATIONS)[number]

/** A CPU-second of the node: heartbeats over HTTP, cycles of join and leave on sockets, deliveries of messages. */
export type StoreCosts = Readonly<Record<StoreOperation, Readonly<Record<StoreName, Spread>>>>

interface Node {
  readonly server: MeasuredProcess
  readonly sockets: readonly SocketUser[]
  /** To be called right before: whoever says nothing for 20 s is lost. */
  readonly works: Readonly<Record<StoreOperation, () => Promise<readonly Work[]>>>
}

/** The same operations on one node with its rooms in memory and on one with its rooms in Redis, by turns. */
export async function measureStores(): Promise<StoreCosts> {
  const redis = await RedisServer.start()
  const env = { ...SERVICE_ENV, MAX_MESSAGES_PER_USER: '10000000' }
  const nodes: Node[] = []
  try {
    for (const url of ['', redis.url]) nodes.push(await startNode({ ...env, ROOMLET_REDIS_URL: url }))
    const costs: Partial<Record<StoreOperation, Record<StoreName, Spread>>> = {}
    for (const operation of STORE_OPERATIONS) {
      const loads = nodes.map(async ({ server, works }) => ({ server, works: await works[operation]() }))
      const rates = await ratesOf(await Promise.all(loads))
      // what is counted is messages
      const times = operation === 'fanOut' ? TALKERS - 1 : 1
      const [memory, inRedis] = rates.map(({ perCpuSecond }) => spreadOf(perCpuSecond.map((rate) => rate * times)))
      if (!memory || !inRedis) throw new Error('nothing was measured')
      costs[operation] = { memory, redis: inRedis }
    }
    return costs as StoreCosts
  } finally {
    for (const { sockets } of nodes) for (const socket of sockets) socket.close()
    await Promise.all(nodes.map(({ server }) => server.stop()))
    await redis.close()
  }
}

async function startNode(env: Readonly<Record<string, string>>): Promise<Node> {
  const server = await MeasuredProcess.start('main-with-probe', env)
  const { port } = server
  await until('the node is ready', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok)
  const sockets: SocketUser[] = []
  const open = async (userID: string): Promise<SocketUser> => {
    const user = await SocketUser.open(port, userID)
    sockets.push(user)
    return user
  }
  const times = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => make(n)))
  return {
    server,
    sockets,
    works: {
      heartbeats: () => times(CLIENTS, (n) => heartbeat(port, n)),
      joinAndLeave: () => times(CLIENTS, async (n) => cycle(await open(`cycler${n}`), n)),
      fanOut: () =>
        times(TALKING_ROOMS, async (room) =>
          talk(await times(TALKERS, (n) => open(`talker${n} of ${room}`)), `talk${room}`),
        ),
    },
  }
}

async function heartbeat(port: number, n: number): Promise<Work> {
  const user = await HttpUser.open(port, `user${n}`)
  const roomID = `room${Math.floor(n / ROOM_SIZE)}`
  await user.enter(roomID)
  const request = user.prepare('pusher_heartbeat', { userID: user.userID, roomID })
  return () => user.send(request)
}

function cycle(user: SocketUser, n: number): Work {
  const room = `own${n}`
  return async () => {
    await user.join(room)
    await user.ask('leave', { room })
  }
}

/** One says something, and says the next thing when it has reached all the others. */
async function talk(users: readonly SocketUser[], room: string): Promise<Work> {
  const [speaker, ...others] = users
  if (!speaker) throw new Error('nobody talks')
  for (const user of users) await user.join(room)
  let waiting = 0
  let heardByAll: () => void = () => undefined
  for (const user of others) {
    user.onMessage = () => {
      waiting -= 1
      if (waiting === 0) heardByAll()
    }
  }
  return async () => {
    waiting = others.length
    const heard = new Promise<void>((resolve) => (heardByAll = resolve))
    await speaker.ask('send', { room, kind: 'text', data: 'a message of usual length, neither short nor long' })
    await heard
  }
}
