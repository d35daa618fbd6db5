import { readdirSync, readFileSync } from 'node:fs'
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
import { sectionOf, tablesOf } from '../support/markdown'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'

const COMPONENTS = path.resolve(__dirname, '../../components')

const ROOM_TAGS = tagsIn('shared/room-events.ts')

const DOCUMENTED = [
  {
    component: 'rtc-room' as const,
    tags: ROOM_TAGS,
    properties: rtcRoomProperties,
    layouts: new Map(Object.entries(RTC_ROOM_TEMPLATES)),
    numbers: RTC_ROOM_ERROR_NUMBERS,
    enterFailed: -3,
    methods: 9,
  },
  {
    component: 'live-room' as const,
    tags: [...ROOM_TAGS, ...tagsIn('live-room/live-events.ts')],
    properties: liveRoomProperties,
    layouts: new Map(Object.entries(LIVE_ROOM_TEMPLATES)),
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
    layouts: new Map(Object.entries(WEBRTC_ROOM_TEMPLATES)),
    numbers: WEBRTC_ROOM_ERROR_NUMBERS,
    enterFailed: -3,
    methods: 14,
  },
]

/** The pages of a language, and how they call their sections. */
const LANGUAGES = [
  {
    page: 'README.md',
    titles: {
      properties: 'Properties',
      profiles: 'Profiles',
      templates: 'Templates',
      methods: 'Methods',
      events: 'Events',
      slots: 'Slots',
      overlay: 'Overlay',
      classes: 'External classes',
      variables: 'CSS variables',
    },
  },
  {
    page: 'README.zh-CN.md',
    titles: {
      properties: '属性',
      profiles: '预设',
      templates: '模板',
      methods: '方法',
      events: '事件',
      slots: '插槽',
      overlay: '叠加层',
      classes: '外部样式类',
      variables: 'CSS 变量',
    },
  },
]
const CASES = LANGUAGES.flatMap((language) => DOCUMENTED.map((documented) => ({ ...language, ...documented })))

/** Every tag in the types of an event's detail. */
function tagsIn(file: string): string[] {
  const source = readFileSync(path.join(COMPONENTS, file), 'utf8')
  const told = [...source.matchAll(/Told<((?:'\w+'(?: \| )?)+)/g)].map(([, names]) => names ?? '')
  const named = [...source.matchAll(/readonly tag: ('\w+')/g)].map(([, name]) => name ?? '')
  return [...told, ...named].flatMap((names) => [...names.matchAll(/\w+/g)].map(([name]) => name))
}

