/** A page's query as WeChat hands it to onLoad: the values stand as in the URL, still percent-encoded. */
export function rawQuery(search: string): Record<string, string> {
  const pairs = search.replace(/^\?/, '').replace(/\+/g, '%20').split('&').filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=')
      return [decodeURIComponent(name), value.join('=')]
    }),
  )
}
