import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { MetricsConfig } from '../config/config'
import { metricsServer, registerMetrics } from '../http/metrics-route'
import type { Log } from '../log'
import { createMetrics, type Metrics } from '../metrics/metrics'

/** Where `/metrics` is read, as it is configured; nothing is counted where it is not. */
export interface MetricsPort {
  readonly metrics: Metrics
  /** To be called before the app is ready. @param app serves it where there is no port of its own */
  register(app: FastifyInstance): void
  open(): Promise<void>
  close(): Promise<void>
}

export function metricsPort({ host, port, token }: MetricsConfig, log: Log): MetricsPort | null {
  if (port === undefined && token === '') return null
  const metrics = createMetrics()
  const server = port === undefined ? null : metricsServer(metrics, token)
  return {
    metrics,
    register(app) {
      if (!server) registerMetrics(app, metrics, token)
    },
    async open() {
      if (!server) return
      server.listen({ host, port })
      await once(server, 'listening')
      log('info', 'Metrics are served', { host, port: (server.address() as AddressInfo).port })
    },
    async close() {
      if (!server?.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
