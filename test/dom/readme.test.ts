import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LIVE_ROOM_ERROR_NUMBERS } from '../../components/live-room/error-numbers'
import { LIVE_ROOM_TEMPLATES, liveRoomProperties } from '../../components/live-room/props'
import { RTC_ROOM_ERROR_NUMBERS } from '../../components/rtc-room/error-numbers'
import { RTC_ROOM_TEMPLATES, rtcRoomProperties } from '../../components/rtc-room/props'
import { ROOM_CLASSES } from '../../components/shared/define-room'
import { PROFILES } from '../../components/shared/encoding'
import { WEBRTC_ROOM_ERROR_NUMBERS } from '../../components/webrtc-room/error-numbers'
import { WEBRTC_ROOM_TEMPLATES, webrtcRoomProperties } from '../../components/webrtc-room/props'
import { numberOf } from '../../components/shared/room-events'
import { ERRORS } from '../../src/error-catalogue'
import { LAYOUTS } from '../../src/view/layouts'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'

const COMPONENTS = path.resolve(__dirname, '../../components')

const ROOM_TAGS = tagsIn('shared/room-events.ts')

const DOCUMENTED = [
  {
    component: 'rtc-room' as const,
    tags: ROOM_TAGS,
    properties: rtcRoomProperties,
    layouts: new Map(RTC_ROOM_TEMPLATES.map((name) => [name as string, name])),
    numbers: RTC_ROOM_ERROR_NUMBERS,
    enterFailed: -3,
    methods: 9,
  },
  {
    component: 'live-room' as const,
    tags: [...ROOM_TAGS, ...tagsIn('live-room/live-events.ts')],
    properties: liveRoomProperties,
    layouts: LIVE_ROOM_TEMPLATES,
    numbers: LIVE_ROOM_ERROR_NUMBERS,
    enterFailed: -9003,
    methods: 16,
  },
  {
    component: 'webrtc-room' as const,
    tags: [
      ...ROOM_TAGS.filter((tag) => tag !== 'recvTextMsg' && tag !== 'recvCustomMsg'), // onIMEvent has them
      ...tagsIn('webrtc-room/im-events.ts'),
    ],
    properties: webrtcRoomProperties,
    layouts: new Map(WEBRTC_ROOM_TEMPLATES.map((name) => [name as string, name])),
    numbers: WEBRTC_ROOM_ERROR_NUMBERS,
    enterFailed: -3,
    methods: 14,
  },
]

/** Every tag in the types of an event's detail. */
function tagsIn(file: string): string[] {
  const source = readFileSync(path.join(COMPONENTS, file), 'utf8')
  const told = [...source.matchAll(/Told<((?:'\w+'(?: \| )?)+)/g)].map(([, names]) => names ?? '')
  const named = [...source.matchAll(/readonly tag: ('\w+')/g)].map(([, name]) => name ?? '')
  return [...told, ...named].flatMap((names) => [...names.matchAll(/\w+/g)].map(([name]) => name))
}