describe.each(CASES)('$component/$page', ({ component, page, titles, ...documented }) => {
  const { properties, tags, layouts, numbers, enterFailed, methods } = documented
  const readme = readFileSync(path.join(COMPONENTS, component, page), 'utf8')
  const wxml = readFileSync(path.join(COMPONENTS, component, `${component}.wxml`), 'utf8')
  const stage = readFileSync(path.join(COMPONENTS, 'shared/stage.wxml'), 'utf8')
  const section = (name: keyof typeof titles): string => sectionOf(readme, titles[name])

  /** Names in the first cells of a section's first table. */
  function firstCells(name: keyof typeof titles): readonly string[] {
    return tablesOf(section(name))[0]?.rows.flatMap(([names = '']) => names.split(', ')) ?? []
  }

  test('names every property, and none that is not there', () => {
    const others = [...section('properties').matchAll(/(?:Also|又名) ([^|]+) \|/g)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    )
    expect([...firstCells('properties'), ...others].sort()).toEqual(Object.keys(properties).sort())
  })

  test('gives the profiles as they are', () => {
    const rows = tablesOf(section('profiles'))[0]?.rows ?? []
    const told = rows.map(([name = '', mode, kbps = '', audioQuality]) => {
      const [minBitrate, maxBitrate] = kbps.split('-').map(Number)
      return [name.replaceAll('`', ''), { mode, minBitrate, maxBitrate, audioQuality }]
    })
    expect(told).toEqual(Object.entries(PROFILES))
  })

  test('gives the seats of every template', () => {
    const rows = tablesOf(section('templates'))[0]?.rows ?? []
    const seats = rows.map(([name, count]) => [name, Number(count)])
    expect(seats).toEqual([...layouts].map(([name, layout]) => [name, LAYOUTS[layout].seats]))
  })

  test('every method is there', () => {
    const world = new RoomWorld()
    const room = new ManualPhone(world, 'mei').render(component, {})
    const named = [...section('methods').matchAll(/(\w+)\([\w, ]*\)[,|` ]/g)].map(([, name]) => name ?? '')
    expect(new Set(named).size).toBeGreaterThanOrEqual(methods)
    for (const name of named) expect([name, typeof room.instance[name]]).toEqual([name, 'function'])
    room.detach()
    world.close()
  })

  test('names every event with its detail, and none that is not fired', () => {
    const tables = tablesOf(section('events')).slice(0, -1)
    for (const { head, rows } of tables) {
      for (const cells of rows) expect([cells[0], cells.length]).toEqual([cells[0], head.length])
    }
    const named = tables.flatMap(({ rows }) => rows.flatMap(([names = '']) => names.split(', ')))
    expect(named.sort()).toEqual([...tags].sort())
  })

  test('gives the error numbers of the component', () => {
    const rows = tablesOf(section('events')).at(-1)?.rows ?? []
    const told = new Map(
      rows.flatMap(([number, codes = '']) =>
        [...codes.matchAll(/[A-Z_]{4,}/g)].map(([code]): [string, number] => [code, Number(number)]),
      ),
    )
    expect(new Set(rows.map(([number]) => Number(number)))).toEqual(new Set(Object.values(numbers)))
    for (const code of Object.keys(ERRORS) as (keyof typeof ERRORS)[]) {
      expect([code, told.get(code) ?? enterFailed]).toEqual([code, numberOf(code, numbers)])
    }
  })

  test('names every slot of the component, and none that is not there', () => {
    const slots = [...(wxml + stage).matchAll(/<slot(?:\s+name="([\w-]+)")?[^>]*>/g)].map(([, name]) => name ?? '')
    const named = firstCells('slots').map((name) => name.replace(/^[(（].*[)）]$/, ''))
    expect(named).toEqual(slots)
  })

  test('names every external class, each of which is on the room or its stage', () => {
    expect(firstCells('classes')).toEqual(ROOM_CLASSES)
    const [onRoom = '', ...onStage] = ROOM_CLASSES
    expect(wxml).toMatch(new RegExp(`<view class="rl-room ${onRoom}"`))
    for (const name of onStage) expect(stage).toMatch(new RegExp(`class="[^"]* ${name}"`))
  })

  test('gives every property of an overlay, and none that is not there', () => {
    const tag = /<member-overlay([^>]*)/.exec(stage)?.[1] ?? ''
    const given = [...tag.matchAll(/(\w+)="/g)].map(([, name]) => name)
    expect(firstCells('overlay')).toEqual(given)
    const { componentGenerics } = JSON.parse(
      readFileSync(path.join(COMPONENTS, component, `${component}.json`), 'utf8'),
    ) as { componentGenerics: object }
    for (const name of Object.keys(componentGenerics)) expect(section('overlay')).toContain(`\`generic:${name}=`)
  })

  test('names every CSS variable that a page may set, with its default', () => {
    const found = variablesOf([...SHARED_SHEETS, ...[...layouts.values()].map((name) => `layouts/${name}.wxss`)])
    expect(found.length).toBeGreaterThan(40)
    const rows = tablesOf(section('variables'))[0]?.rows ?? []
    const named = rows.flatMap(([names = '']) => names.split(', '))
    expect(named.sort()).toEqual([...new Set(found.map(({ name }) => name))].sort())
    for (const { name, value } of found) {
      const row = rows.find(([names = '']) => names.split(', ').includes(name))
      expect([name, row?.[1]]).toEqual([name, expect.stringContaining(value === '0rpx' ? '0' : value)])
    }
  })

  test('says of a default that differs from layout to layout which layout has it', () => {
    const found = [...layouts].flatMap(([template, layout]) =>
      variablesOf([`layouts/${layout}.wxss`]).map(({ name, value }) => ({ name, told: `${template} ${value}` })),
    )
    const rows = tablesOf(section('variables'))[0]?.rows ?? []
    const cells = rows.filter(([, value = '']) => /^\w+ [\d.]+(?:rpx|%)/.test(value))
    expect(cells).toHaveLength(2)
    for (const [name, value = ''] of cells) {
      const known = found.filter((each) => each.name === name).map(({ told }) => told)
      expect([name, value.split(', ').sort()]).toEqual([name, known.sort()])
    }
  })
})

describe.each(DOCUMENTED)('the Chinese page of $component', ({ component }) => {
  const [english = '', chinese = ''] = LANGUAGES.map(({ page }) =>
    readFileSync(path.join(COMPONENTS, component, page), 'utf8'),
  )
  /** Names of code in a table, row by row, in the order of the alphabet. */
  const codesOf = (text: string) =>
    tablesOf(text).map(({ rows }) =>
      rows.map((cells) => [...cells.join().matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort()),
    )

  test('shows the same code', () => {
    const fences = (text: string) => text.match(/^```[^]*?^```$/gm)
    expect(fences(chinese)).toEqual(fences(english))
  })

  test('names the same in every row of every table', () => {
    expect(codesOf(chinese)).toEqual(codesOf(english))
  })

  test('is linked with the English one', () => {
    expect(chinese).toContain('](README.md)')
    expect(english).toContain('](README.zh-CN.md)')
  })
})

/** Whatever a page may set, with what holds when it does not. */
/** What every component of the stage has, whatever layouts it has. */
const SHARED_SHEETS = [
  'room.wxss',
  ...readdirSync(path.join(COMPONENTS, 'shared/styles')).map((file) => `styles/${file}`),
]

function variablesOf(sheets: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  const styles = sheets.map((file) => readFileSync(path.join(COMPONENTS, 'shared', file), 'utf8')).join('\n')
  return [...styles.matchAll(/var\((--rl-[\w-]+), ((?:[^()]|\([^)]*\))+)\)/g)].map(([, name = '', value = '']) => ({
    name,
    value,
  }))
}
