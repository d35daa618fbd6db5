import { ME, ROOM } from '../../support/session/scripted-session'
import { callRow, type Break } from '../call-row'
import { endRow } from '../end-row'
import type { FaultCall } from '../fault-call'
import type { FaultRow } from '../fault-row'

/** As an administrator does it, or another client in our name. */
async function evict(call: FaultCall): Promise<void> {
  await call.world.hub.context.store.leave({ room: ROOM, userID: ME, request: '' })
}

const dies: Break = (call) => call.publisherTag.die()

export const ROOM_ROWS: readonly FaultRow[] = [
  endRow({
    fault: 'taken out of the room by the server',
    variant: 'by a request in our name',
    breakIt: evict,
    events: ['stateChange closed', 'roomClosed kicked'],
    notice: 'KICKED',
  }),
  endRow({
    fault: 'room destroyed by its creator',
    breakIt: async ({ world }) => {
      const stored = await world.hub.context.store.get(ROOM)
      await world.hub.context.store.destroy({ room: ROOM, userID: stored?.creator ?? '' })
    },
    events: ['stateChange closed', 'roomClosed destroyed'],
    notice: 'ROOM_CLOSED',
  }),
  endRow({
    fault: 'the same user enters the room elsewhere',
    breakIt: async ({ world }) => {
      await world.device(ME).enter(ROOM)
    },
    events: ['stateChange closed', 'roomClosed replaced'],
    notice: 'REPLACED',
  }),
  endRow({
    fault: 'the login is ended by the server',
    breakIt: async ({ world }) => {
      for (const { session } of world.hub.context.connections) {
        if (session?.userID === ME) world.hub.context.endToken(session.id)
      }
    },
    events: ['stateChange closed', 'roomClosed expired'],
    notice: 'LOGIN_EXPIRED',
  }),
  endRow({
    fault: 'no network for longer than the policy tries',
    variant: '11 min',
    breakIt: async (call) => {
      call.socketsDown()
      await call.wait(660_000)
    },
    events: ['stateChange reconnecting', 'reconnecting room', 'stateChange closed', 'roomClosed expired'],
    notice: 'NETWORK',
    tryAgain: (call) => call.socketsUp(),
  }),
  callRow({
    fault: '-2301 of a member who has left',
    variant: 'the player dies before the notice comes',
    breaks: [
      (call) => {
        call.leave('user2')
        call.playerTag(1).die()
      },
    ],
    withinMs: 1_000,
    events: ['reconnecting player', 'memberLeave user2'],
    choicesMayDiffer: true,
  }),
  callRow({
    fault: '-2301 of a member who has left',
    variant: 'the notice is lost',
    breaks: [
      async (call) => {
        call.endChat()
        await call.wait(200)
        call.link.loseNext('down', (text) => text.includes('"memberLeft"'))
        call.leave('user2')
        call.playerTag(1).die()
        await call.wait(200)
      },
    ],
    withinMs: 1_500,
    events: ['reconnecting player', 'memberLeave user2'],
    choicesMayDiffer: true,
  }),
  callRow({
    fault: 'the push URL cannot be had',
    variant: 'three times SERVER_ERROR',
    breaks: [
      (call) => {
        call.refuseNext('publishUrl', 'SERVER_ERROR', 3)
        dies(call)
      },
    ],
    withinMs: 4_000,
    events: ['reconnecting publisher', 'reconnected publisher'],
  }),
  callRow({
    fault: 'the push URL cannot be had',
    variant: 'the answer is lost',
    breaks: [
      (call) => {
        call.link.loseNext('down', (text) => text.includes('"pushURL"'))
        dies(call)
      },
    ],
    withinMs: 9_500,
    events: ['reconnecting publisher', 'reconnected publisher'],
  }),
]
