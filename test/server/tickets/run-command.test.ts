import { generateKeyPairSync } from 'node:crypto'
import { runCommand } from '../../../server/src/cli/run-command'
import { TICKET_COMMANDS } from '../../../server/src/cli/ticket-commands'
import vectors from '../../fixtures/vectors.json'

const NOW_MS = vectors.clock * 1000

function run(args: string[], input: unknown = '') {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  return runCommand(args, { readInput: async () => text, clock: { now: () => NOW_MS } })
}

const { userSigV2, privateMapKeyNumeric, txSecret, zegoLoginTokenV1, zegoToken04Cbc } = vectors
const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'secp256k1',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const user = { sdkAppID: userSigV2.sdkAppID, secretKey: userSigV2.secretKey, userID: userSigV2.userID }
const { appID, appSign, idName, nonce, expired } = zegoLoginTokenV1
const { appId, userId, secret, effectiveTimeInSeconds, payload, ctime, iv } = zegoToken04Cbc
const roomRight = { room: privateMapKeyNumeric.room, privilegeMap: privateMapKeyNumeric.privilegeMap }
const txInput = { key: txSecret.key, streamName: txSecret.streamName, expireUnix: txSecret.expireUnix }

/** Per command: what to sign, the ticket where it is always the same, what `verify` wants, and the change that spoils it. */
const cases: Record<string, { sign: object; ticket?: string; verify: object; spoilt: object; reason: string }> = {
  userSigV2: {
    sign: { ...user, expire: userSigV2.expire },
    verify: user,
    spoilt: { userID: 'other' },
    reason: 'mismatch',
  },
  privateMapKey: {
    sign: { ...user, ...roomRight, expireAbs: privateMapKeyNumeric.expireAbs },
    verify: { ...user, ...roomRight },
    spoilt: { room: '10000' },
    reason: 'mismatch',
  },
  userSigLegacyEcdsa: {
    sign: { privateKey, sdkAppID: user.sdkAppID, userID: user.userID, expire: 300 },
    verify: { publicKey, sdkAppID: user.sdkAppID, userID: user.userID },
    spoilt: { publicKey: vectors.userSigLegacyEcdsa.publicKeyPem },
    reason: 'signature',
  },
  txSecret: {
    sign: txInput,
    ticket: txSecret.txSecret,
    verify: { ...txInput, time: txInput.expireUnix - 1 },
    spoilt: { time: txInput.expireUnix },
    reason: 'expired',
  },
  mixStreamApiSign: {
    sign: vectors.mixStreamApiSign,
    ticket: vectors.mixStreamApiSign.sign,
    verify: vectors.mixStreamApiSign,
    spoilt: { t: 1 },
    reason: 'signature',
  },
  liveCallbackSign: {
    sign: vectors.liveCallbackSign,
    ticket: vectors.liveCallbackSign.sign,
    verify: vectors.liveCallbackSign,
    spoilt: { key: 'other' },
    reason: 'signature',
  },
  trtcCallbackSign: {
    sign: vectors.trtcCallbackSign,
    ticket: vectors.trtcCallbackSign.sign,
    verify: vectors.trtcCallbackSign,
    spoilt: { body: '{}' },
    reason: 'signature',
  },
  zegoLoginTokenV1: {
    sign: { appID, appSign, idName, nonce, expired },
    ticket: zegoLoginTokenV1.token,
    verify: { appID, appSign, idName },
    spoilt: { idName: 'user_2' },
    reason: 'signature',
  },
  zegoToken04: {
    sign: { appId, userId, secret, effectiveTimeInSeconds, payload, ctime, nonce: 1073741824, iv },
    ticket: zegoToken04Cbc.token,
    verify: { appId, userId, secret },
    spoilt: { ctime: zegoToken04Cbc.expire },
    reason: 'expired',
  },
}

it('every command is tried here', () => {
  expect(Object.keys(cases)).toEqual(Object.keys(TICKET_COMMANDS))
})

