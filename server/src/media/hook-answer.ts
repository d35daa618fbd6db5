/** What a media server that asks is answered over HTTP. */
export interface HookAnswer {
  readonly status: 200 | 400 | 403
  readonly body: string | object
}
