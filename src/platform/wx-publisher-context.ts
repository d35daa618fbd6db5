/** The context of a page's only live-pusher, or of the one that `component` holds under this id. */
export function wxPublisherContext(id?: string, component?: object): WechatMiniprogram.LivePusherContext {
  return id !== undefined && component ? wx.createLivePusherContext(id, component) : wx.createLivePusherContext()
}
