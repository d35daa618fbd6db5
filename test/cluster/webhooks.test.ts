import { verifyWebhookSign } from '../../server/src/events/webhook-signature'
import { NodeProgram } from '../support/cluster/cluster-node'
import { Participant } from '../support/cluster/participant'
import { RedisServer } from '../support/cluster/redis-server'
import { WebhookReceiver } from '../support/events/webhook-receiver'
import { until } from '../support/until'

const SECRET = 'a-secret-for-tests'
/** The other node sees that one is dead after fifteen seconds. */
const TAKE_OVER_MS = 120_000

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

it('loses no event with the node that made it: another one delivers it, with the same id and in order', async () => {
  const redis = await RedisServer.start()
  endings.push(() => redis.close())
  const receiver = await WebhookReceiver.start()
  endings.push(() => receiver.close())
  const program = new NodeProgram()
  endings.push(() => program.remove())
  const settings = { ROOMLET_WEBHOOK_URL: receiver.url, ROOMLET_WEBHOOK_SECRET: SECRET }
  const [one, two] = await program.nodes(2, redis.url, settings)
  if (!one || !two) throw new Error('no nodes')
  endings.push(() => Promise.all([one.kill(), two.kill()]))
  await one.start()
  // the receiver takes the first event and fails from then on
  receiver.answer = () => (receiver.received.length === 0 ? 200 : 500)
  const enter = async (userID: string, room: string) => {
    const person = await Participant.enter(`http://127.0.0.1:${one.port}`, userID, room)
    endings.push(() => person.close())
  }
  await enter('ann', 'r')
  await until('an event was refused', async () => receiver.received.some(({ status }) => status === 500))
  await two.start()
  await enter('bob', 'r')
  await enter('cyd', 'other')
  await one.kill()
  receiver.answer = () => 200
  const typesOf = (room: string) =>
    receiver.taken.filter(({ event }) => event.roomID === room).map(({ event }) => event)
  await until('the other node delivers', async () => typesOf('r').length >= 3, TAKE_OVER_MS)
  await until('of both rooms', async () => typesOf('other').length >= 2, TAKE_OVER_MS)
  expect(typesOf('r').slice(0, 3)).toMatchObject([
    { type: 'room.created' },
    { type: 'member.joined', userID: 'ann' },
    { type: 'member.joined', userID: 'bob' },
  ])
  expect(typesOf('other').slice(0, 2)).toMatchObject([
    { type: 'room.created' },
    { type: 'member.joined', userID: 'cyd' },
  ])
  const refused = receiver.received.find(({ status }) => status === 500)
  expect(receiver.taken.map(({ id }) => id)).toContain(refused?.id)
  for (const { headers, body } of receiver.taken) {
    expect(verifyWebhookSign({ headers, body, secret: SECRET, now: Date.now() })).toMatchObject({ ok: true })
  }
})
