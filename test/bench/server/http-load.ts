import { makeUserSig } from '../../../server/src/tickets/user-sig'
import { HttpClient } from './http-client'
import type { MeasuredProcess } from './measured-process'

export const SDK_APP_ID = 1400000001
export const SECRET_KEY = 'a key for measuring'
/** As deployed: every request is counted against its limits, which stand where a few clients with all the load do not reach them. */
export const SERVICE_ENV = {
  SDK_APP_ID: String(SDK_APP_ID),
  SECRET_KEY,
  MAX_REQUESTS_PER_USER: '10000000',
  MAX_REQUESTS_PER_ADDRESS: '10000000',
}
const CALLS = '/weapp/multi_room'

/** One unit of work, over and over: one call, or a cycle of some. */
export type Work = () => Promise<unknown>

export interface Rates {
  /** of the runs, units a CPU-second of the server */
  readonly perCpuSecond: readonly number[]
}

const WARM_UP_MS = 800
const RUN_MS = 800
const RUNS = 7

/** Keeps the server busy with `works`, each beginning anew as soon as it is done. */
export async function rateOf(server: MeasuredProcess, works: readonly Work[]): Promise<Rates> {
  const [rates] = await ratesOf([{ server, works }])
  if (!rates) throw new Error('nothing was measured')
  return rates
}

/** The runs of several loads by turns, so that what else the machine does meets them alike. */
export async function ratesOf(
  loads: readonly { readonly server: MeasuredProcess; readonly works: readonly Work[] }[],
): Promise<Rates[]> {
  for (const { works } of loads) await runFor(works, WARM_UP_MS)
  const rates = loads.map(() => [] as number[])
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, { server, works }] of loads.entries()) {
      const before = await server.usage()
      const done = await runFor(works, RUN_MS)
      const after = await server.usage()
      rates[index]?.push((done * 1000) / (after.cpuMs - before.cpuMs))
    }
  }
  return rates.map((perCpuSecond) => ({ perCpuSecond }))
}

async function runFor(works: readonly Work[], ms: number): Promise<number> {
  const end = performance.now() + ms
  let done = 0
  const repeat = async (work: Work): Promise<void> => {
    while (performance.now() < end) {
      await work()
      done += 1
    }
  }
  await Promise.all(works.map(repeat))
  return done
}

/** A logged-in client of the public protocol. */
export class HttpUser {
  private constructor(
    readonly userID: string,
    private readonly client: HttpClient,
    private readonly token: string,
  ) {}

  static async open(port: number, userID: string): Promise<HttpUser> {
    const client = await HttpClient.open(port)
    const time = Math.floor(Date.now() / 1000)
    const userSig = makeUserSig({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, time, expire: 3600 })
    const query = new URLSearchParams({ sdkAppID: String(SDK_APP_ID), userID, userSig }).toString()
    const body = await client.send(client.request(`${CALLS}/login?${query}`, {}))
    return new HttpUser(userID, client, (JSON.parse(body) as { token: string }).token)
  }

  /** A request that can be sent again and again. */
  prepare(call: string, body: object): string {
    const query = new URLSearchParams({ userID: this.userID, token: this.token }).toString()
    return this.client.request(`${CALLS}/${call}?${query}`, body)
  }

  send(request: string): Promise<string> {
    return this.client.send(request)
  }

  call(name: string, body: object): Promise<string> {
    return this.send(this.prepare(name, body))
  }

  /** What a client does to enter a room that it may have to create. */
  async enter(roomID: string): Promise<void> {
    const { pushURL } = JSON.parse(await this.call('get_push_url', {})) as { pushURL: string }
    await this.call('add_pusher', { roomID, roomInfo: `room ${roomID}`, userName: this.userID, pushURL })
  }

  close(): void {
    this.client.close()
  }
}