describe.each(Object.entries(cases))('%s', (name, { sign, ticket, verify, spoilt, reason }) => {
  it('signs, and verifies what it has signed', async () => {
    const signed = await run(['sign', name], sign)
    expect(signed).toMatchObject({ exitCode: 0, stderr: '' })
    if (ticket !== undefined) expect(signed.stdout).toBe(`${ticket}\n`)
    const verified = await run(['verify', name], { ...verify, ticket: undefined, ...named(name, signed.stdout) })
    expect(verified).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(verified.stdout)).toEqual(expect.any(Object))
    expect(await run(['verify', name], { ...withoutTicket(name, verify), ticket: signed.stdout.trim() })).toEqual(
      verified,
    )
  })

  it('ends with 1 and the reason when it does not verify', async () => {
    const { stdout } = await run(['sign', name], sign)
    const result = await run(['verify', name], { ...verify, ...named(name, stdout), ...spoilt })
    expect(result).toMatchObject({ exitCode: 1, stdout: '' })
    expect(result.stderr).toMatch(new RegExp(`^roomlet-server: ${name} does not verify \\(${reason}\\): [^\\n]+\\n$`))
  })

  it('names the first field that is missing', async () => {
    const [first = ''] = TICKET_COMMANDS[name]?.signFields ?? []
    const refused = await run(['sign', name], {})
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toMatch(new RegExp(`^roomlet-server: ${first} is missing[^\\n]+\\n$`))
    const [ticketField = ''] = TICKET_COMMANDS[name]?.verifyFields ?? []
    const noTicket = await run(['verify', name], withoutTicket(name, verify))
    expect(noTicket.stderr).toMatch(new RegExp(`^roomlet-server: ${ticketField} is missing[^\\n]+\\n$`))
  })

  it('reads every field that it says it reads', async () => {
    const wrong = { wrong: true }
    for (const field of TICKET_COMMANDS[name]?.signFields ?? []) {
      const key = field.replace('?', '')
      const { exitCode, stderr } = await run(['sign', name], { ...sign, [key]: wrong })
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(`^roomlet-server: ${key} must be `)])
    }
    for (const field of TICKET_COMMANDS[name]?.verifyFields ?? []) {
      const key = field.replace('?', '')
      const { stdout } = await run(['sign', name], sign)
      const { exitCode, stderr } = await run(['verify', name], { ...verify, ...named(name, stdout), [key]: wrong })
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(`^roomlet-server: ${key} must be `)])
    }
  })
})

function named(name: string, stdout: string): object {
  return { [TICKET_COMMANDS[name]?.ticketField ?? '']: stdout.trim() }
}

function withoutTicket(name: string, input: object): object {
  return { ...input, [TICKET_COMMANDS[name]?.ticketField ?? '']: undefined }
}

it('the ticket of the vendor’s package verifies, at the moment that is given', async () => {
  const input = { ...user, userSig: userSigV2.userSig_node_zlib }
  const { stdout } = await run(['verify', 'userSigV2'], input)
  expect(JSON.parse(stdout)).toEqual({
    userID: user.userID,
    sdkAppID: user.sdkAppID,
    time: userSigV2.time,
    expire: userSigV2.expire,
  })
  const end = userSigV2.time + userSigV2.expire
  expect((await run(['verify', 'userSigV2'], { ...input, time: end - 1 })).exitCode).toBe(0)
  expect((await run(['verify', 'userSigV2'], { ...input, time: end })).exitCode).toBe(1)
})

it.each([
  ['an unknown command', ['serve'], '', 'unknown command "serve"; there are sign, verify and --help'],
  ['a ticket without a name', ['sign'], '{}', 'sign needs the name of a ticket; there are userSigV2, '],
  ['an unknown ticket', ['verify', 'userSigV3'], '{}', 'verify knows no "userSigV3"; there are userSigV2, '],
  ['a name that objects have anyway', ['sign', 'toString'], '{}', 'sign knows no "toString"; '],
  ['input on the command line', ['sign', 'txSecret', '{}'], '{}', 'sign takes one name; the rest comes as JSON on '],
  ['nothing', ['sign', 'txSecret'], ' \n', 'standard input is empty'],
  ['no JSON, which may hold a key', ['sign', 'txSecret'], '{"key": s3cret}', 'standard input is not JSON\n'],
  ['a list', ['sign', 'txSecret'], '[]', 'standard input is not a JSON object'],
  ['a number', ['sign', 'txSecret'], '7', 'standard input is not a JSON object'],
])('%s is refused in one line', async (_what, args, input, message) => {
  const { exitCode, stdout, stderr } = await run(args, input)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr.startsWith(`roomlet-server: ${message}`)).toBe(true)
  expect(stderr.match(/\n/g)).toHaveLength(1)
})
