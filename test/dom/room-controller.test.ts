import { RTC_ROOM_ERROR_NUMBERS } from '../../components/rtc-room/error-numbers'
import { rtcRoomSettings } from '../../components/rtc-room/props'
import type { RtcRoomProperties } from '../../components/rtc-room/props'
import { RoomController } from '../../components/shared/room-controller'
import { createDefaultPolicy } from '../../src/room/default-policy'
import { RoomSession } from '../../src/room/room-session'
import { deferred } from '../../src/util/deferred'
import type { Deferred } from '../../src/util/deferred'
import { createFakePlatform } from '../support/fake-platform'
import { createFakeProvider, joinResultOf, memberOf } from '../support/fake-provider'
import { VirtualClock } from '../support/virtual-clock'

function setUp() {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const provider = createFakeProvider()
  const page = {
    properties: {} as RtcRoomProperties,
    commits: [] as Record<string, unknown>[],
    seats: [] as number[],
    screen: [] as boolean[],
    permit: () => Promise.resolve(),
  }
  const controller = new RoomController(
    {
      settings: () => rtcRoomSettings(page.properties),
      commit: (changes, done) => {
        page.commits.push(changes)
        done()
      },
      trigger: () => undefined,
      warn: () => undefined,
      permit: () => page.permit(),
      keepScreenOn: (isInCall) => {
        if (isInCall !== (page.screen.at(-1) ?? false)) page.screen.push(isInCall)
      },
      publisher: () => null,
      player: () => null,
    },
    {
      createSession: (host, seats) => {
        page.seats.push(seats)
        const policy = createDefaultPolicy(platform)
        return new RoomSession({ platform, provider, providerConfig: {}, policy, host, seats })
      },
      errorNumbers: RTC_ROOM_ERROR_NUMBERS,
    },
    rtcRoomSettings({}),
  )
  const set = (properties: RtcRoomProperties): void => {
    page.properties = properties
    controller.update()
  }
  return { clock, platform, provider, page, controller, set }
}

test('a start() before ready waits for it', async () => {
  const { clock, provider, controller } = setUp()
  void controller.start()
  await clock.advance(0)
  expect(provider.sessions).toHaveLength(0)
  controller.markReady()
  await clock.advance(0)
  expect(provider.sessions).toHaveLength(1)
})

test('a microphone or camera that is switched while a start() waits is joined with as it is then', async () => {
  const { clock, provider, controller, set } = setUp()
  void controller.start()
  set({ muted: true, enableCamera: false })
  controller.markReady()
  await clock.advance(0)
  expect(provider.sessions[0]?.requests).toMatchObject([{ audio: false, video: false }])
})

test('a stop() before ready takes the start() back for good', async () => {
  const { clock, provider, controller } = setUp()
  const started = controller.start()
  await controller.stop()
  controller.markReady()
  await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
  await clock.advance(0)
  expect(provider.sessions).toHaveLength(0)
})

test('a stop() takes the start() back in whichever moment it comes', async () => {
  for (let moments = 0; moments < 20; moments += 1) {
    const { clock, controller } = setUp()
    controller.markReady()
    await clock.advance(0)
    const started = controller.start()
    for (let moment = 0; moment < moments; moment += 1) await Promise.resolve()
    started.catch(() => undefined)
    await controller.stop()
    await clock.advance(0)
    expect([moments, controller.room.phase]).toEqual([moments, expect.stringMatching(/^(idle|closed)$/)])
    await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
  }
})

test('the late answer to a question that a stop() took back leaves the next question alone', async () => {
  const { clock, controller, page } = setUp()
  const questions: Deferred<void>[] = []
  page.permit = () => {
    const question = deferred<void>()
    questions.push(question)
    return question.promise
  }
  controller.markReady()
  controller.permit().catch(() => undefined)
  await controller.stop()
  const second = controller.permit()
  questions[0]?.resolve()
  await clock.advance(0)
  const third = controller.permit()
  expect(questions).toHaveLength(2)
  questions[1]?.resolve()
  await Promise.all([second, third])
})

