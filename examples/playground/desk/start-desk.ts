import type { RoomError } from '../../../src/errors'
import { toRoomError } from '../../../src/errors'
import { DeskPage } from './desk-page'
import { readDeskParameters } from './desk-parameters'

/** Callbacks of the page that opens a desk. */
export interface DeskCallbacks {
  /** One is in the room. */
  success?(result: { readonly roomID: string }): void
  /** It could not be joined, or is over without one's own doing. */
  fail?(error: { readonly errCode: string; readonly errMsg: string }): void
}

/** An open desk. */
export interface Desk {
  /** Resolves when one is in the room, rejects with a RoomError. */
  readonly joined: Promise<void>
  /** Leaves the room and takes the desk off the page. */
  leave(): Promise<void>
}

declare global {
  interface Window {
    startDesk: typeof startDesk
  }
}

/**
 * Opens the desk in a page of one's own, with the page's parameters: flat (`{ userID, userSig, roomID, template, type }`)
 * or nested (`{ userdata, roomdata, custom, success, fail }`). The page brings css/tokens.css, css/base.css and css/desk.css.
 */
export function startDesk(parameters: unknown, mount: HTMLElement = document.body): Desk {
  const callbacks = (parameters ?? {}) as DeskCallbacks
  const failed = (error: RoomError): void => callbacks.fail?.({ errCode: error.code, errMsg: error.message })
  try {
    const read = readDeskParameters(parameters)
    const page = new DeskPage({ askAgain: false, joined: (roomID) => callbacks.success?.({ roomID }), failed })
    mount.append(page.root)
    const joined = page.join(read)
    joined.catch(() => page.close())
    return { joined, leave: () => page.leave() }
  } catch (thrown) {
    const error = toRoomError(thrown, 'BAD_PARAMETER')
    failed(error)
    const joined = Promise.reject(error)
    joined.catch(() => undefined)
    return { joined, leave: () => Promise.resolve() }
  }
}

// for pages whose own scripts are no modules
window.startDesk = startDesk
