import { addressField } from './address-field'
import { copyButton } from './copy-button'
import { element } from './element'
import { icon } from './icon'
import { say } from './language'
import type { Word } from './words'

/** Who joins with an encoder, unless they change it in the address. */
const ENCODER = { userID: 'encoder', userName: 'OBS / ffmpeg' }
const REFRESH_MS = 2000

interface Member {
  readonly userID: string
  readonly userName: string
  readonly playUrl: string
}

/** How an encoder joins the room, and how a player watches its members: RTMP URLs and a command, each to copy. */
export class RtmpStrip {
  readonly root = element('section', { class: 'panel rtmp', 'data-testid': 'rtmp-strip' })
  private readonly played = element('div', { class: 'rtmp__rows' })
  private readonly rows = new Map<string, HTMLElement>()
  private readonly room: string

  constructor(server: string, roomId: string) {
    this.room = `${server}/direct/${encodeURIComponent(roomId)}`
    const title = element('h2', {}, icon('link'), say(element('span'), 'rtmpTitle'))
    this.root.append(element('div', {}, title, say(element('p', { class: 'panel__say' }), 'rtmpSay')))
    void this.showPush()
    void this.showPlayed()
  }

  private async showPush(): Promise<void> {
    const { pushUrl } = await ask<{ pushUrl: string }>(`${this.room}/push?${new URLSearchParams(ENCODER).toString()}`)
    const rows = [row('rtmpPush', pushUrl, 'rtmp-push'), row('rtmpCommand', commandOf(pushUrl), 'rtmp-command')]
    this.root.append(element('div', { class: 'rtmp__rows' }, ...rows), this.played)
  }

  /** Signed anew each time; a row keeps the URL it has, because somebody may be copying it. */
  private async showPlayed(): Promise<void> {
    const { members } = await ask<{ members: Member[] }>(`${this.room}/members`).catch(() => ({ members: [] }))
    const here = new Set(members.map(({ userID }) => userID))
    for (const [userID, shown] of this.rows) {
      if (here.has(userID)) continue
      shown.remove()
      this.rows.delete(userID)
    }
    for (const { userID, userName, playUrl } of members) {
      if (this.rows.has(userID)) continue
      const shown = row('rtmpPlay', playUrl, `rtmp-play-${userID}`, { name: userName })
      this.rows.set(userID, shown)
      this.played.append(shown)
    }
    setTimeout(() => void this.showPlayed(), REFRESH_MS)
  }
}

function row(word: Word, text: string, testid: string, args: Record<string, string> = {}): HTMLElement {
  const copy = copyButton('copyLink', `${testid}-copy`, () => text)
  const name = say(element('span', { class: 'rtmp__name' }), word, args)
  return element('div', { class: 'rtmp__row' }, name, addressField(text, testid, word, args), copy)
}

/** A test picture with its clock, in the size and codecs of a phone. */
function commandOf(pushUrl: string): string {
  const picture = '-re -f lavfi -i testsrc2=size=360x640:rate=15 -f lavfi -i sine=frequency=440:sample_rate=48000'
  const coding = '-c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 30 -b:v 400k -c:a aac -ac 1'
  return `ffmpeg ${picture} ${coding} -f flv '${pushUrl}'`
}

async function ask<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status}`)
  return (await response.json()) as Answer
}