describe.each(DOCUMENTED)('$component', ({ component, properties, tags, layouts, numbers, enterFailed, methods }) => {
  const readme = readFileSync(path.join(COMPONENTS, component, 'README.md'), 'utf8')

  function section(title: string): string {
    const text = readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`))
    if (!text) throw new Error(`The README has no section ${title}`)
    return text
  }

  test('the README names every property, and none that is not there', () => {
    const named = [...section('Properties').matchAll(/^\| ([a-zA-Z, ]+) \|/gm)].flatMap(
      ([, names]) => names?.split(', ') ?? [],
    )
    const alsoNamed = [...section('Properties').matchAll(/Also ([^|]+) \|/g)].flatMap(([, names]) =>
      [...(names ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    )
    const all = [...named, ...alsoNamed].filter((name) => name !== 'property')
    expect(all.sort()).toEqual(Object.keys(properties).sort())
  })

  test('the README gives the profiles as they are', () => {
    const rows = [...section('Profiles').matchAll(/^\| `([\w-]+)` \| (\w+) \| (\d+)-(\d+) \| (\w+) \|$/gm)]
    const told = rows.map(([, name, mode, minBitrate, maxBitrate, audioQuality]) => [
      name,
      { mode, minBitrate: Number(minBitrate), maxBitrate: Number(maxBitrate), audioQuality },
    ])
    expect(told).toEqual(Object.entries(PROFILES))
  })

  test('the README gives the seats of every template', () => {
    const seats = [...section('Templates').matchAll(/^\| (\w+) \| (\d) \|/gm)].map(([, name, count]) => [
      name,
      Number(count),
    ])
    expect(seats).toEqual([...layouts].map(([name, layout]) => [name, LAYOUTS[layout].seats]))
  })

  test('every method of the README is there', () => {
    const world = new RoomWorld()
    const room = new ManualPhone(world, 'mei').render(component, {})
    const named = [...section('Methods').matchAll(/(\w+)\([\w, ]*\)[,|` ]/g)].map(([, name]) => name ?? '')
    expect(new Set(named).size).toBeGreaterThanOrEqual(methods)
    for (const name of named) expect([name, typeof room.instance[name]]).toEqual([name, 'function'])
    room.detach()
    world.close()
  })

  test('the README names every event with its detail, and none that is not fired', () => {
    const rows = section('Events')
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split('|').slice(1, -1))
    const heads = rows.map((cells, index) => (cells[0] === ' tag ' ? index : -1)).filter((index) => index >= 0)
    const named = heads.flatMap((head) => {
      const rest = rows.slice(head + 1)
      const end = rest.findIndex(([first]) => first === ' tag ' || first === ' code ')
      const table = rest.slice(1, end < 0 ? undefined : end)
      for (const cells of table) expect([cells[0], cells.length]).toEqual([cells[0], rows[head]?.length])
      return table.flatMap(([names]) => (names ?? '').trim().split(', '))
    })
    expect(named.sort()).toEqual([...tags].sort())
  })

  test('the error numbers of the README are those of the component', () => {
    const rows = [...section('Events').matchAll(/^\| (-?\d+) \| (.+) \|$/gm)]
    const told = new Map(
      rows.flatMap(([, number, codes]) =>
        [...(codes ?? '').matchAll(/[A-Z_]{4,}/g)].map(([code]) => [code, Number(number)]),
      ),
    )
    expect(new Set(rows.map(([, number]) => Number(number)))).toEqual(new Set(Object.values(numbers)))
    for (const code of Object.keys(ERRORS) as (keyof typeof ERRORS)[]) {
      expect([code, told.get(code) ?? enterFailed]).toEqual([code, numberOf(code, numbers)])
    }
  })

  test('the README names every external class, and the page’s class is on the stage', () => {
    const named = [...section('External classes').matchAll(/^\| ([\w-]+-class) \|/gm)].map(([, name]) => name)
    expect(named).toEqual(ROOM_CLASSES)
    const stage = readFileSync(path.join(COMPONENTS, 'shared/stage.wxml'), 'utf8')
    for (const name of ROOM_CLASSES.slice(1)) expect(stage).toMatch(new RegExp(`class="[^"]* ${name}"`))
  })

  test('the README gives every property of an overlay, and none that is not there', () => {
    const named = [...section('Overlay').matchAll(/^\| ([a-zA-Z, ]+) \|/gm)].flatMap(([, names]) => names?.split(', '))
    const stage = readFileSync(path.join(COMPONENTS, 'shared/stage.wxml'), 'utf8')
    const tag = /<member-overlay([^>]*)/.exec(stage)?.[1] ?? ''
    const given = [...tag.matchAll(/(\w+)="/g)].map(([, name]) => name)
    expect(named.filter((name) => name !== 'property')).toEqual(given)
  })

  test('the README names every CSS variable that a page may set, with its default', () => {
    const sheets = ['room.wxss', ...[...layouts.values()].map((name) => `layouts/${name}.wxss`)]
    const styles = sheets.map((file) => readFileSync(path.join(COMPONENTS, 'shared', file), 'utf8')).join('\n')
    const variables = [...styles.matchAll(/var\((--rl-[\w-]+), ((?:[^()]|\([^)]*\))+)\)/g)].map(([, name, value]) => [
      name,
      value,
    ])
    expect(variables.length).toBeGreaterThan(40)
    const named = [...section('CSS variables').matchAll(/--rl-[\w-]+/g)].map(([name]) => name)
    expect(new Set(named)).toEqual(new Set(variables.map(([name]) => name)))
    for (const [name, value] of variables) {
      const row = section('CSS variables')
        .split('\n')
        .find((line) => new RegExp(`${name}[ ,]`).test(line.split('|')[1] ?? ''))
      expect([name, row]).toEqual([name, expect.stringContaining(value === '0rpx' ? '0' : String(value))])
    }
  })
})
