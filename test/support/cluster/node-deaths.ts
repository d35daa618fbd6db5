import { setTimeout as delay } from 'node:timers/promises'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import type { ServiceProcess } from '../split/service-process'
import { until } from '../until'
import { Balancer } from './balancer'
import { CLUSTER_APP, CLUSTER_KEY, CLUSTER_ROOM_SIZE, NodeProgram } from './cluster-node'
import { Participant } from './participant'
import { RedisServer } from './redis-server'

export interface NodeDeathsPlan {
  readonly rooms: number
  readonly kills: number
  readonly killEveryMs: number
  /** Each member pauses so long between a message that was taken and the next. */
  readonly pauseMs: number
}

export interface NodeDeathsResult {
  readonly members: number
  readonly kills: number
  readonly drops: number
  readonly acknowledged: number
  readonly delivered: number
  readonly refused: readonly string[]
  /** Acknowledged and not heard by somebody in the room. */
  readonly lost: readonly string[]
  /** Heard more than once by somebody. */
  readonly doubled: readonly string[]
  /** Rooms that were closed for somebody. */
  readonly closed: readonly string[]
  /** Members that see others in their room than there are. */
  readonly wrongRosters: readonly string[]
  /** From the last death until everyone had heard everything. */
  readonly settledMs: number
}

/** Bounds against hanging, not expectations of speed. */
const SETTLE_MS = 120_000
/** Members that enter at once. */
const ENTERING = 10

/** Members of many rooms talk over two nodes, one of which is killed again and again. */
export async function nodeDeaths(plan: NodeDeathsPlan): Promise<NodeDeathsResult> {
  const redis = await RedisServer.start()
  const program = new NodeProgram()
  const nodes = await program.nodes(2, redis.url)
  const balancer = new Balancer(nodes.map(({ port }) => port))
  const members: Participant[] = []
  try {
    await Promise.all(nodes.map((node) => node.start()))
    const root = `http://127.0.0.1:${await balancer.listen()}`
    await enterAll(root, plan.rooms, members)
    const talk = new Talk(members, plan.pauseMs)
    const lastDeath = await killByTurns(nodes, plan)
    await talk.end()
    await until('everyone hears everything', async () => lostIn(members).length === 0, SETTLE_MS).catch(() => null)
    await until('all rosters are full', async () => wrongRosters(members).length === 0, SETTLE_MS).catch(() => null)
    const settledMs = performance.now() - lastDeath
    return {
      ...outcomeOf(members),
      kills: plan.kills,
      settledMs,
      wrongRosters: [...wrongRosters(members), ...(await nodesDisagree(nodes, members))],
    }
  } finally {
    for (const member of members) member.close()
    await balancer.close()
    await Promise.all(nodes.map((node) => node.kill()))
    await redis.close()
    program.remove()
  }
}

async function enterAll(root: string, rooms: number, members: Participant[]): Promise<void> {
  const names = Array.from({ length: rooms * CLUSTER_ROOM_SIZE }, (_, index) => index)
  while (names.length > 0) {
    const comers = names.splice(0, ENTERING)
    members.push(
      ...(await Promise.all(comers.map((index) => Participant.enter(root, `user${index}`, `room${index % rooms}`)))),
    )
  }
}

/** Everyone says one thing after the other. */
export class Talk {
  private isOver = false
  private readonly ended: Promise<unknown>

  constructor(
    members: readonly Participant[],
    private readonly pauseMs: number,
  ) {
    this.ended = Promise.all(members.map((member) => this.talk(member)))
  }

  /** Resolves when everything that was said has been taken or refused. */
  async end(): Promise<void> {
    this.isOver = true
    await this.ended
  }

  private async talk(member: Participant): Promise<void> {
    while (!this.isOver) {
      await member.say()
      await delay(this.pauseMs)
    }
  }
}

/** A node dies only while the other one lives. @returns when the last one died */
async function killByTurns(nodes: readonly ServiceProcess[], plan: NodeDeathsPlan): Promise<number> {
  let starting: Promise<unknown> = Promise.resolve()
  let lastDeath = 0
  for (let kill = 0; kill < plan.kills; kill += 1) {
    await Promise.all([delay(plan.killEveryMs), starting])
    const node = nodes[kill % nodes.length] as ServiceProcess
    await node.kill()
    lastDeath = performance.now()
    starting = node.start()
  }
  await starting
  return lastDeath
}

function outcomeOf(members: readonly Participant[]): Omit<NodeDeathsResult, 'kills' | 'settledMs' | 'wrongRosters'> {
  const deliveries = members.flatMap(({ received }) => [...received.values()])
  return {
    members: members.length,
    drops: members.reduce((sum, { drops }) => sum + drops, 0),
    acknowledged: members.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
    delivered: deliveries.reduce((sum, times) => sum + times, 0),
    refused: members.flatMap(({ refused }) => refused),
    lost: lostIn(members),
    doubled: members.flatMap(({ userID, received }) =>
      [...received].flatMap(([name, times]) => (times > 1 ? [`${name}: ${times} times to ${userID}`] : [])),
    ),
    closed: members.flatMap(({ userID, closed }) => (closed === null ? [] : [`${userID}: ${closed}`])),
  }
}

function lostIn(members: readonly Participant[]): string[] {
  return members.flatMap(({ userID, room, received }) =>
    members
      .filter((other) => other.room === room && other.userID !== userID)
      .flatMap(({ acknowledged }) => acknowledged.filter((name) => !received.has(name)))
      .map((name) => `${name} to ${userID}`),
  )
}

function wrongRosters(members: readonly Participant[]): string[] {
  return members
    .filter((member) => {
      const expected = members.filter(({ room, userID }) => room === member.room && userID !== member.userID)
      return expected.length !== member.others.size || expected.some(({ userID }) => !member.others.has(userID))
    })
    .map(({ userID }) => userID)
}

/** What each node says about the rooms, over HTTP, against who is in them. */
async function nodesDisagree(nodes: readonly ServiceProcess[], members: readonly Participant[]): Promise<string[]> {
  const expected = rostersOf(members.map(({ room, userID }) => ({ room, userID })))
  const told = await Promise.all(nodes.map(({ port }) => rostersAt(port)))
  return told.flatMap((rosters, index) => (rosters === expected ? [] : [`node ${index}: ${rosters}`]))
}

async function rostersAt(port: number): Promise<string> {
  const userID = 'auditor'
  const time = Math.floor(Date.now() / 1000)
  const userSig = makeUserSig({ sdkAppID: CLUSTER_APP, secretKey: CLUSTER_KEY, userID, time, expire: 3600 })
  const ask = async (call: string, query: Record<string, string>, body: object): Promise<Record<string, unknown>> => {
    const url = `http://127.0.0.1:${port}/weapp/multi_room/${call}?${new URLSearchParams(query)}`
    return (await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<string, unknown>
  }
  const { token } = await ask('login', { userID, userSig, sdkAppID: String(CLUSTER_APP) }, {})
  const { rooms } = await ask('get_room_list', { userID, token: String(token) }, { cnt: 100 })
  const listed = rooms as { roomID: string; pushers: { userID: string }[] }[]
  return rostersOf(
    listed.flatMap(({ roomID: room, pushers }) => pushers.map(({ userID: of }) => ({ room, userID: of }))),
  )
}

function rostersOf(people: readonly { readonly room: string; readonly userID: string }[]): string {
  return people
    .map(({ room, userID }) => `${room}/${userID}`)
    .sort()
    .join(' ')
}
