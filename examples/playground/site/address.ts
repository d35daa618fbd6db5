import { demoOf } from './demos'
import type { DemoName, Kind, Role } from './demos'
import type { Language } from './language'
import type { Person } from './people'

/** What the address of the page asks for. */
export interface PageAddress {
  readonly demo: DemoName
  /** Of a page that can show several components. */
  readonly kind?: Kind
  readonly autostart: boolean
  /** '' when the address names no room: the page draws one */
  readonly roomId: string
  readonly template: string
  /** The one phone of `phone=1`; null = the page of several. */
  readonly phone: {
    readonly userId: string
    readonly userName: string
    readonly role: Role
    readonly pushes: boolean
  } | null
  /** Switches of phone.html that are handed on as they are: camera, microphone, sound. */
  readonly handedOn: Readonly<Record<string, string>>
}

const HANDED_ON = ['camera', 'microphone', 'sound']

export function parseAddress(query: URLSearchParams): PageAddress {
  const handedOn: Record<string, string> = {}
  for (const name of HANDED_ON) {
    const value = query.get(name)
    if (value !== null) handedOn[name] = value
  }
  const { name, kind } = demoOf(query.get('demo'), query.get('kind'))
  return {
    demo: name,
    ...(kind && { kind }),
    autostart: query.get('autostart') === '1',
    roomId: query.get('roomId') ?? '',
    template: query.get('template') ?? '',
    phone: query.get('phone') === '1' ? onePhone(query) : null,
    handedOn,
  }
}

function onePhone(query: URLSearchParams): NonNullable<PageAddress['phone']> {
  return {
    userId: query.get('userId') ?? '',
    userName: query.get('userName') ?? '',
    role: query.get('role') === 'presenter' ? 'presenter' : 'audience',
    pushes: query.get('role') === 'push',
  }
}

export interface PhoneRequest {
  readonly demo: DemoName
  readonly kind?: Kind
  /** Of a page that has several looks. */
  readonly look?: string
  readonly pagePath: string
  /** '' where everyone does the same */
  readonly role: Role | ''
  readonly person: Person
  readonly roomId: string
  readonly template: string
  readonly language: Language
  readonly autostart: boolean
  /** The page does by itself what a person would: asks for a seat, grants one. */
  readonly automatic: boolean
  /** Root of the server, without a slash at its end */
  readonly server: string
  readonly handedOn: Readonly<Record<string, string>>
}

/** Address of the frame that runs one phone, relative to the page. */
export function phoneAddress(request: PhoneRequest): string {
  const query = new URLSearchParams({
    ...request.handedOn,
    demo: request.demo,
    page: request.pagePath,
    userId: request.person.userId,
    userName: request.person.name[request.language],
    roomId: request.roomId,
    template: request.template,
    lang: request.language,
    server: request.server,
    ...(request.kind && { kind: request.kind }),
    ...(request.look && { look: request.look }),
    ...(request.role && { role: request.role }),
    ...(request.autostart && { autostart: '1' }),
    ...(request.automatic && { automatic: '1' }),
  })
  return `phone.html?${query.toString()}`
}

/** Address of the frame that runs the desk, relative to the page. */
export function deskAddress(
  request: Pick<PhoneRequest, 'person' | 'roomId' | 'language' | 'autostart' | 'handedOn'>,
): string {
  const query = new URLSearchParams({
    ...request.handedOn,
    roomId: request.roomId,
    userId: request.person.userId,
    userName: request.person.name[request.language],
    lang: request.language,
    ...(request.autostart && { autostart: '1' }),
  })
  return `desk.html?${query.toString()}`
}

/** Address with which another window joins as one phone. */
export function joinAddress(pageUrl: string, demo: DemoName, userId: string, roomId: string, kind?: Kind): string {
  const url = new URL(pageUrl)
  url.search = new URLSearchParams({
    demo,
    ...(kind && { kind }),
    phone: '1',
    userId,
    roomId,
    autostart: '1',
  }).toString()
  url.hash = ''
  return url.href
}

/** Root of the server that serves this page, without a slash at its end. */
export function serverRoot(pageUrl: string): string {
  return new URL('.', pageUrl).href.replace(/\/$/, '')
}
