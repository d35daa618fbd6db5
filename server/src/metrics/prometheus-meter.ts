import { Counter, Histogram, type Registry } from 'prom-client'
import type { Meter } from './meter'

/** Seconds. An op in memory takes some microseconds, one in Redis a millisecond. */
const OPERATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
/** Seconds; the time of a message has milliseconds. */
const FAN_OUT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function prometheusMeter(registry: Registry): Meter {
  const registers = [registry]
  const operations = new Histogram({
    name: 'roomlet_operation_duration_seconds',
    help: 'From the arrival of a socket op or HTTP call until its answer is written',
    labelNames: ['via', 'operation'] as const,
    buckets: OPERATION_BUCKETS,
    registers,
  })
  const fanOut = new Histogram({
    name: 'roomlet_fan_out_duration_seconds',
    help: 'From the acceptance of a message, on whatever node, until it is written to every socket of its room here',
    buckets: FAN_OUT_BUCKETS,
    registers,
  })
  const counter = <const Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers })
  const errors = counter('roomlet_errors_total', 'Answers that are errors, by code', 'via', 'code')
  const requests = counter('roomlet_http_requests_total', 'HTTP requests, by route and status', 'route', 'status')
  const drops = counter('roomlet_dropped_connections_total', 'Sockets that the server has ended', 'reason')
  const refusals = counter('roomlet_refusals_total', 'What was over a limit, by the limit', 'limit')
  return {
    now: () => performance.now() / 1000,
    answered: (via, operation, seconds) => operations.observe({ via, operation }, seconds),
    failed: (via, code) => errors.inc({ via, code }),
    responded: (route = 'none', status) => requests.inc({ route, status }),
    fannedOut: (seconds) => fanOut.observe(Math.max(0, seconds)),
    dropped: (reason) => drops.inc({ reason }),
    refused: (limit) => refusals.inc({ limit }),
  }
}
