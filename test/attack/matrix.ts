import { slowAttacks } from './slow-attacks'
import { randomAttacks } from './random-attacks'
import type { Attack } from './attack'
import { ticketAttacks } from './ticket-attacks'
import { bodyAttacks } from './body-attacks'

/** Everything that is tried; `npm run test:attack` prints what came of it. */
export const MATRIX: readonly Attack[] = [...ticketAttacks, ...bodyAttacks, ...randomAttacks, ...slowAttacks]
