import { addGlobalWarningListener, Component, type Node } from 'glass-easel'

const UNDECLARED = / is not a valid property$/

/**
 * glass-easel warns about an attribute that a component does not declare. Whoever stands in a generic's place declares what it
 * wants of what it is given, and a phone is silent about the rest; about any other tag the warning is a typing mistake's.
 */
export class GenericWarnings {
  private readonly names = new Set<string>()

  constructor() {
    addGlobalWarningListener((message, _host, node?: Node) => {
      const isOfGeneric = UNDECLARED.test(message) && Component.isComponent(node) && this.names.has(node.tagName)
      return isOfGeneric ? false : undefined
    })
  }

  /** The generics of one more component. */
  add({ componentGenerics }: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(componentGenerics ?? {})) this.names.add(name)
  }
}
