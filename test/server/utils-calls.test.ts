import { startService, type LiveService } from './support/live-service'

let live: LiveService
afterEach(() => live.close())

/** Asks the gate about a URL as a media server would. */
function gateOf(url: unknown, action: 'publish' | 'play') {
  const { pathname, searchParams } = new URL(url as string)
  return live.service.gate.check(action, pathname.replace('/live/', '').replace(/\.flv$/, ''), searchParams)
}

it('in demo mode gives out a login that works', async () => {
  live = await startService({ demo: true })
  const { body } = await live.get('utils/get_login_info?userID=ann')
  expect(body).toMatchObject({ code: 0, sdkAppID: 1400000000, accType: '', userID: 'ann' })
  const query = new URLSearchParams({ sdkAppID: String(body.sdkAppID), userID: 'ann', userSig: body.userSig as string })
  expect((await live.post(`multi_room/login?${query}`)).body).toMatchObject({ code: 0, userID: 'ann' })
})

it('in demo mode makes up a user for those who name none', async () => {
  live = await startService({ demo: true })
  const names = [await live.get('utils/get_login_info'), await live.get('utils/get_login_info')].map(
    (answer) => answer.body.userID as string,
  )
  expect(names[0]).toMatch(/^user_/)
  expect(names[1]).not.toBe(names[0])
})

it('gives test URLs that the gate lets through', async () => {
  live = await startService({ demo: true })
  const urls = (await live.get('utils/get_test_pushurl?userID=ann')).body
  const { url_rtmpacc } = (await live.get('utils/get_test_rtmpaccurl?userID=ann')).body
  const granted = { ok: true, roomID: 'test', userID: 'ann', kind: 'main' }
  expect(await gateOf(urls.url_push, 'publish')).toEqual(granted)
  for (const url of [urls.url_play_rtmp, urls.url_play_acc, urls.url_play_flv, url_rtmpacc]) {
    expect(await gateOf(url, 'play')).toEqual(granted)
  }
  expect(urls.url_play_hls).toBe('')
})

it('gives test URLs to logged-in users only, for their own stream, outside demo mode', async () => {
  live = await startService()
  expect((await live.get('utils/get_test_pushurl?userID=ann')).body).toMatchObject({ code: 7 })
  const { body } = await live.get(`utils/get_test_pushurl?${await live.loginOverHttp('ann')}`)
  expect(await gateOf(body.url_push, 'publish')).toMatchObject({ ok: true, userID: 'ann' })
})
