import { RoomError } from '../../../src/errors'
import { isLayoutName } from '../../../src/view/layout-name'
import type { LayoutName } from '../../../src/view/layouts'
import type { Transport } from './media/desk-tags'

export type DeskKind = 'RTCRoom' | 'LiveRoom'

/** What a desk needs to know; everything else it finds out. */
export interface DeskParameters {
  readonly userID: string
  readonly userName: string
  /** '' = ask the demo server for one */
  readonly userSig: string
  readonly sdkAppID: string
  readonly accType: string
  /** '' = the page's own server */
  readonly serverDomain: string
  /** '' = a new room */
  readonly roomID: string
  readonly roomName: string
  readonly kind: DeskKind
  /** A viewer of a live room publishes nothing. */
  readonly role: 'anchor' | 'audience'
  readonly template: LayoutName
  readonly transport: Transport | 'auto'
  /** What was asked for and a browser cannot do. */
  readonly unsupported: readonly ('beauty' | 'record')[]
}

const TEMPLATE = '1v1'
const USER_ID = /^[\x21-\x7e]{1,64}$/
const ROOM_ID_BYTES = 64

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads the parameters a business page opens the desk with: flat, or nested as `{ userdata, roomdata, custom }`.
 * @throws RoomError BAD_PARAMETER that names the field
 */
export function readDeskParameters(given: unknown): DeskParameters {
  const fields = flattened(given)
  const text = (...names: string[]): string => textIn(fields, names)
  const userID = text('userID', 'userId')
  if (!USER_ID.test(userID)) throw wrong('userID', 'is not 1 to 64 letters, digits or signs')
  const roomID = text('roomID', 'roomId')
  if (new TextEncoder().encode(roomID).length > ROOM_ID_BYTES) throw wrong('roomID', `is over ${ROOM_ID_BYTES} bytes`)
  const kind = oneOf('type', text('type') || 'RTCRoom', ['RTCRoom', 'LiveRoom'] as const)
  const action = text('roomAction', 'role')
  const template = text('template') || TEMPLATE
  if (!isLayoutName(template)) throw wrong('template', `is none: ${template}`)
  return {
    userID,
    userName: text('userName', 'nickName') || userID,
    userSig: text('userSig'),
    sdkAppID: text('sdkAppID'),
    accType: text('accType', 'accountType'),
    serverDomain: text('serverDomain'),
    roomID,
    roomName: text('roomName', 'roomTitle') || roomID,
    kind,
    role: kind === 'LiveRoom' && isViewer(action) ? 'audience' : 'anchor',
    template,
    transport: oneOf('transport', text('transport') || 'auto', ['auto', 'flv', 'webrtc'] as const),
    unsupported: [
      ...(isOn(fields.beauty) ? ['beauty' as const] : []),
      ...(isOn(fields.record) ? ['record' as const] : []),
    ],
  }
}

/** Rooms are created by the presenter and entered by everybody else; pages call the second by any of these. */
function isViewer(action: string): boolean {
  return /^(enter|join|audience|viewer|joinRoom|enterRoom)$/i.test(action)
}

function flattened(given: unknown): Fields {
  const fields = asFields(given, 'parameters')
  const groups = ['userdata', 'roomdata', 'custom'].map((name) =>
    fields[name] === undefined ? {} : asFields(fields[name], name),
  )
  return Object.assign({}, fields, ...groups) as Fields
}

function asFields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, 'is no object')
  return value as Fields
}

function textIn(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const value = fields[name]
    if (value === undefined || value === null || value === '') continue
    if (typeof value !== 'string' && typeof value !== 'number') throw wrong(name, 'is no text')
    return String(value)
  }
  return ''
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value)
  if (!choice) throw wrong(name, `is none of ${choices.join(', ')}`)
  return choice
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== null && !['', '0', 'false'].includes(String(value))
}

function wrong(field: string, what: string): RoomError {
  return new RoomError('BAD_PARAMETER', `${field} ${what}`)
}
