import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Member } from '../../../src/model'
import { trtc } from '../../../src/provider/trtc/trtc'
import { createFakePlatform } from '../../support/fake-platform'
import { JOIN } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

interface Fixture {
  readonly about: string
  readonly self: string
  /** Codes of the live-pusher with their messages, and time going by. */
  readonly steps: readonly ({ readonly code: number; readonly message?: string } | { readonly afterMs: number })[]
  /** What the session emits, in order. */
  readonly events: readonly string[]
  /** Who is in the room afterwards. */
  readonly roster: readonly string[]
}

const FOLDER = join(__dirname, '../../fixtures/trtc')
const NAMES = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''))

function lineOf({ userID, streams }: Member): string {
  const flag = (on: boolean, letter: string): string => `${on ? '+' : '-'}${letter}`
  const told = streams.map(
    ({ streamId, hasAudio, hasVideo }) => `${streamId} ${flag(hasAudio, 'a')} ${flag(hasVideo, 'v')}`,
  )
  return `${userID} [${told.join(', ')}]`
}

async function replay(name: string) {
  const fixture = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Fixture
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const session = trtc.open(platform, { sdkAppID: 1400000001, userID: fixture.self, userSig: 'sig' })
  const events: string[] = []
  session.events.on('memberJoined', (member) => events.push(`joined ${lineOf(member)}`))
  session.events.on('memberUpdated', (member) => events.push(`updated ${lineOf(member)}`))
  session.events.on('memberLeft', (userID, reason) => events.push(`left ${userID} ${reason}`))
  session.events.on('closed', (reason) => events.push(`closed ${reason}`))
  session.events.on('connectionLost', () => events.push('lost'))
  await session.join({ ...JOIN, roomId: '101' })
  for (const step of fixture.steps) {
    if ('afterMs' in step) await clock.advance(step.afterMs)
    else session.onMedia?.({ target: 'publisher', type: 'statechange', ...step })
  }
  // a room that is over has nobody in it
  const roster = await session.resume().then(
    ({ members }) => members,
    () => [],
  )
  await session.close()
  return { fixture, events, roster, platform }
}

test.each(NAMES)('%s replays to exactly these events and this roster', async (name) => {
  const { fixture, events, roster, platform } = await replay(name)
  expect(events).toEqual(fixture.events)
  expect(roster.map(lineOf)).toEqual(fixture.roster)
  expect(platform.armedTimers).toBe(0)
})

test('what a message has wrong is a warning each, without the message', async () => {
  const { platform } = await replay('broken-messages')
  const warnings = platform.logs.filter(({ level }) => level === 'warn').map(({ message }) => message)
  expect(warnings).toEqual([
    'trtc 1031: the message is not JSON',
    'trtc 1033: the message is not JSON',
    'trtc 1020: the message has no userlist',
    'trtc 1034: the message has no userlist',
    'trtc 1032: the message is not JSON',
    'trtc 1031: a user has no userid',
    'trtc 1031: a user has no userid',
    'trtc 1031: a user has no userid',
    'trtc 1033: a stream type is unknown: hologram',
    'trtc 1020: a stream type is unknown: hologram',
  ])
})
