import { RoomError } from '../../../src/errors'
import type { CustomOperation } from '../../../src/signaling/protocol'
import { bytes, checkId } from '../limits'
import type { RoomTables, Table } from './room-tables'

const MAX_CUSTOM_FIELDS = 32
/** All fields together, as JSON. */
const MAX_CUSTOM_BYTES = 8 * 1024

export interface CustomChange {
  readonly field: string
  readonly operation: CustomOperation
  readonly value: unknown
}

/** What the people of a room have put down about it. */
export class CustomFields {
  private readonly fields: Table<unknown>

  constructor(tables: RoomTables) {
    this.fields = tables.table('custom')
  }

  all(): Record<string, unknown> {
    return Object.fromEntries(this.fields)
  }

  /** @throws RoomError BAD_PARAMETER; nothing has changed then */
  change({ field, operation, value }: CustomChange): void {
    checkId('field', field)
    const after = operation === 'set' ? value : this.sum(field, operation, value)
    const next = new Map(this.fields).set(field, after)
    if (next.size > MAX_CUSTOM_FIELDS) {
      throw new RoomError('BAD_PARAMETER', `A room has at most ${MAX_CUSTOM_FIELDS} custom fields`)
    }
    if (bytes(JSON.stringify(Object.fromEntries(next))) > MAX_CUSTOM_BYTES) {
      throw new RoomError('BAD_PARAMETER', `Custom fields hold at most ${MAX_CUSTOM_BYTES} bytes of JSON`)
    }
    this.fields.set(field, after)
  }

  private sum(field: string, operation: 'inc' | 'dec', value: unknown): number {
    const before = this.fields.get(field) ?? 0
    if (typeof value !== 'number') throw new RoomError('BAD_PARAMETER', `value: ${operation} takes a number`)
    if (typeof before !== 'number') throw new RoomError('BAD_PARAMETER', `field: ${field} is not a number`)
    const sum = operation === 'inc' ? before + value : before - value
    if (!Number.isFinite(sum)) throw new RoomError('BAD_PARAMETER', 'value: out of range')
    return sum
  }
}
