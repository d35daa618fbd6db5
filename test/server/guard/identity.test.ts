import { generateKeyPairSync } from 'node:crypto'
import { createIdentity, type Credentials, type IdentityOptions } from '../../../server/src/identity'
import { systemRandom } from '../../../server/src/random'
import { MemoryStore } from '../../../server/src/store/memory-store'
import { makeLegacyUserSig } from '../../../server/src/tickets/legacy-user-sig'
import { makePrivateMapKey } from '../../../server/src/tickets/private-map-key'
import { makeUserSig } from '../../../server/src/tickets/user-sig'
import { codeOf } from '../../support/room-world'
import { keys, SDK_APP_ID, SECRET_KEY } from '../support/hub-client'

let now = 1_700_000_000_000
beforeEach(() => (now = 1_700_000_000_000))

function identityWith(more: Partial<IdentityOptions> = {}) {
  const store = new MemoryStore({ now: () => now })
  return createIdentity({ keys, clock: { now: () => now }, random: systemRandom, store, ...more })
}

const sigOf = (userID: string, expire = 3600): string =>
  makeUserSig({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, expire, time: now / 1000 })

describe('a token', () => {
  it('is renewed by a login with it, again and again, and outlives no lifetime of its own', async () => {
    const identity = identityWith({ tokenLifetimeSeconds: 600 })
    let { token } = await identity.login({ userID: 'ann', userSig: sigOf('ann') })
    const first = token
    for (let renewals = 0; renewals < 3; renewals += 1) {
      now += 599_000
      token = (await identity.login({ userID: 'ann', token })).token
    }
    expect((await identity.verify('ann', token)).userID).toBe('ann')
    expect(await codeOf(identity.verify('ann', first))).toBe('LOGIN_EXPIRED')
    now += 600_000
    expect(await codeOf(identity.login({ userID: 'ann', token }))).toBe('LOGIN_EXPIRED')
  })

  it('ends with its login, and so does every token that was renewed from it', async () => {
    const identity = identityWith()
    const session = await identity.login({ userID: 'ann', userSig: sigOf('ann') })
    const other = await identity.login({ userID: 'ann', userSig: sigOf('ann') })
    now += 1_000
    const renewed = await identity.login({ userID: 'ann', token: session.token })
    await identity.logout(session)
    now += 24 * 3600_000 - 2_000
    expect(await codeOf(identity.verify('ann', renewed.token))).toBe('LOGIN_EXPIRED')
    now -= 24 * 3600_000 - 2_000
    expect(await codeOf(identity.verify('ann', session.token))).toBe('LOGIN_EXPIRED')
    expect(await codeOf(identity.verify('ann', other.token))).toBe('resolved')
  })

  it('is worth nothing to another user, nor at a service of another app', async () => {
    const { token } = await identityWith().login({ userID: 'ann', userSig: sigOf('ann') })
    expect(await codeOf(identityWith().verify('bob', token))).toBe('LOGIN_REFUSED')
    const { tokenKey } = keys
    const other = { ...keys, tokenKey: Buffer.from(tokenKey).reverse() }
    expect(await codeOf(identityWith({ keys: other }).verify('ann', token))).toBe('LOGIN_REFUSED')
  })
})

describe('a userSig', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const legacyPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const legacySig = (userID: string, expire = 3600): string =>
    makeLegacyUserSig({
      privateKey: privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      sdkAppID: SDK_APP_ID,
      userID,
      expire,
      time: now / 1000,
    })

  it('of the first generation is accepted where its key is known, beside those of the second', async () => {
    const identity = identityWith({ legacyPublicKey })
    expect((await identity.login({ userID: 'ann', userSig: legacySig('ann') })).userID).toBe('ann')
    expect((await identity.login({ userID: 'ann', userSig: sigOf('ann') })).userID).toBe('ann')
    expect(await codeOf(identityWith().login({ userID: 'ann', userSig: legacySig('ann') }))).toBe('LOGIN_REFUSED')
  })

  it.each<[string, () => Credentials, string]>([
    ['of another user, first generation', () => ({ userID: 'bob', userSig: legacySig('ann') }), 'LOGIN_REFUSED'],
    ['of another user', () => ({ userID: 'bob', userSig: sigOf('ann') }), 'LOGIN_REFUSED'],
    ['that is a privateMapKey', () => ({ userID: 'ann', userSig: mapKey('ann') }), 'LOGIN_REFUSED'],
    ['that is noise', () => ({ userID: 'ann', userSig: 'eJx*noise' }), 'LOGIN_REFUSED'],
    ['of a name with a line break', () => ({ userID: 'ann\nTLS.sdkappid:1', userSig: sigOf('ann') }), 'BAD_PARAMETER'],
    ['for another app', () => ({ userID: 'ann', userSig: sigOf('ann'), sdkAppID: '1' }), 'LOGIN_REFUSED'],
    ['that is empty', () => ({ userID: 'ann', userSig: '' }), 'LOGIN_REFUSED'],
  ])('%s is refused', async (_what, credentials, code) => {
    expect(await codeOf(identityWith({ legacyPublicKey }).login(credentials()))).toBe(code)
  })

  it('runs out, whatever generation it is of', async () => {
    const identity = identityWith({ legacyPublicKey })
    const sigs = [sigOf('ann', 60), legacySig('ann', 60)]
    now += 60_000
    for (const userSig of sigs) expect(await codeOf(identity.login({ userID: 'ann', userSig }))).toBe('LOGIN_EXPIRED')
  })
})

it('an application’s own verifier decides in the place of userSigs', async () => {
  const verifyUser = async ({ userSig }: { userSig: string }) => (userSig.startsWith('jwt ') ? userSig.slice(4) : null)
  const identity = identityWith({ verifyUser })
  expect((await identity.login({ userID: 'ann', userSig: 'jwt ann' })).userID).toBe('ann')
  expect(await codeOf(identity.login({ userID: 'bob', userSig: 'jwt ann' }))).toBe('LOGIN_REFUSED')
  expect(await codeOf(identity.login({ userID: 'ann', userSig: sigOf('ann') }))).toBe('LOGIN_REFUSED')
})

function mapKey(userID: string): string {
  const request = { sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, room: 7, privilegeMap: 255, expire: 3600 }
  return makePrivateMapKey({ ...request, time: now / 1000 })
}
