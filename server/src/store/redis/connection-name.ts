/** What a connection is called among all nodes. */
export function fullName(node: string, connection: string): string {
  return `${node}/${connection}`
}

export function nodeOf(name: string): string {
  return name.slice(0, name.indexOf('/'))
}

/** What the node that has the connection calls it. */
export function ownName(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}
