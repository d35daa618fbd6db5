import { createNginxRtmpControl } from '../../server/src/media/nginx-rtmp-control'
import { RedisStore } from '../../server/src/store/redis/redis-store'
import { hasFfmpeg } from '../setup/ffmpeg'
import { nginxRtmpModule } from '../setup/nginx-rtmp'
import { RedisServer } from '../support/cluster/redis-server'
import { Encoder } from '../support/media/encoder'
import { NginxRtmp } from '../support/media/nginx-rtmp'
import { freePorts } from '../support/split/service-process'
import { until } from '../support/until'
import { startService, type LiveService } from '../server/support/live-service'

const SECRET = 'known-to-the-media-server'
/** Somebody else may take a free port before nginx does. */
const PORT_TRIES = 5

let redis: RedisServer
let one: LiveService
let two: LiveService
let nginx: NginxRtmp
let heard: string[]
const encoders: Encoder[] = []

async function startNode(rtmpPort: number, control: string): Promise<LiveService> {
  const store = new RedisStore({ url: redis.url, leaseMs: 600_000 })
  await store.ready()
  const mediaServers = [createNginxRtmpControl({ baseUrl: control })]
  return startService({ store, rtmpPort, hookSecret: SECRET, mediaServers })
}

/** Two nodes, and an nginx that asks the second one. */
async function setUp(tries = PORT_TRIES): Promise<void> {
  const [rtmp = 0, http = 0] = await freePorts(2)
  const control = `http://127.0.0.1:${http}/control`
  ;[one, two] = [await startNode(rtmp, control), await startNode(rtmp, control)]
  try {
    nginx = await NginxRtmp.start({ rtmp, http }, `http://127.0.0.1:${two.port}/hooks/nginx-rtmp/${SECRET}`)
  } catch (error) {
    await Promise.all([one.close(), two.close()])
    if (tries <= 1 || !String(error).includes('in use')) throw error
    return setUp(tries - 1)
  }
  heard = []
  for (const node of [one, two]) {
    node.service.gate.onStream(({ type, userID }) => heard.push(`${type} ${userID}`))
  }
}

beforeEach(async () => {
  if (!canRun) return
  redis = await RedisServer.start()
  await setUp()
})
afterEach(async () => {
  if (!canRun) return
  await Promise.all(encoders.splice(0).map((encoder) => encoder.close()))
  await nginx.close()
  await Promise.all([one.close(), two.close()])
  await redis.close()
})

const canRun = hasFfmpeg() && nginxRtmpModule() !== null
const testWithNginx = canRun ? test : test.skip

function encode(url: string): Encoder {
  const encoder = new Encoder(url)
  encoders.push(encoder)
  return encoder
}
const isLive = (stream: string) =>
  until(`${stream} is published`, async () => (await nginx.publishing()).includes(stream))

testWithNginx('lets the owner publish, and refuses forged and foreign URLs', async () => {
  const ann = await one.connect('ann')
  const { pushURL } = await ann.join('r')
  for (const url of [pushURL.replace(/s=..../, 's=AAAA'), pushURL.replace('ann_main', 'bob_main')]) {
    await encode(url).ended
    expect(await nginx.publishing()).toEqual([])
  }
  expect(heard).toEqual([])
  encode(pushURL)
  await isLive('r.ann_main')
  expect(heard).toEqual(['started ann'])
})

testWithNginx('cuts a guest that is kicked on another node, and refuses the old URL', async () => {
  const live = (role: 'anchor' | 'audience') => ({ kind: 'live_room', role }) as const
  const [pat, ann] = [await one.connect('pat'), await one.connect('ann')]
  encode((await pat.join('r', live('anchor'))).pushURL)
  await ann.join('r', live('audience'))
  await ann.call('linkMic', { room: 'r', action: 'request' })
  await pat.call('linkMic', { room: 'r', action: 'accept', userID: 'ann' })
  const { pushURL } = await ann.call('publishUrl', { room: 'r' })
  const kicked = encode(pushURL)
  await isLive('r.ann_main')
  await isLive('r.pat_main')
  await pat.call('linkMic', { room: 'r', action: 'kick', userID: 'ann' })
  await kicked.ended
  await encode(pushURL).ended
  await until('the end was told', async () => heard.includes('stopped ann'))
  expect(await nginx.publishing()).toEqual(['r.pat_main'])
  expect(heard.filter((each) => each.endsWith('ann'))).toEqual(['started ann', 'stopped ann'])
})

testWithNginx('cuts whoever logs out, and lets the same user publish after another login', async () => {
  const ann = await one.connect('ann')
  const { pushURL } = await ann.join('r')
  const encoder = encode(pushURL)
  await isLive('r.ann_main')
  await ann.call('logout', {})
  await encoder.ended
  await encode(pushURL).ended
  const again = await two.connect('ann')
  encode((await again.join('r')).pushURL)
  await isLive('r.ann_main')
  expect(heard).toEqual(['started ann', 'stopped ann', 'started ann'])
})
