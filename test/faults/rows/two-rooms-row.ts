import { Crowd } from '../../support/session/crowd'
import { ScriptedRoom } from '../../support/session/scripted-room'
import { ME } from '../../support/session/scripted-session'
import { counted, ending, startedCall, worded } from '../call-row'
import { wordOf, type FaultCall } from '../fault-call'
import type { FaultRow } from '../fault-row'

const OTHER_ROOM = '8022'

class SecondRoom {
  readonly room: ScriptedRoom
  private readonly crowd: Crowd

  constructor(private readonly call: FaultCall) {
    const { world, device } = call
    this.crowd = new Crowd(world, OTHER_ROOM, ME)
    this.room = new ScriptedRoom(world.clock, device, { template: '1v1', roomId: OTHER_ROOM, userName: '我' })
    this.crowd.enter('eve')
  }

  async start(): Promise<void> {
    await this.call.wait(500)
    this.room.controller.markReady()
    void this.room.controller.start()
    await this.call.wait(2_000)
  }

  get isWell(): boolean {
    const { page, native, shownPlayers } = this.room
    const shown = shownPlayers.map(({ userID, state }) => `${userID} ${state}`).join()
    return page.phase === 'joined' && native.all.every((tag) => tag.flowing) && shown === 'eve playing'
  }

  get words(): string[] {
    return this.room.events.flatMap((event) => wordOf(event) ?? [])
  }
}

async function run() {
  const problems: string[] = []
  const call = await startedCall({})
  const second = new SecondRoom(call)
  await second.start()
  const expectWell = (when: string): void => {
    if (!call.isWell) problems.push(`${when}: the first is not well: ${call.condition}`)
    if (!second.isWell) problems.push(`${when}: the second is not well`)
  }
  expectWell('both in their calls')
  call.publisherTag.die()
  await call.wait(1_000)
  expectWell('after -1307 in the first')
  if (second.words.some((word) => word.startsWith('reconnect'))) problems.push('the second was told of the first')
  call.link.cut()
  await call.wait(20)
  let recoveredMs = 20
  while (!(call.isWell && second.isWell) && recoveredMs < 2_000) {
    await call.wait(5)
    recoveredMs += 5
  }
  expectWell('after the socket of both broke')
  await call.world.clock.settle(call.room.controller.stop())
  await call.wait(2_000)
  if (!second.isWell) problems.push('the second did not outlive the first')
  const events = counted(second.words).map(worded)
  await call.world.clock.settle(second.room.controller.stop())
  if (second.room.detach() > 0) problems.push('native streams of the second were not stopped')
  problems.push(...(await ending(call)))
  return { recoveredMs, events, problems }
}

export const TWO_ROOMS_ROW: FaultRow = { fault: 'two components on one page', variant: '', run }
