import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createNginxRtmpControl } from '../../server/src/media/nginx-rtmp-control'
import { createSrsApi } from '../../server/src/media/srs-api'
import type { StreamChange } from '../../server/src/media/stream-change'
import { until } from '../support/until'
import { startService, type LiveService } from './support/live-service'

const SECRET = 'known-to-the-media-server'

/** Stands for the HTTP API of a media server, and says what it was asked. */
class ApiStandIn {
  readonly asked: string[] = []
  answer: { status: number; body: string } = { status: 200, body: '{"code":0}' }
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
    response.writeHead(this.answer.status).end(this.answer.body)
  })

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}

let live: LiveService
let srs: ApiStandIn
let nginx: ApiStandIn
let heard: string[]

beforeEach(async () => {
  ;[srs, nginx] = [new ApiStandIn(), new ApiStandIn()]
  const mediaServers = [
    createSrsApi({ baseUrl: `http://admin:p%40ss@${await srs.listen()}` }),
    createNginxRtmpControl({ baseUrl: `http://${await nginx.listen()}/control/` }),
  ]
  live = await startService({ hookSecret: SECRET, mediaServers })
  heard = []
  live.service.gate.onStream(({ type, roomID, userID }: StreamChange) => heard.push(`${type} ${roomID} ${userID}`))
})
afterEach(async () => {
  await live.close()
  srs.close()
  nginx.close()
})

const post = async (path: string, body: string, type = 'application/json') => {
  const url = `http://127.0.0.1:${live.port}/hooks/${path}`
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })
  return { status: answer.status, text: await answer.text() }
}
/** As SRS 5 sends it. */
const askSrs = (action: string, url: string, more: object = {}, secret = SECRET) => {
  const { pathname, search } = new URL(url)
  const hook = {
    server_id: 'vid-k21d7y2',
    service_id: '9n0b2k30',
    action,
    client_id: '7q21n3l4',
    ip: '172.17.0.1',
    vhost: '__defaultVhost__',
    app: 'live',
    tcUrl: 'rtmp://rooms.test/live',
    stream: pathname.replace('/live/', '').replace(/\.flv$/, ''),
    param: search,
    stream_url: '/live/livestream',
    stream_id: 'vid-0n9zoz3',
    ...more,
  }
  return post(`srs/${secret}`, JSON.stringify(hook))
}
/** As the module sends it, the client's own parameters last. */
const askNginx = (call: string, url: string, { query = '', client = '3', app = 'live' } = {}) => {
  const { pathname, search } = new URL(url)
  const own = `app=${app}&flashver=FMLE/3.0&swfurl=&tcurl=rtmp%3A//rooms.test/live&pageurl=&addr=127.0.0.1&clientid=${client}`
  const name = pathname.replace('/live/', '')
  const body = `${own}&call=${call}&name=${name}&type=live&${search.slice(1)}${query}`
  return post(`nginx-rtmp/${SECRET}`, body, 'application/x-www-form-urlencoded')
}
const enter = async (userID: string) => {
  const client = await live.connect(userID)
  const { pushURL } = await client.join('r')
  return { client, pushURL }
}
const LET_IN = { status: 200, text: '{"code":0}' }

