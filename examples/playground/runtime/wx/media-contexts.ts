import type { Element, GeneralComponent } from 'glass-easel'
import type { PageStack } from '../page-stack'
import { mediaCommands } from '../elements/media-commands'
import { answer, type CallbackOptions } from './callback-style'

const PUSHER_METHODS = [
  'start',
  'stop',
  'pause',
  'resume',
  'switchCamera',
  'snapshot',
  'toggleTorch',
  'startPreview',
  'stopPreview',
  'setMICVolume',
  'playBGM',
  'stopBGM',
  'pauseBGM',
  'resumeBGM',
  'setBGMVolume',
  'sendMessage',
] as const
const PLAYER_METHODS = [
  'play',
  'stop',
  'pause',
  'resume',
  'mute',
  'requestFullScreen',
  'exitFullScreen',
  'requestPictureInPicture',
  'exitPictureInPicture',
  'snapshot',
] as const

type NativeContext = Record<string, (options?: CallbackOptions) => Promise<object>>

/** `this` of a page or component. */
interface Owner {
  readonly _$: GeneralComponent
}

/** wx.createLivePusherContext and wx.createLivePlayerContext. */
export function mediaContextApi(pages: PageStack) {
  const pageComponent = (): GeneralComponent | undefined => (pages.current as unknown as Owner | null)?._$

  function context(methods: readonly string[], tag: string, id: unknown, owner: unknown): NativeContext {
    const scope = (owner as Owner | undefined)?._$
    const find = (): GeneralComponent => {
      const root = scope ?? pageComponent()
      const found = root && (typeof id === 'string' ? byId(root, id) : firstOf(root, `native/${tag}`))
      if (!found) throw new Error(`no ${tag} ${typeof id === 'string' ? `with id "${id}"` : 'on the page'}`)
      return found
    }
    return Object.fromEntries(
      methods.map((method) => [
        method,
        (options?: CallbackOptions) => {
          // the tag as it is now: a page that is being closed still stops its own
          const tag = found(find)
          const result = answer(method, options, () => mediaCommands(tag ?? find(), method, options))
          // a context's methods return nothing on a phone, so nobody there handles their rejection
          result.catch(() => {})
          return result
        },
      ]),
    )
  }

  return {
    /** Without an id: the page's only live-pusher, at any depth. Also takes (component) and (id, component). */
    createLivePusherContext: (id?: unknown, component?: unknown) =>
      typeof id === 'object' && id !== null
        ? context(PUSHER_METHODS, 'live-pusher', undefined, id)
        : context(PUSHER_METHODS, 'live-pusher', id, component),
    createLivePlayerContext: (id: string, component?: unknown) => context(PLAYER_METHODS, 'live-player', id, component),
  }
}

function found(find: () => GeneralComponent): GeneralComponent | null {
  try {
    return find()
  } catch {
    return null
  }
}

function byId(owner: GeneralComponent, id: string): GeneralComponent | undefined {
  const shadow = owner.getShadowRoot()
  return (shadow?.getElementById(id) ?? undefined) as GeneralComponent | undefined
}

function firstOf(owner: GeneralComponent, is: string): GeneralComponent | undefined {
  if (owner.is === is) return owner
  const children = (node: Element): Element[] =>
    [
      ...((node as Partial<GeneralComponent>).getShadowRoot?.()?.childNodes ?? []),
      ...(node.childNodes ?? []),
    ] as Element[]
  for (const child of children(owner)) {
    const found = firstOf(child as GeneralComponent, is)
    if (found) return found
  }
  return undefined
}