test('a start() whose component leaves before ready ends as CANCELLED', async () => {
  const { controller } = setUp()
  const started = controller.start()
  controller.dispose()
  await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('what is asked for before ready happens in its order', async () => {
  const { clock, provider, controller } = setUp()
  void controller.start()
  const active = controller.whenActive()
  controller.markReady()
  await clock.advance(0)
  expect(provider.sessions).toHaveLength(1)
  expect((await active).room.phase).toBe('joining')
})

test('without a start() there is nobody to talk to', async () => {
  const { controller } = setUp()
  const active = controller.whenActive()
  controller.markReady()
  await expect(active).rejects.toMatchObject({ code: 'NOT_MEMBER' })
})

describe('the screen', () => {
  test('stays on from the start of a call to its end', async () => {
    const { clock, controller, page } = setUp()
    controller.markReady()
    void controller.start().catch(() => undefined)
    await clock.advance(0)
    expect(page.screen).toEqual([true])
    await controller.stop()
    expect(page.screen).toEqual([true, false])
  })

  test('is given back when the component leaves in a call', async () => {
    const { clock, controller, page } = setUp()
    controller.markReady()
    void controller.start().catch(() => undefined)
    await clock.advance(0)
    controller.dispose()
    expect(page.screen).toEqual([true, false])
  })

  test('is given back when the server ends the call', async () => {
    const { clock, provider, controller, page } = setUp()
    controller.markReady()
    void controller.start()
    await clock.advance(0)
    provider.sessions[0]?.joins[0]?.resolve(joinResultOf(memberOf('ann')))
    await clock.advance(0)
    provider.sessions[0]?.events.emit('closed', 'destroyed')
    expect(page.screen).toEqual([true, false])
  })

  test('is left alone without a call', () => {
    const { controller, page } = setUp()
    controller.markReady()
    controller.dispose()
    expect(page.screen).toEqual([])
  })
})

test('start() joins with the properties as they are at the call', async () => {
  const { clock, controller, set, page } = setUp()
  controller.markReady()
  page.properties = { roomId: 'at the call' }
  void controller.start()
  set({ roomId: 'later' })
  await clock.advance(0)
  expect(controller.room.roomId).toBe('at the call')
})

test.each([
  ['1v1', 2],
  ['1v3', 4],
  ['grid', 9],
])('a session of %s has %i seats', async (template, seats) => {
  const { clock, controller, set, page } = setUp()
  set({ template })
  controller.markReady()
  void controller.start()
  await clock.advance(0)
  expect(page.seats).toEqual([seats])
})

test('a template with more seats shows those who had none, at once', async () => {
  const { clock, provider, controller, set, page } = setUp()
  set({ template: '1v1' })
  controller.markReady()
  void controller.start()
  await clock.advance(0)
  provider.sessions[0]?.joins[0]?.resolve(joinResultOf(memberOf('ann'), memberOf('bob'), memberOf('cat')))
  await clock.advance(0)
  expect(page.commits.at(-1)).toMatchObject({ 'view.count': 2, 'view.more': 2 })
  set({ template: 'grid' })
  await clock.advance(0)
  expect(page.commits.at(-1)).toMatchObject({ 'view.count': 4, 'view.more': 0 })
})

test('a second call of the same component gets a session of its own', async () => {
  const { clock, provider, controller } = setUp()
  controller.markReady()
  void controller.start().catch(() => undefined)
  await clock.advance(0)
  await controller.stop()
  await clock.advance(0)
  void controller.start()
  await clock.advance(0)
  expect(provider.sessions).toHaveLength(2)
  expect(provider.sessions[0]?.closed).toBe(true)
})

test('nothing is rendered that has not changed', async () => {
  const { clock, controller, set, page } = setUp()
  set({})
  set({ beauty: '5', roomId: 'another' })
  controller.redraw()
  await clock.advance(0)
  expect(page.commits).toEqual([])
})
