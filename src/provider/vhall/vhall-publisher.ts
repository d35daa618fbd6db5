/**
 * Vhall's publisher.
 * @module roomlet/vhall
 */
import '../../vendor-errors'
import { RoomError, toRoomError } from '../../errors'
import { createPublisher } from '../../media/publisher'
import type { CreatePublisherOptions, Publisher } from '../../media/publisher'
import { UrlSource } from '../../media/url-source'
import type { Platform } from '../../platform/platform'
import { createWxPlatform } from '../../platform/wx'
import { wxPublisherContext } from '../../platform/wx-publisher-context'
import type { ReconnectPolicy } from '../../util/reconnect-policy'
import { readVhallOptions } from './vhall-options'
import type { VhallOptions } from './vhall-options'

export type { VhallOptions } from './vhall-options'

/** Vhall's SDK tries every so often, for as long as the page is there. */
const EVERY_MS = 5_000
const FIXED_POLICY: ReconnectPolicy = { nextDelayMs: () => EVERY_MS }

/** Asks the app's server for a push URL; asked again on every reconnect. */
export type VhallUrlSource = (options: VhallOptions) => string | Promise<string>

/** What tests and other environments put in the place of WeChat. */
export interface VhallSurroundings {
  readonly platform?: Platform
  /** What wx.createLivePusherContext answers, null while the tag is not on the page. */
  readonly context?: CreatePublisherOptions['context']
}

// every member of a publisher is put on the instance itself, bound; the prototype has none of them
const PublisherMembers = class {} as new () => Publisher

/**
 * For pages written for Vhall's publisher SDK: the same calls and events over a publisher that comes back by itself. One
 * line is added: `VhallPublisher.urlSource = (options) => askServerForUrl(options)`. The tag's URL is the page's own affair:
 * on `reconnectReady` it sets the URL and calls start(), as it did before.
 *
 * `reconnectFail` comes when no URL could be had, and ends the retries; start() is another try. A source that throws a
 * recoverable RoomError, such as NETWORK, is asked again 5 s later instead.
 * @example
 * VhallPublisher.urlSource = ({ channelId }) => askServerForUrl(channelId)
 * const publisher = new VhallPublisher()
 * publisher.createInstance(options, ({ url }) => this.setData({ url }, () => publisher.start()), showError)
 * publisher.on('reconnectReady', ({ url }) => this.setData({ url }, () => publisher.start()))
 */
export default class VhallPublisher extends PublisherMembers {
  /** The app's way to ask for a push URL; set once, before the first createInstance. */
  static urlSource: VhallUrlSource | null = null

  private opt: VhallOptions | null = null
  private readonly first: UrlSource
  /** Rises with every createInstance and with destroy: callbacks of an earlier one are not called. */
  private instance = 0

  constructor({ platform = createWxPlatform(), context }: VhallSurroundings = {}) {
    super()
    const url = (): Promise<string> => this.askUrl()
    this.first = new UrlSource(platform, url, 'PUSH_URL_FAILED')
    const publisher = createPublisher({
      platform,
      policy: FIXED_POLICY,
      context: context ?? (() => (this.opt ? wxPublisherContext(this.opt.pusherId, this.opt.THIS) : null)),
      url,
      autoRestart: false,
    })
    Object.defineProperties(this, Object.getOwnPropertyDescriptors(publisher))
    this.destroy = (): void => {
      this.instance += 1
      this.first.cancel()
      publisher.destroy()
    }
  }

  /**
   * Asks for the first URL. Neither callback is called after destroy(), nor for a call that another one has followed.
   * @param ok the page sets the URL and calls start()
   * @param fail BAD_CONFIG that names the option, or says that `urlSource` is missing; PUSH_URL_FAILED, TIMEOUT, or what
   *   the source threw
   */
  createInstance(
    options: VhallOptions,
    ok?: (result: { url: string }) => void,
    fail?: (error: RoomError) => void,
  ): void {
    this.instance += 1
    const { instance } = this
    const ifCurrent = <T>(callback: ((value: T) => void) | undefined) => {
      return (value: T): void => (instance === this.instance ? callback?.(value) : undefined)
    }
    this.begin(options).then(
      (url) => ifCurrent(ok)({ url }),
      (thrown: unknown) => ifCurrent(fail)(toRoomError(thrown, 'PUSH_URL_FAILED')),
    )
  }

  private async begin(options: VhallOptions): Promise<string> {
    this.opt = readVhallOptions(options)
    return this.first.ask()
  }

  private async askUrl(): Promise<string> {
    const { urlSource } = VhallPublisher
    if (!this.opt) throw new RoomError('BAD_CONFIG', 'vhall: createInstance() comes first')
    if (typeof urlSource !== 'function') throw new RoomError('BAD_CONFIG', 'vhall: VhallPublisher.urlSource is not set')
    try {
      return await urlSource(this.opt)
    } catch (thrown) {
      throw toRoomError(thrown, 'PUSH_URL_FAILED')
    }
  }
}
