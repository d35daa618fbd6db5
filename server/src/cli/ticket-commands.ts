import type { TObject } from '@sinclair/typebox'
import { LegacyUserSigInput, makeLegacyUserSig, verifyLegacyUserSig } from '../tickets/legacy-user-sig'
import { makePrivateMapKey, PrivateMapKeyInput, verifyPrivateMapKey } from '../tickets/private-map-key'
import { makeTxSecret, TxSecretInput, verifyTxSecret } from '../tickets/tencent-live'
import type { TicketResult } from '../tickets/ticket-result'
import { makeUserSig, UserSigInput, verifyUserSig } from '../tickets/user-sig'
import {
  makeLiveCallbackSign,
  makeMixStreamApiSign,
  makeTrtcCallbackSign,
  TimedSignInput,
  TrtcCallbackInput,
  verifyLiveCallbackSign,
  verifyMixStreamApiSign,
  verifyTrtcCallbackSign,
} from '../tickets/vendor-sign'
import { makeZegoLoginToken, verifyZegoLoginToken, ZegoLoginTokenInput } from '../tickets/zego-login-token'
import { makeZegoToken04, verifyZegoToken04, ZegoToken04Input } from '../tickets/zego-token04'

export type TicketInput = Readonly<Record<string, unknown>>

export interface TicketCommand {
  /** Fields of the object `sign` reads; those that may be left out end with `?`. */
  readonly signFields: readonly string[]
  /** Fields of the object `verify` reads, the ticket itself first. */
  readonly verifyFields: readonly string[]
  /** Name of the field that holds the ticket; `ticket` does as well. */
  readonly ticketField: string
  /** Name of the field that holds the moment to verify at, unix seconds; null where time plays no part. */
  readonly momentField: string | null
  /** @param nowMs the moment of issue where the input gives none */
  sign(input: TicketInput, nowMs: number): string
  verify(ticket: string, input: TicketInput, nowMs: number): TicketResult<object>
}

interface Definition<Request, Claim> {
  readonly input: TObject
  readonly make: (request: Request) => string
  readonly verify: (ticket: string, claim: Claim) => TicketResult<object>
  readonly ticket: string
  /** What `verify` needs; what `sign` needs unless given. */
  readonly claim?: readonly string[]
  readonly moment?: string | null
}

/** Every function checks what it is given, so JSON of any shape may go in. */
function command<Request, Claim>(definition: Definition<Request, Claim>): TicketCommand {
  const { input, make, verify, ticket, moment = 'time' } = definition
  const required = input.required ?? []
  const issued = moment !== null && moment in input.properties
  return {
    signFields: Object.keys(input.properties).map((name) => (required.includes(name) ? name : `${name}?`)),
    verifyFields: [ticket, ...(definition.claim ?? required), ...(moment === null ? [] : [`${moment}?`])],
    ticketField: ticket,
    momentField: moment,
    sign: (request, now) => make((issued ? { [moment]: Math.floor(now / 1000), ...request } : request) as Request),
    verify: (text, claim, now) => verify(text, { ...claim, now } as Claim),
  }
}

/** The tickets of the command line, by the names they have there. */
export const TICKET_COMMANDS: Readonly<Record<string, TicketCommand>> = {
  userSigV2: command({
    input: UserSigInput,
    make: makeUserSig,
    verify: verifyUserSig,
    ticket: 'userSig',
    claim: ['sdkAppID', 'secretKey', 'userID'],
  }),
  privateMapKey: command({
    input: PrivateMapKeyInput,
    make: makePrivateMapKey,
    verify: verifyPrivateMapKey,
    ticket: 'privateMapKey',
    claim: ['sdkAppID', 'secretKey', 'userID', 'room', 'privilegeMap?'],
  }),
  userSigLegacyEcdsa: command({
    input: LegacyUserSigInput,
    make: makeLegacyUserSig,
    verify: verifyLegacyUserSig,
    ticket: 'userSig',
    claim: ['publicKey', 'sdkAppID', 'userID'],
  }),
  txSecret: command({ input: TxSecretInput, make: makeTxSecret, verify: verifyTxSecret, ticket: 'txSecret' }),
  mixStreamApiSign: command({
    input: TimedSignInput,
    make: makeMixStreamApiSign,
    verify: verifyMixStreamApiSign,
    ticket: 'sign',
  }),
  liveCallbackSign: command({
    input: TimedSignInput,
    make: makeLiveCallbackSign,
    verify: verifyLiveCallbackSign,
    ticket: 'sign',
  }),
  trtcCallbackSign: command({
    input: TrtcCallbackInput,
    make: makeTrtcCallbackSign,
    verify: verifyTrtcCallbackSign,
    ticket: 'sign',
    moment: null,
  }),
  zegoLoginTokenV1: command({
    input: ZegoLoginTokenInput,
    make: makeZegoLoginToken,
    verify: verifyZegoLoginToken,
    ticket: 'token',
    claim: ['appID', 'appSign', 'idName'],
  }),
  zegoToken04: command({
    input: ZegoToken04Input,
    make: makeZegoToken04,
    verify: verifyZegoToken04,
    ticket: 'token',
    claim: ['appId', 'userId', 'secret'],
    // the name the moment has when the token is made
    moment: 'ctime',
  }),
}