describe('SRS', () => {
  it('is answered 0 for the owner of a stream, and another status for everyone else', async () => {
    const { pushURL } = await enter('ann')
    expect(await askSrs('on_publish', pushURL)).toEqual(LET_IN)
    const forged = pushURL.replace(/s=..../, 's=AAAA')
    expect(await askSrs('on_publish', forged)).toEqual({
      status: 403,
      text: '{"code":403,"message":"The URL is foreign"}',
    })
    expect((await askSrs('on_publish', pushURL.replace('ann_main', 'bob_main'))).status).toBe(403)
    expect((await askSrs('on_publish', pushURL, { app: 'other' })).status).toBe(403)
    expect((await askSrs('on_publish', pushURL, { param: '' })).status).toBe(403)
    expect(await askSrs('on_unpublish', pushURL)).toEqual(LET_IN)
    expect(heard).toEqual(['started r ann', 'stopped r ann'])
  })

  it('lets whoever has a play URL play, and nobody publish with it', async () => {
    const { client } = await enter('ann')
    const bob = await live.connect('bob')
    const { members } = await bob.join('r')
    const url = members[0]?.playURL ?? ''
    expect(await askSrs('on_play', url)).toEqual(LET_IN)
    expect(await askSrs('on_stop', url)).toEqual(LET_IN)
    expect((await askSrs('on_publish', url)).status).toBe(403)
    const { pushURL } = await client.call('publishUrl', { room: 'r' })
    expect((await askSrs('on_play', pushURL)).status).toBe(403)
    expect(heard).toEqual([])
  })

  it('is told to cut the client whose member has gone, again until it says that it has', async () => {
    const { client, pushURL } = await enter('ann')
    await askSrs('on_publish', pushURL)
    srs.answer = { status: 500, body: '' }
    await client.call('leave', { room: 'r' })
    // Basic of admin:p@ss
    const cut = 'DELETE /api/v1/clients/7q21n3l4 Basic YWRtaW46cEBzcw=='
    await until('SRS was asked twice', async () => srs.asked.length >= 2)
    srs.answer = { status: 200, body: '{"code":0}' }
    expect(new Set(srs.asked)).toEqual(new Set([cut]))
    await askSrs('on_unpublish', pushURL)
    expect(heard).toEqual(['started r ann', 'stopped r ann'])
    expect((await askSrs('on_publish', pushURL)).text).toContain('revoked')
  })

  it('takes the numbers that old versions have for ids, and refuses what is no hook', async () => {
    const { pushURL } = await enter('ann')
    expect(await askSrs('on_publish', pushURL, { client_id: 1985 })).toEqual(LET_IN)
    expect((await askSrs('on_publish', pushURL, { client_id: {} })).status).toBe(400)
    expect((await askSrs('on_something', pushURL)).status).toBe(400)
    for (const body of ['', 'not json', '[]', '{"action":7}', '{"__proto__":{"action":"on_publish"}}']) {
      expect((await post(`srs/${SECRET}`, body)).status).toBe(400)
    }
    expect((await post(`srs/${SECRET}`, 'x'.repeat(20_000))).status).toBe(413)
  })

  it.each(['wrong', `${SECRET}x`, SECRET.slice(1), encodeURIComponent('../srs')])(
    'is not believed with the secret "%s"',
    async (secret) => {
      const { pushURL } = await enter('ann')
      const answer = await askSrs('on_publish', pushURL, {}, secret)
      expect(answer).toEqual({ status: 403, text: '{"code":403,"message":"This is for media servers"}' })
      expect(heard).toEqual([])
    },
  )
})

describe('nginx-rtmp', () => {
  it('is answered a 2xx for the owner of a stream, and a 4xx for everyone else', async () => {
    const { pushURL } = await enter('ann')
    expect((await askNginx('publish', pushURL)).status).toBe(200)
    expect((await askNginx('publish', pushURL.replace(/s=..../, 's=AAAA'))).status).toBe(403)
    expect((await askNginx('publish', pushURL, { app: 'other' })).status).toBe(403)
    expect((await askNginx('update_publish', pushURL)).status).toBe(200)
    expect((await askNginx('publish_done', pushURL)).status).toBe(200)
    expect((await askNginx('unheard_of', pushURL)).status).toBe(400)
    expect(heard).toEqual(['started r ann', 'stopped r ann'])
  })

  it('refuses a client that says again, in its URL, what only the server may say', async () => {
    const { pushURL } = await enter('ann')
    const stolen = pushURL.replace('ann_main', 'bob_main')
    for (const query of ['&name=r.ann_main', '&call=play_done', '&clientid=7', '&app=live', '&addr=10.0.0.1']) {
      expect((await askNginx('publish', stolen, { query })).status).toBe(403)
      expect((await askNginx('publish', pushURL, { query })).status).toBe(403)
    }
  })

  it('is told to drop the publisher whose member has gone, and that one only', async () => {
    const { client, pushURL } = await enter('ann')
    await askNginx('publish', pushURL, { client: '41' })
    nginx.answer = { status: 200, body: '1' }
    await client.call('leave', { room: 'r' })
    await until('nginx was asked', async () => nginx.asked.length > 0)
    expect(nginx.asked[0]).toBe('GET /control/drop/publisher?app=live&name=r.ann_main&clientid=41')
    expect((await askNginx('update_publish', pushURL)).status).toBe(403)
    await askNginx('publish_done', pushURL, { client: '41' })
    expect(srs.asked).toEqual([])
  })
})

