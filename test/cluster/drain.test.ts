import { Balancer } from '../support/cluster/balancer'
import { NodeProgram } from '../support/cluster/cluster-node'
import { Talk } from '../support/cluster/node-deaths'
import { Participant } from '../support/cluster/participant'
import { RedisServer } from '../support/cluster/redis-server'
import type { ServiceProcess } from '../support/split/service-process'
import { until } from '../support/until'

const ROOMS = ['r0', 'r1', 'r2']
const USERS = ['ann', 'bob', 'cyd', 'dan']
/** On a machine that is busy with other things; a bound against hanging. */
const SETTLE_MS = 120_000

/** Within the limits of one user. */
const PAUSE_MS = 200

let program: NodeProgram
const endings: (() => unknown)[] = []
beforeAll(() => {
  program = new NodeProgram()
})
afterAll(() => program.remove())
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function start(count: number, redisUrl: string): Promise<{ nodes: ServiceProcess[]; people: Participant[] }> {
  const nodes = await program.nodes(count, redisUrl)
  const balancer = new Balancer(nodes.map(({ port }) => port))
  for (const node of nodes) endings.push(() => node.kill())
  endings.push(() => balancer.close())
  await Promise.all(nodes.map((node) => node.start()))
  const root = `http://127.0.0.1:${await balancer.listen()}`
  const entering = ROOMS.flatMap((room) => USERS.map((user) => Participant.enter(root, `${user} of ${room}`, room)))
  const people = await Promise.all(entering)
  for (const person of people) endings.push(() => person.close())
  await until('all rosters are full', async () => people.every(({ others }) => others.size === USERS.length - 1))
  return { nodes, people }
}

const heardAll = (people: readonly Participant[]): boolean =>
  people.every((person) =>
    people
      .filter(({ room, userID }) => room === person.room && userID !== person.userID)
      .every(({ acknowledged }) => acknowledged.every((name) => person.received.get(name) === 1)),
  )

it('moves the members of a node that is asked to end to the other one, and nothing that was acknowledged is lost', async () => {
  const redis = await RedisServer.start()
  endings.push(() => redis.close())
  const { nodes, people } = await start(2, redis.url)
  const talk = new Talk(people, PAUSE_MS)
  expect(await nodes[0]?.terminate()).toBe(0)
  await until('all are back', async () => people.every(({ isOnline }) => isOnline), SETTLE_MS)
  await talk.end()
  await until('all have heard everything once', async () => heardAll(people), SETTLE_MS)
  await until('rosters are full', async () => people.every(({ others }) => others.size === 3), SETTLE_MS)
  const moved = people.filter(({ drops }) => drops > 0)
  expect(moved.length).toBeGreaterThan(0)
  expect(people.map(({ closed, refused, gaveUp }) => [closed, refused, gaveUp])).toEqual(
    people.map(() => [null, [], false]),
  )
})

it('brings the members of the only node back when it is there again, with their rooms', async () => {
  const { nodes, people } = await start(1, '')
  expect(await nodes[0]?.terminate()).toBe(0)
  expect(people.every(({ drops }) => drops > 0)).toBe(true)
  await nodes[0]?.start()
  await until('all are back', async () => people.every(({ isOnline }) => isOnline), SETTLE_MS)
  await until('rosters are full', async () => people.every(({ others }) => others.size === 3), SETTLE_MS)
  await Promise.all(people.map((person) => person.say()))
  await until('all hear each other', async () => heardAll(people), SETTLE_MS)
  expect(people.map(({ closed, refused, gaveUp }) => [closed, refused, gaveUp])).toEqual(
    people.map(() => [null, [], false]),
  )
})
