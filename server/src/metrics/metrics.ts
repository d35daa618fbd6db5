import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { HubContext } from '../room-hub'
import type { Meter } from './meter'
import { prometheusMeter } from './prometheus-meter'

/** What a Prometheus reads of one node. */
export interface Metrics {
  /** For `createRoomService({ meter })`. */
  readonly meter: Meter
  readonly contentType: string
  /** Counts the connections, rooms and members of a service whenever they are read. To be called once. */
  watch(hub: Pick<HubContext, 'connections' | 'store'>): void
  /** Everything, as text of `contentType`. */
  read(): Promise<string>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] })
  let count = async (): Promise<void> => undefined
  return {
    meter: prometheusMeter(registry),
    contentType: registry.contentType,
    watch({ connections, store }) {
      const open = gauge('roomlet_connections', 'Open sockets of this node')
      const rooms = gauge('roomlet_rooms', 'Rooms in the store that somebody publishes in; the same on all nodes')
      const members = gauge('roomlet_members', 'Everyone in those rooms, the audience included; the same on all nodes')
      count = async () => {
        open.set(connections.size)
        // unknown while the store is out of reach
        const census = await store.census().catch(() => ({ rooms: NaN, members: NaN }))
        rooms.set(census.rooms)
        members.set(census.members)
      }
    },
    async read() {
      await count()
      return registry.metrics()
    },
  }
}
