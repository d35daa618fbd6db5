import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type * as Direct from '../../src/provider/direct/direct'
import type { DirectConfig } from '../../src/provider/direct/direct'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { registerComponent, render } from '../support/simulate'
import type { Rendered } from '../support/simulate'
import { until } from '../support/until'

const ROOT = resolve(__dirname, '../..')
const BUILD_TIMEOUT_MS = 60_000

let folder: string
let native: NativeCalls
let room: Rendered | null = null

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomlet-scripts-'))
  execFileSync(process.execPath, ['--import', 'tsx', 'test/support/write-scripts.ts', folder], { cwd: ROOT })
}, BUILD_TIMEOUT_MS)
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => {
  native = fakeNativeContexts({ publisher: ['toggleTorch'] })
})
afterEach(() => {
  room?.detach()
  room = null
  native.restore()
})

/** As a mini program finds it: what has been built, minified names and all. */
function required(path: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the build knows its files
  return require(join(folder, path))
}

const CONFIG: DirectConfig = {
  userID: 'mei',
  pushUrl: () => Promise.resolve('rtmp://media.test/live/mei'),
  members: () => Promise.resolve([{ userID: 'ann', playUrl: 'rtmp://media.test/live/ann' }]),
}

const wxPlayer = (rendered: Rendered) => rendered.querySelector('#player-0')?.instance.data.src as string | undefined

test.each(['rtc-room', 'webrtc-room'])(
  'a built %s joins, plays, comes back after a break and controls its devices',
  async (name) => {
    const { direct, registerProvider } = required('direct.js') as typeof Direct
    registerProvider(direct, CONFIG)
    const path = `${name}/${name}`
    const id = registerComponent(path, () => void required(`components/${path}.js`))
    const rendered = render(id, { provider: 'direct', roomId: '7', autoplay: true })
    room = rendered
    const tags: string[] = []
    rendered.addEventListener('onRoomEvent', ({ detail }) => tags.push(detail.tag as string))

    await expect(rendered.instance.start()).resolves.toEqual({ roomId: '7', roomName: '', creator: '' })
    await until('the player', () => Promise.resolve(wxPlayer(rendered)))
    expect(wxPlayer(rendered)).toBe('rtmp://media.test/live/ann')
    await until('the start', () => Promise.resolve(native.calls.includes('publisher.start')))

    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: 1002 })
    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: -1307 })
    await until('the restart', () =>
      Promise.resolve(native.calls.at(-1) === 'publisher.start' && tags.includes('reconnecting')),
    )
    rendered.querySelector('#publisher')?.instance.triggerEvent('statechange', { code: 1002 })
    await until('the recovery', () => Promise.resolve(tags.includes('reconnected')))

    await rendered.instance.toggleTorch()
    expect(native.calls.at(-1)).toBe('publisher.toggleTorch')
    await rendered.instance.stop()
    expect(rendered.instance.data.view.phase).toBe('closed')
  },
)

test('a built live-room refuses an audience without a room, by its own number', async () => {
  const id = registerComponent('live-room/live-room', () => void required('components/live-room/live-room.js'))
  const rendered = render(id, { role: 'audience' })
  room = rendered
  const told: unknown[] = []
  rendered.addEventListener('onRoomEvent', ({ detail }) => told.push([detail.tag, detail.code, detail.error.code]))
  await expect(rendered.instance.start()).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  expect(told).toEqual([['error', -9003, 'BAD_PARAMETER']])
})
