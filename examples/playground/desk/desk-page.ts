import { textOf, toRoomError, type RoomError } from '../../../src/errors'
import { createBrowserPlatform } from '../../../src/platform/browser'
import { installCaptureHost } from '../runtime/media/capture-host'
import { element } from '../site/element'
import { readPreferences, storeLanguage, storeTheme } from '../site/preferences'
import { CallScreen } from './call-screen'
import { DeskCall } from './desk-call'
import { DeskReporter, type DeskState } from './desk-channel'
import { DeskHeader } from './desk-header'
import { JoinForm } from './join-form'
import type { DeskParameters } from './desk-parameters'
import { wordsOf, type Say, type Language } from './words'

const CLOCK_INTERVAL_MS = 1000

export interface DeskPageOptions {
  /** Where to ask who one is: without it the desk ends when the call does. */
  readonly askAgain: boolean
  joined?(roomID: string): void
  failed?(error: RoomError): void
  left?(): void
}

/** The desk in a page: asks for room and name, shows the call, and asks again when it is over. */
export class DeskPage {
  readonly root = element('div', { class: 'dk' })
  private readonly header: DeskHeader
  private readonly reporter = new DeskReporter()
  private form: JoinForm | null = null
  private call: DeskCall | null = null
  /** The call that is being joined, not yet shown. */
  private joining: DeskCall | null = null
  private screen: CallScreen | null = null
  private problem: RoomError | null = null
  private renderPlanned = false
  private language: Language
  private readonly timer = setInterval(() => this.screen && this.renderHeader(), CLOCK_INTERVAL_MS)

  constructor(private readonly options: DeskPageOptions) {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches
    const preferences = readPreferences(new URLSearchParams(location.search), localStorage, dark)
    this.language = preferences.language
    document.documentElement.dataset.theme = preferences.theme
    installCaptureHost()
    this.header = new DeskHeader({
      language: () => this.language,
      isDark: () => document.documentElement.dataset.theme === 'dark',
      chooseLanguage: (language) => {
        storeLanguage(language, localStorage)
        this.useLanguage(language)
      },
      chooseTheme: (theme) => {
        document.documentElement.dataset.theme = theme
        storeTheme(theme, localStorage)
        this.changed()
      },
      copyRoom: () => this.screen?.copyRoom(),
    })
    this.root.append(this.header.root)
    this.changed()
  }

  get state(): DeskState {
    const { call } = this
    const stage = call ? 'call' : this.joining ? 'joining' : 'form'
    return { stage, muted: call?.isMuted ?? false, camera: call?.isCameraOn ?? true }
  }

  /** As the form's own button does. */
  submitForm(): void {
    this.form?.submit()
  }

  change({ muted, camera }: Partial<DeskState>): void {
    if (muted !== undefined) this.call?.setMuted(muted)
    if (camera !== undefined) this.call?.setCamera(camera)
  }

  useLanguage(language: Language): void {
    this.language = language
    this.changed()
  }

  /** Shows the form; `ready` turns what is chosen there into parameters. */
  ask(
    given: { readonly roomID: string; readonly name: string },
    ready: (roomID: string, name: string) => DeskParameters,
  ): void {
    this.form = new JoinForm(given, ({ roomID, name, muted, camera }) => {
      if (!this.joining) this.tryToJoin(() => ready(roomID, name), { muted, camera })
    })
    this.root.append(this.form.root)
    this.changed()
  }

  /** As {@link join}; parameters that cannot be are shown as every other refusal is. */
  tryToJoin(ready: () => DeskParameters, devices?: { readonly muted: boolean; readonly camera: boolean }): void {
    try {
      this.join(ready(), devices).catch(() => undefined)
    } catch (thrown) {
      this.fail(toRoomError(thrown, 'BAD_PARAMETER'))
    }
  }

  /** Rejects with a RoomError, which is shown as well; CANCELLED when one leaves meanwhile. */
  async join(parameters: DeskParameters, devices = { muted: false, camera: true }): Promise<void> {
    this.problem = null
    const preview = element('canvas', { 'data-user-id': parameters.userID })
    const call = new DeskCall(parameters, createBrowserPlatform(window), preview)
    this.joining = call
    this.changed()
    const screen = new CallScreen(call, {
      language: () => this.language,
      changed: () => this.changed(),
      leave: () => void this.leave(),
    })
    call.events.on('changed', () => this.changed())
    call.events.on('ended', (why) => this.ended(why))
    try {
      await call.start(devices)
    } catch (thrown) {
      const error = toRoomError(thrown)
      screen.close()
      this.joining = null
      // whoever has left knows
      if (error.code !== 'CANCELLED') this.fail(error)
      throw error
    } finally {
      this.changed()
    }
    this.show(call, screen)
  }

  async leave(): Promise<void> {
    const call = this.call ?? this.joining
    this.hide()
    await call?.leave()
    this.options.left?.()
    if (!this.options.askAgain) this.close()
  }

  /** Takes the desk off the page; whatever call there is ends. */
  close(): void {
    clearInterval(this.timer)
    void (this.call ?? this.joining)?.leave()
    this.hide()
    this.form?.close()
    this.root.remove()
  }

  private show(call: DeskCall, screen: CallScreen): void {
    this.joining = null
    this.form?.close()
    this.form = null
    this.call = call
    this.screen = screen
    this.root.append(screen.main, screen.footer)
    this.render()
    screen.joined()
    this.options.joined?.(call.room?.roomId ?? '')
  }

  private ended(error: RoomError): void {
    this.hide()
    this.fail(error)
    if (!this.options.askAgain) this.close()
  }

  private hide(): void {
    const { call, screen } = this
    this.call = null
    this.screen = null
    screen?.close()
    if (call && this.options.askAgain) this.askAgain(call)
    this.changed()
  }

  private askAgain({ parameters }: DeskCall): void {
    const given = { roomID: parameters.roomID, name: parameters.userName }
    this.ask(given, (roomID, userName) => ({ ...parameters, roomID, roomName: roomID, userName }))
  }

  private fail(error: RoomError): void {
    this.problem = error
    this.options.failed?.(error)
    this.changed()
  }

  private changed(): void {
    if (this.renderPlanned) return
    this.renderPlanned = true
    requestAnimationFrame(() => {
      this.renderPlanned = false
      this.render()
    })
  }

  private render(): void {
    const say = wordsOf(this.language)
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en'
    this.renderHeader()
    this.form?.render(say, this.trouble(), this.joining !== null)
    this.screen?.render(say)
    this.reporter.report(this.state)
    this.root.dataset.phase = this.call?.room?.phase ?? 'idle'
  }

  /** A wrong parameter is the address's fault: whoever wrote it wants to know which. */
  private trouble(): string {
    const { problem } = this
    if (!problem) return ''
    const code = problem.code === 'BAD_PARAMETER' ? `${problem.code}: ${problem.message}` : problem.code
    return `${textOf(problem, this.language)} (${code})`
  }

  private renderHeader(say: Say = wordsOf(this.language)): void {
    const { room } = this.call ?? {}
    const times = this.screen?.times ?? { call: -1, recording: -1 }
    const roomID = room?.roomId ?? ''
    const named = room && room.roomName !== roomID ? room.roomName : ''
    this.header.render(
      { title: named || say('title'), room: roomID, time: clock(times.call), recorded: clock(times.recording) },
      say,
    )
  }
}

function clock(ms: number): string {
  if (ms < 0) return ''
  const seconds = Math.floor(ms / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}
