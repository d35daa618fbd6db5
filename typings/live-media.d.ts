/**
 * What miniprogram-api-typings 5.2.3 lacks or has wrong about live-pusher and live-player; drop a part once the package
 * has it. Its event types cannot be mended by merging (statechange lacks codes, netstatus types `info` as the names of
 * its fields): components/shared/tag-handlers.ts says what a tag really sends.
 */
declare namespace WechatMiniprogram {
  interface Wx {
    /** Missing: the tag's id and the component that holds it, which a tag inside a component needs. */
    createLivePusherContext(id: string, component: object): LivePusherContext
    /** Too narrow: any component instance will do, also one that is typed by what is used of it. */
    createLivePlayerContext(id: string, component: object): LivePlayerContext
  }

  interface LivePusherContext {
    /** Wrong: the volume is a number, 0-1, not a string. */
    setBGMVolume(option: Omit<SetBGMVolumeOption, 'volume'> & { volume: number }): void
  }
}
