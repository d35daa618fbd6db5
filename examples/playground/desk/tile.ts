import { ERRORS } from '../../../src/error-catalogue'
import { element } from '../site/element'
import { deskIcon } from './desk-icon'
import { OWN_SCREEN, SELF, type TileModel } from './tile-model'
import { TileActions, type TilePlace } from './tile-actions'
import type { Say } from './words'

const AVATAR_COLOURS = 6

export interface TilePort {
  retry(key: string): void
  /** Makes a tile the large one, or takes that back. */
  focus(key: string): void
  /** Asks a guest of one's own broadcast to go. */
  kick(userID: string): void
}

/** One member's picture and what stands over it. */
export class Tile {
  readonly root: HTMLElement
  private readonly pictures = element('div', { class: 'dk-tile__pic' })
  private readonly cover = element('div', { class: 'dk-cover' })
  private readonly tag = element('div', { class: 'dk-tag' })
  private readonly note = element('div', { class: 'dk-note', hidden: true })
  private readonly actions: TileActions
  private readonly ring = element('div', { class: 'dk-ring', hidden: true })
  private shown = ''

  constructor(
    private readonly key: string,
    private readonly port: TilePort,
  ) {
    this.root = element(
      'div',
      { class: 'dk-tile', 'data-key': key },
      this.pictures,
      this.cover,
      this.note,
      this.tag,
      this.ring,
    )
    this.actions = new TileActions(this.root, {
      kick: () => port.kick(this.root.dataset.userId ?? ''),
      pin: () => port.focus(key),
    })
    this.root.append(this.actions.root)
    this.root.addEventListener('dblclick', () => port.focus(key))
  }

  render(model: TileModel, picture: HTMLCanvasElement | HTMLVideoElement | null, place: TilePlace, say: Say): void {
    Object.assign(this.root.dataset, { userId: model.userID, tileState: model.state })
    this.root.classList.toggle('dk-tile--screen', model.screen)
    this.place(picture, model.screen)
    const text = JSON.stringify([model, place, say('me')])
    if (text === this.shown) return
    this.shown = text
    this.pictures.hidden = model.cameraOff
    this.renderCover(model, say)
    this.renderTag(model, say)
    this.actions.render(place, model.guest, this.nameOf(model, say), say)
    this.root.classList.toggle('dk-tile--large', place === 'large')
    this.note.hidden = model.unheard === null
    if (model.unheard) this.note.replaceChildren(deskIcon('speaker-off', true), say(model.unheard))
  }

  /** @param level of the sound, 0 to 1 */
  setLevel(level: number, speaking: boolean): void {
    this.root.dataset.level = level.toFixed(3)
    this.ring.hidden = !speaking
  }

  private place(picture: HTMLCanvasElement | HTMLVideoElement | null, screen: boolean): void {
    if (picture && picture.parentElement !== this.pictures) this.pictures.replaceChildren(picture)
    if (!picture) return
    // a browser pauses a video that is moved to another place of the page
    if (picture instanceof HTMLVideoElement && picture.paused) picture.play().catch(() => undefined)
    const { width, height } = sizeOf(picture)
    picture.classList.toggle('dk-whole', screen || height > width)
  }

  private renderCover({ state, cameraOff, name, userID, problem }: TileModel, say: Say): void {
    this.cover.hidden = state === 'playing' && !cameraOff
    this.cover.classList.toggle('dk-cover--veil', state !== 'loading' && state !== 'failed' && state !== 'playing')
    if (cameraOff && state === 'playing') {
      const colour = [...userID].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % AVATAR_COLOURS
      this.cover.replaceChildren(element('div', { class: `dk-avatar dk-avatar--${colour}` }, [...name][0] ?? ''))
    } else if (state === 'failed') {
      const retry = element('button', { type: 'button', class: 'dk-retry' }, say('retry'))
      retry.addEventListener('click', () => this.port.retry(this.key))
      this.cover.replaceChildren(
        deskIcon('warn'),
        element('p', {}, problem ? ERRORS[problem][say.language] : say('failed')),
        retry,
      )
    } else if (state !== 'playing') {
      this.cover.replaceChildren(
        element('div', { class: 'dk-spin' }),
        element('p', {}, say(state === 'held' ? 'loading' : state)),
      )
    }
  }

  private nameOf({ name, screen }: TileModel, say: Say): string {
    if (this.key === SELF) return say('me')
    if (this.key === OWN_SCREEN) return say('myScreen')
    return screen ? say('screenOf', { name }) : name
  }

  private renderTag(model: TileModel, say: Say): void {
    const { muted, net } = model
    const parts: Node[] = []
    if (muted) {
      const icon = element(
        'span',
        { class: 'dk-tag__ic', role: 'img', 'aria-label': say('muted') },
        deskIcon('mic-off'),
      )
      parts.push(icon)
    }
    parts.push(element('span', { class: 'dk-tag__name' }, this.nameOf(model, say)))
    if (net >= 0) parts.push(bars(net, say))
    this.tag.replaceChildren(...parts)
  }
}

function bars(net: number, say: Say): HTMLElement {
  const all = [1, 2, 3, 4].map(() => element('i'))
  return element(
    'span',
    { class: `dk-bars dk-bars--${net}`, role: 'img', 'aria-label': say('network', { n: net }) },
    ...all,
  )
}

export function sizeOf(picture: HTMLCanvasElement | HTMLVideoElement): { width: number; height: number } {
  return picture instanceof HTMLVideoElement
    ? { width: picture.videoWidth, height: picture.videoHeight }
    : { width: picture.width, height: picture.height }
}
