type Query = Readonly<Record<string, string | undefined>>

/** One field of a page's query. WeChat hands it over as it stood in the URL, so it is still percent-encoded. */
export function queryText(query: Query, name: string): string {
  const raw = query[name] ?? ''
  try {
    return decodeURIComponent(raw)
  } catch {
    // a lone % is no encoding: it was meant as it stands
    return raw
  }
}
