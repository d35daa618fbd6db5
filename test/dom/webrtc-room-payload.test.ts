import { RoomController } from '../../components/shared/room-controller'
import { WEBRTC_ROOM_ERROR_NUMBERS } from '../../components/webrtc-room/error-numbers'
import { webrtcRoomSettings } from '../../components/webrtc-room/props'
import { webrtcSessions } from '../../components/webrtc-room/webrtc-sessions'
import { AppService } from '../../components/shared/app-service'
import { LAYOUTS } from '../../src/view/layouts'
import type { LayoutName } from '../../src/view/layouts'
import { createFakeHost } from '../support/fake-host'
import { createFakePlatform } from '../support/fake-platform'
import { VirtualClock } from '../support/virtual-clock'

const SET_DATA_MS = 16

/** A webrtc-room without a page: what it would set, and the codes that the phone would report. */
function inRoom(template: LayoutName) {
  const clock = new VirtualClock()
  const service = new AppService(createFakePlatform({ clock }))
  const tags = createFakeHost(clock)
  const payloads: Record<string, unknown>[] = []
  const settings = webrtcRoomSettings({
    ...{ template, sdkAppID: 1400000001, userID: 'me', userSig: 'sig', roomID: 101, autoplay: true },
  })
  const controller = new RoomController(
    {
      settings: () => settings,
      commit(payload, done) {
        payloads.push(JSON.parse(JSON.stringify(payload)) as Record<string, unknown>)
        clock.setTimer(SET_DATA_MS, done)
      },
      trigger: () => undefined,
      warn: (text) => {
        throw new Error(text)
      },
      permit: () => Promise.resolve(),
      keepScreenOn: () => undefined,
      publisher: () => tags.publisher(),
      player: (slot) => tags.player(slot),
    },
    { errorNumbers: WEBRTC_ROOM_ERROR_NUMBERS, createSession: webrtcSessions(() => service) },
    settings,
  )
  const report = async (code: number, userlist: readonly unknown[] = []): Promise<number> => {
    const before = payloads.length
    const message = JSON.stringify({ userlist })
    controller.handleMedia({ target: 'publisher', type: 'statechange', code, message })
    await clock.advance(SET_DATA_MS)
    return payloads.length - before
  }
  const start = async (): Promise<void> => {
    controller.markReady()
    await controller.start()
    await clock.advance(SET_DATA_MS)
    await report(1018)
  }
  return { clock, controller, payloads, report, start }
}

const BUDGETS: [LayoutName, number, number][] = [
  ['1v1', 1, 3_500],
  ...(['float', 'bigsmall', '1v3', '1u3d', '1l3r'] as const).flatMap((name): [LayoutName, number, number][] => [
    [name, 1, 3_500],
    [name, 2, 3_500],
    [name, 3, 3_500],
  ]),
  ...[1, 2, 3].map((members): [LayoutName, number, number] => ['grid', members, 3_500]),
  ...[4, 5, 6, 7, 8].map((members): [LayoutName, number, number] => ['grid', members, 6_000]),
]

test.each(BUDGETS)(
  '%s with %d others: all are played, one setData a roster message, %d bytes at most',
  async (...row) => {
    const [template, members, mostBytes] = row
    const { clock, controller, payloads, report, start } = inRoom(template)
    await start()
    const users = Array.from({ length: members }, (_, n) => `user${n + 1}`)
    const play = (userid: string) => ({
      userid,
      playurl: `room://cloud.tencent.com/rtc?userid=${userid}&streamtype=main`,
    })
    expect(
      await report(
        1031,
        users.map((userid) => ({ userid })),
      ),
    ).toBeLessThanOrEqual(1)
    expect(
      await report(
        1033,
        users.map((user) => ({ ...play(user), streamtype: 'main', hasvideo: true })),
      ),
    ).toBe(1)
    expect(
      await report(
        1034,
        users.map((user) => ({ ...play(user), hasaudio: true })),
      ),
    ).toBe(1)
    for (const user of users) {
      controller.handleMedia({ target: { streamId: `${user}_main` }, type: 'statechange', code: 2004 })
    }
    await clock.advance(60_000)
    expect(controller.room.roster.size).toBe(members)
    expect(members).toBeLessThan(LAYOUTS[template].seats)
    const shown = JSON.stringify(payloads)
    for (const user of users) expect(shown).toContain(`userid=${user}&streamtype=main`)
    expect(await report(1032, [{ userid: 'user1' }])).toBe(1)
    await clock.settle(controller.stop())
    await clock.advance(SET_DATA_MS)
    const bytes = payloads.reduce((sum, payload) => sum + Buffer.byteLength(JSON.stringify(payload)), 0)
    expect(bytes).toBeLessThanOrEqual(mostBytes)
    controller.dispose()
  },
)
