import type { RoomError } from '../../../src/errors'
import { PLAYER_METHODS } from '../../../src/media/player-methods'
import type { Player } from '../../../src/media/player'
import type { Publisher } from '../../../src/media/publisher'
import { PUBLISHER_METHODS } from '../../../src/media/publisher-methods'
import { openPublisherPage } from '../../support/publisher-page'

/** Compiles only while the platform's typings have no method that is missing here. */
type Missing =
  | Exclude<keyof WechatMiniprogram.LivePusherContext, keyof Publisher>
  | Exclude<keyof WechatMiniprogram.LivePlayerContext, keyof Player>
const missing: [Missing] extends [never] ? 'none' : Missing = 'none'

type Method = (options?: object) => Promise<unknown>

const NAMES = Object.keys(PUBLISHER_METHODS)
const BY_CALLBACKS = NAMES.filter((name) => PUBLISHER_METHODS[name as keyof typeof PUBLISHER_METHODS] === 'options')

const methodOf = (publisher: Publisher, name: string): Method => publisher[name as keyof Publisher] as Method

it('has every method of both contexts', () => {
  expect(missing).toBe('none')
  expect(NAMES).toEqual(expect.arrayContaining(['startDumpAudio', 'stopDumpAudio', 'startAudioRecord']))
  expect(Object.keys(PLAYER_METHODS)).toContain('requestPictureInPicture')
})

describe.each(BY_CALLBACKS)('%s', (name) => {
  it('reaches the tag with its options, and answers by promise and callbacks', async () => {
    const { clock, tag, publisher } = openPublisherPage()
    const told: unknown[] = []
    const result = { errMsg: `${name}:ok`, tempImagePath: 'wxfile://1' }
    tag.results.set(name, result)
    const answer = methodOf(
      publisher,
      name,
    )({
      quality: 'raw',
      success: (value: unknown) => told.push('success', value),
      fail: () => told.push('fail'),
      complete: (value: unknown) => told.push('complete', value),
    })
    await expect(clock.settle(answer)).resolves.toBe(result)
    expect(told).toEqual(['success', result, 'complete', result])
    expect(tag.records).toMatchObject([{ name, args: [{ quality: 'raw' }] }])
  })

  it('hands on what the tag refuses with', async () => {
    const { clock, tag, publisher } = openPublisherPage()
    const told: unknown[] = []
    tag.refusals.set(name, `${name}:fail not now`)
    const answer = methodOf(
      publisher,
      name,
    )({
      success: () => told.push('success'),
      fail: ({ errMsg }: { errMsg: string }) => told.push(errMsg),
      complete: ({ error }: { error: RoomError }) => told.push(error.code),
    })
    await expect(clock.settle(answer)).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: `${name}:fail not now`,
      cause: { errMsg: `${name}:fail not now` },
    })
    expect(told).toEqual([`${name}:fail not now`, 'NOT_SUPPORTED'])
  })
})

it.each(NAMES)('%s says by a code that this version of WeChat lacks it', async (name) => {
  const { publisher } = openPublisherPage({ context: { start: () => undefined, stop: () => undefined } })
  const told: string[] = []
  const fail = ({ error }: { error: RoomError }) => told.push(error.code)
  await expect(methodOf(publisher, name)({ fail })).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: expect.stringContaining(name) as string,
  })
  expect(told).toEqual(['NOT_SUPPORTED'])
})

it('answers with what a method without callbacks returns', async () => {
  const { tag, publisher } = openPublisherPage()
  const canvas = { width: 300 }
  tag.results.set('createOffscreenCanvas', canvas)
  await expect(publisher.createOffscreenCanvas({ type: 'webgl' })).resolves.toBe(canvas)
  const listener = (): void => undefined
  await publisher.onCustomRendererEvent('frame', listener)
  expect(tag.records).toEqual([
    { name: 'createOffscreenCanvas', args: [{ type: 'webgl' }] },
    { name: 'onCustomRendererEvent', args: ['frame', listener] },
  ])
})

it('is bound: a method may be handed on as it is', async () => {
  const { clock, tag, publisher } = openPublisherPage()
  const { switchCamera, toggleTorch } = publisher
  await clock.settle(Promise.all([switchCamera(), toggleTorch()]))
  expect(tag.calls).toEqual(['switchCamera', 'toggleTorch'])
})

it('calls the tag as its own method, and turns what it throws into a rejection', async () => {
  const context = {
    factor: 4,
    start: () => undefined,
    stop: () => undefined,
    getMaxZoom(options: { success(result: object): void }) {
      options.success({ maxZoom: this.factor })
    },
    setZoom() {
      throw new TypeError('zoom is not a number')
    },
  }
  const { publisher } = openPublisherPage({ context })
  await expect(publisher.getMaxZoom()).resolves.toEqual({ maxZoom: 4 })
  await expect(publisher.setZoom({ zoom: 2 })).rejects.toMatchObject({ message: 'zoom is not a number' })
})

it('tells a permission that the user has refused from other refusals', async () => {
  const { clock, tag, publisher } = openPublisherPage()
  tag.refusals.set('startPreview', 'startPreview:fail auth deny')
  await expect(clock.settle(publisher.startPreview())).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
})

it('says so when there is no tag on the page', async () => {
  const { page, publisher } = openPublisherPage()
  page.hasTag = false
  await expect(publisher.snapshot()).rejects.toMatchObject({ code: 'BAD_CONFIG' })
})

it('leaves no unhandled rejection behind when nobody looks', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    const { clock, tag, publisher } = openPublisherPage()
    tag.refusals.set('playBGM', 'playBGM:fail')
    void publisher.playBGM({ url: 'https://music' })
    void publisher.start()
    void publisher.stop()
    publisher.destroy()
    void publisher.snapshot()
    await clock.advance(1_000)
  } finally {
    process.off('unhandledRejection', note)
  }
  expect(unhandled).toEqual([])
})

it('logs the mistake of a callback, and answers all the same', async () => {
  const { clock, platform, publisher } = openPublisherPage()
  const answer = publisher.pauseBGM({
    success: () => {
      throw new Error('of the page')
    },
  })
  await expect(clock.settle(answer)).resolves.toEqual({ errMsg: 'pauseBGM:ok' })
  expect(platform.logs).toMatchObject([{ level: 'error', message: 'A callback of the page threw' }])
})
