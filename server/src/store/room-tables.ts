/** Entries keep the order in which their ids were first set. */
interface Entry<V> {
  readonly order: number
  readonly value: V
}

/** `{table}:{id}` and the entry as JSON, null where there is none any more. */
export type StoredRow = readonly [key: string, json: string | null]

/** A map from ids to JSON values, in the order in which the ids came. */
export interface Table<V> extends Iterable<[string, V]> {
  readonly size: number
  has(id: string): boolean
  get(id: string): V | undefined
  set(id: string, value: V): unknown
  delete(id: string): boolean
  keys(): Iterable<string>
  values(): Iterable<V>
}

/**
 * What a room knows, as tables of JSON values: a value is replaced, never changed in place. That makes it possible to write
 * a room down row by row, and to take back what an operation has changed. Where nobody does either, a table is just a map.
 */
export class RoomTables {
  /** an object, of which a room has one, is a third of a map */
  private readonly tables: Record<string, Table<unknown> | undefined> = {}
  private readonly tracked: Map<string, TrackedTable<unknown>> | null
  /** What stood where something has changed. */
  private readonly before: Map<
    string,
    { readonly table: string; readonly id: string; readonly entry: Entry<unknown> | undefined }
  > | null

  /** @param isTracked whether changes are remembered until they are kept or taken back */
  constructor(isTracked = false) {
    this.tracked = isTracked ? new Map() : null
    this.before = isTracked ? new Map() : null
  }

  /** @param name without a colon */
  table<V>(name: string): Table<V> {
    this.tables[name] ??= this.tracked ? this.trackedTable(name) : new Map<string, unknown>()
    return this.tables[name] as Table<V>
  }

  /** What has changed since it was last kept or taken back; nothing unless changes are tracked. */
  changes(): StoredRow[] {
    return [...(this.before?.values() ?? [])].map(({ table, id }) => {
      const entry = this.trackedTable(table).entry(id)
      return [`${table}:${id}`, entry ? JSON.stringify([entry.order, entry.value]) : null]
    })
  }

  keep(): void {
    this.before?.clear()
  }

  takeBack(): void {
    for (const { table, id, entry } of this.before?.values() ?? []) this.trackedTable(table).restore(id, entry)
    this.before?.clear()
  }

  /** Makes rows that were written elsewhere this room's; for tracked tables, which know the order of their rows. */
  load(rows: Iterable<StoredRow>): void {
    for (const [key, json] of rows) {
      const colon = key.indexOf(':')
      const [order, value] = json === null ? [] : (JSON.parse(json) as [number, unknown])
      const entry = order === undefined ? undefined : { order, value }
      this.trackedTable(key.slice(0, colon)).restore(key.slice(colon + 1), entry)
    }
  }

  private trackedTable(name: string): TrackedTable<unknown> {
    if (!this.tracked) throw new Error('the changes of these tables are not tracked')
    const table = this.tracked.get(name) ?? new TrackedTable<unknown>((id, entry) => this.note(name, id, entry))
    this.tracked.set(name, table)
    return table
  }

  private note(table: string, id: string, entry: Entry<unknown> | undefined): void {
    const key = `${table}:${id}`
    if (this.before && !this.before.has(key)) this.before.set(key, { table, id, entry })
  }
}

/** A table that tells of each change before it is made. */
class TrackedTable<V> implements Table<V> {
  private readonly entries = new Map<string, Entry<V>>()
  private lastOrder = 0
  private isSorted = true

  constructor(private readonly note: (id: string, before: Entry<V> | undefined) => void) {}

  get size(): number {
    return this.entries.size
  }

  has(id: string): boolean {
    return this.entries.has(id)
  }

  get(id: string): V | undefined {
    return this.entries.get(id)?.value
  }

  set(id: string, value: V): void {
    const before = this.entries.get(id)
    this.note(id, before)
    this.entries.set(id, { order: before?.order ?? ++this.lastOrder, value })
  }

  delete(id: string): boolean {
    const before = this.entries.get(id)
    if (!before) return false
    this.note(id, before)
    return this.entries.delete(id)
  }

  *keys(): Iterable<string> {
    this.sort()
    yield* this.entries.keys()
  }

  *values(): Iterable<V> {
    this.sort()
    for (const { value } of this.entries.values()) yield value
  }

  *[Symbol.iterator](): Iterator<[string, V]> {
    this.sort()
    for (const [id, { value }] of this.entries) yield [id, value]
  }

  entry(id: string): Entry<V> | undefined {
    return this.entries.get(id)
  }

  /** Puts an entry where it belongs, without a note of it. */
  restore(id: string, entry: Entry<V> | undefined): void {
    if (this.entries.get(id)?.order !== entry?.order) this.entries.delete(id)
    if (!entry) return
    if (!this.entries.has(id) && entry.order <= this.lastOrder) this.isSorted = false
    this.lastOrder = Math.max(this.lastOrder, entry.order)
    this.entries.set(id, entry)
  }

  private sort(): void {
    if (this.isSorted) return
    const sorted = [...this.entries].sort(([, a], [, b]) => a.order - b.order)
    this.entries.clear()
    for (const [id, entry] of sorted) this.entries.set(id, entry)
    this.isSorted = true
  }
}
