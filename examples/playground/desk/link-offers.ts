import type { RoomError } from '../../../src/errors'
import type { UserInfo } from '../../../src/model'
import type { LinkMicPhase } from '../../../src/room/link-mic-step'
import type { DeskCall } from './desk-call'
import { nameOf } from './name-of'
import { showToast } from './toast'
import type { ControlLook } from './toolbar'
import type { Say } from './words'

/** What the next press of the button does. */
export const LINK_LOOKS: Readonly<Record<LinkMicPhase, ControlLook>> = {
  off: { icon: 'link', word: 'link', pressed: false },
  requesting: { icon: 'close', word: 'linkCancel', pressed: true },
  invited: { icon: 'check', word: 'linkAccept', pressed: false },
  linking: { icon: 'unlink', word: 'linkEnd', pressed: true },
  on: { icon: 'unlink', word: 'linkEnd', pressed: true },
}

export interface LinkOffersPort {
  readonly corner: HTMLElement
  say(): Say
  complain(error: RoomError): void
}

/** Link-mic on the page: who asks for a seat of the presenter, and what a viewer is invited to. */
export class LinkOffers {
  /** Takes the question away that stands for somebody's request. */
  private readonly requests = new Map<string, () => void>()
  private endInvitation: () => void = () => undefined

  constructor(
    private readonly call: Pick<DeskCall, 'events' | 'stepLink' | 'answerLink' | 'declineInvite'>,
    private readonly port: LinkOffersPort,
  ) {
    const { events } = call
    events.on('linkInvited', () => this.offerInvitation())
    events.on('linkRefused', () => this.endInvitation())
    events.on('linkEnded', (reason) => {
      if (reason !== 'ended') showToast(port.corner, { icon: 'info', title: port.say()('linkOver') })
    })
    events.on('linkRequested', (user) => this.offerSeat(user))
    events.on('linkRequestEnded', ({ userID }) => this.requests.get(userID)?.())
  }

  /** A viewer's one button. */
  step(): void {
    this.endInvitation()
    this.call.stepLink().catch((error: RoomError) => {
      // whoever takes a request back knows
      if (error.code !== 'CANCELLED') this.port.complain(error)
    })
  }

  private offerSeat(user: UserInfo): void {
    const { call, port } = this
    const say = port.say()
    const answer = (action: 'accept' | 'reject') => () => {
      call.answerLink(action, user.userID).catch((error: RoomError) => port.complain(error))
    }
    const end = showToast(port.corner, {
      icon: 'users',
      title: say('wantsSeat', { name: nameOf(user) }),
      stays: true,
      actions: [
        { word: say('accept'), testid: 'link-accept', press: answer('accept') },
        { word: say('reject'), testid: 'link-reject', press: answer('reject') },
      ],
    })
    this.requests.set(user.userID, end)
  }

  private offerInvitation(): void {
    const { call, port } = this
    const say = port.say()
    const decline = (): void => {
      call.declineInvite().catch((error: RoomError) => port.complain(error))
    }
    this.endInvitation = showToast(port.corner, {
      icon: 'users',
      title: say('invited'),
      stays: true,
      actions: [
        { word: say('accept'), testid: 'invite-accept', press: () => this.step() },
        { word: say('reject'), testid: 'invite-reject', press: decline },
      ],
    })
  }
}
