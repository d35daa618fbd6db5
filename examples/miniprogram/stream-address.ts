const NAME = /^[A-Za-z0-9_-]{1,64}$/
const PUSH = /^rtmps?:\/\/[^\s/]+\/\S+$/i
const PLAY = /^(?:rtmps?:\/\/[^\s/]+\/\S+|https?:\/\/[^\s/]+\/\S+\.flv(?:\?\S*)?)$/i

/** Where a stream comes from or goes to: one of the server by its name, or any URL. */
export interface StreamSource {
  readonly source: 'test' | 'own'
  readonly stream: string
  readonly address: string
}

/** What is wrong with it; null when it will do. */
export function sourceProblem(
  kind: 'push' | 'play',
  { source, stream, address }: StreamSource,
): 'name' | 'address' | null {
  if (source === 'test') return NAME.test(stream) ? null : 'name'
  return (kind === 'push' ? PUSH : PLAY).test(address.trim()) ? null : 'address'
}