it('is heard by whoever is told of room events', async () => {
  const told: string[] = []
  const deliver = async (event: { type: string; userID?: string }): Promise<void> =>
    void told.push(`${event.type} ${event.userID ?? ''}`)
  const other = await startService({ hookSecret: SECRET, destinations: [{ name: 'test', deliver }] })
  const client = await other.connect('ann')
  const { pushURL } = await client.join('r')
  const { pathname, search } = new URL(pushURL)
  const stream = pathname.replace('/live/', '')
  for (const action of ['on_publish', 'on_unpublish']) {
    const hook = { action, client_id: '1', app: 'live', stream, param: search }
    const url = `http://127.0.0.1:${other.port}/hooks/srs/${SECRET}`
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(hook) })).status).toBe(200)
  }
  await until('both were told', async () => told.includes('stream.stopped ann'))
  expect(told.filter((each) => each.startsWith('stream.'))).toEqual(['stream.started ann', 'stream.stopped ann'])
  await other.close()
})

it('has no hooks without a secret', async () => {
  const plain = await startService()
  const answer = await fetch(`http://127.0.0.1:${plain.port}/hooks/srs/`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(404)
  await plain.close()
})

describe('a client of the HTTP protocol', () => {
  const SHORTLY = { roomID: 'h' }
  const pushed = async (query: string) =>
    (await live.post(`multi_room/get_push_url?${query}`, SHORTLY)).body.pushURL as string
  const add = (query: string, pushURL: string) =>
    live.post(`multi_room/add_pusher?${query}`, { ...SHORTLY, pushURL, userName: '', userAvatar: '' })

  it('publishes before it enters the room, until it leaves', async () => {
    const query = await live.loginOverHttp('ann')
    await add(await live.loginOverHttp('bob'), await pushed(await live.loginOverHttp('bob')))
    const pushURL = await pushed(query)
    expect(await askSrs('on_publish', pushURL)).toEqual(LET_IN)
    expect((await add(query, pushURL)).body.code).toBe(0)
    await live.post(`multi_room/delete_pusher?${query}`, SHORTLY)
    await until('SRS was asked', async () => srs.asked.length > 0)
    expect((await askSrs('on_publish', pushURL)).text).toContain('revoked')
    expect(await askSrs('on_publish', await pushed(query))).toEqual(LET_IN)
  })

  it('publishes no longer than its login', async () => {
    const query = await live.loginOverHttp('ann')
    const pushURL = await pushed(query)
    await askSrs('on_publish', pushURL)
    await live.post(`multi_room/logout?${query}`)
    await until('SRS was asked', async () => srs.asked.length > 0)
    expect((await askSrs('on_publish', pushURL)).text).toContain('revoked')
  })

  it('cannot name a seat that nobody signed', async () => {
    const ann = await live.loginOverHttp('ann')
    const bob = await live.loginOverHttp('bob')
    const victim = await pushed(ann)
    await add(ann, victim)
    const { searchParams } = new URL(victim)
    const stolen = (await pushed(bob)).replace(/k=[^&]*/, `k=${searchParams.get('k')}`)
    expect((await add(bob, stolen)).body.code).toBe(0)
    await live.post(`multi_room/delete_pusher?${bob}`, SHORTLY)
    expect(await askSrs('on_publish', victim)).toEqual(LET_IN)
  })
})
