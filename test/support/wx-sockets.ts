import type { HubLink } from './hub-link'

type Listener = (event: object) => void

/** Lets the sockets of wx go over a link to the hub, in its virtual time. Answers what gives wx its own back. */
export function wxSocketsOver(link: HubLink): () => void {
  const { connectSocket } = wx
  Object.assign(wx, { connectSocket: ({ url }: { readonly url: string }) => socketTask(link, url) })
  return () => void Object.assign(wx, { connectSocket })
}

function socketTask(link: HubLink, url: string): object {
  const listeners = new Map<string, Listener>()
  const listen = (name: string) => (listener: Listener) => void listeners.set(name, listener)
  const tell = (name: string, event: object = {}): void => listeners.get(name)?.(event)
  const socket = link.connect(url, {
    onOpen: () => tell('open'),
    onMessage: (data) => tell('message', { data }),
    onClose: (code, reason) => tell('close', { code, reason }),
  })
  return {
    onOpen: listen('open'),
    onMessage: listen('message'),
    onClose: listen('close'),
    onError: listen('error'),
    send: ({ data }: { readonly data: string }) => socket.send(data),
    close: () => socket.close(),
  }
}
