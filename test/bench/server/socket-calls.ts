import { rateOf, SERVICE_ENV, type Rates, type Work } from './http-load'
import { MeasuredProcess } from './measured-process'
import { SocketUser } from './socket-user'

const CONNECTIONS = 30
const ROOM_SIZE = 3

export type SocketRates = Record<'ping' | 'playUrl' | 'publishUrl' | 'rooms' | 'joinAndLeave', Rates>

export async function measureSocketCalls(): Promise<SocketRates> {
  const server = await MeasuredProcess.start('main-with-probe', SERVICE_ENV)
  const users: SocketUser[] = []
  try {
    const roomOf = (n: number): string => `room${Math.floor(n / ROOM_SIZE)}`
    for (let n = 0; n < 2 * CONNECTIONS; n += 1) {
      const user = await SocketUser.open(server.port, `user${n}`)
      users.push(user)
      await user.join(roomOf(n))
    }
    const busy = users.slice(0, CONNECTIONS)
    const rate = (work: (user: SocketUser, n: number) => Work): Promise<Rates> => rateOf(server, busy.map(work))
    return {
      ping: await rate((user) => () => user.ask('ping', {})),
      playUrl: await rate((user, n) => () => {
        const neighbour = busy[n - (n % ROOM_SIZE)] ?? user
        return user.ask('playUrl', { room: roomOf(n), userID: neighbour.userID })
      }),
      publishUrl: await rate((user, n) => () => user.ask('publishUrl', { room: roomOf(n) })),
      rooms: await rate((user) => () => user.ask('rooms', { kind: 'multi_room', index: 0, cnt: 20 })),
      joinAndLeave: await rate((user, n) => async () => {
        await user.join(`own${n}`)
        await user.ask('leave', { room: `own${n}` })
      }),
    }
  } finally {
    for (const user of users) user.close()
    await server.stop()
  }
}
