import type { RoomError } from '../../src/errors'
import { LiveStage, userNamed } from '../support/live-stage'

let stage: LiveStage
const { authorize } = wx

beforeEach(() => {
  stage = new LiveStage()
})

afterEach(() => {
  Object.assign(wx, { authorize })
  stage.close()
})

test('a guest is asked for microphone and camera before the request; what is refused is told by its own number', async () => {
  const host = await stage.presenter()
  const ann = await stage.audience('ann')
  const asked: string[] = []
  const answerWith = (errMsg: string | null) =>
    Object.assign(wx, {
      authorize: ({ scope, success, fail }: WechatMiniprogram.AuthorizeOption) => {
        asked.push(scope)
        if (errMsg === null) success?.({ errMsg: 'authorize:ok' })
        else fail?.({ errMsg })
      },
    })
  answerWith('authorize:fail auth deny')
  expect(await ann.call('requestJoinPusher')).toBe('MICROPHONE_DENIED')
  expect(ann.events.filter(({ tag }) => tag === 'error')).toMatchObject([
    { code: -1302, error: { code: 'MICROPHONE_DENIED' } },
  ])
  expect(host.told('joinPusher')).toEqual([])
  answerWith(null)
  expect(await ann.call('requestJoinPusher')).toBe('pending')
  expect(host.told('joinPusher')).toEqual([userNamed('ann')])
  expect(asked).toEqual(['scope.record', 'scope.record', 'scope.camera'])
})

/** Every question to the user stays open until it is allowed here. */
function askingForever(): { allow(): Promise<void> } {
  const questions: (() => void)[] = []
  Object.assign(wx, {
    authorize: ({ success }: WechatMiniprogram.AuthorizeOption) =>
      void questions.push(() => success?.({ errMsg: 'authorize:ok' })),
  })
  return {
    async allow() {
      while (questions.length > 0) {
        for (const answer of questions.splice(0)) answer()
        await stage.world.clock.advance(0)
      }
    },
  }
}

test.each(['endJoinPusher', 'stop'])('%s while the guest is being asked takes the request back', async (method) => {
  const host = await stage.presenter()
  const ann = await stage.audience('ann')
  const user = askingForever()
  const asked = ann.room.instance.requestJoinPusher() as Promise<void>
  await stage.world.clock.advance(0)
  await ann.call(method)
  await user.allow()
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(host.told('joinPusher')).toEqual([])
  expect(ann.tags).not.toContain('error')
})

test('a request and a stop() in one breath are no error', async () => {
  await stage.presenter()
  const ann = await stage.audience('ann')
  const asked = ann.room.instance.requestJoinPusher() as Promise<void>
  await ann.call('stop')
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(ann.tags).not.toContain('error')
})

test('whoever asks again after taking the request back while being asked is heard once', async () => {
  const host = await stage.presenter()
  const ann = await stage.audience('ann')
  const user = askingForever()
  const first = ann.room.instance.requestJoinPusher() as Promise<void>
  first.catch(() => undefined)
  await ann.call('endJoinPusher')
  expect(await ann.call('requestJoinPusher')).toBe('pending')
  await user.allow()
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' })
  await stage.world.clock.advance(1000)
  expect(host.told('joinPusher')).toEqual([userNamed('ann')])
  await host.call('respondJoinReq', false, userNamed('ann'), 'later')
  expect(ann.told('linkOff')).toMatchObject([{ reason: 'rejected', text: 'later' }])
})

test('whoever asks again while the request is under way is seated with it', async () => {
  const host = await stage.presenter()
  const ann = await stage.audience('ann')
  await ann.call('requestJoinPusher')
  const user = askingForever()
  const again = ann.room.instance.requestJoinPusher() as Promise<void>
  const seated = again.then(
    () => 'seated',
    ({ code }: RoomError) => code,
  )
  await host.call('respondJoinReq', true, userNamed('ann'))
  await ann.publishes()
  await user.allow()
  expect(await seated).toBe('seated')
})

test('an invitation that is declined after all, while the guest is being asked, is declined', async () => {
  const host = await stage.presenter()
  const ann = await stage.audience('ann')
  await host.call('inviteJoinPusher', 'ann')
  const user = askingForever()
  const taken = ann.room.instance.respondInvite(true) as Promise<void>
  taken.catch(() => undefined)
  expect(await ann.call('respondInvite', false)).toBe('done')
  await user.allow()
  await expect(taken).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(ann.tags).not.toContain('error')
  expect(ann.publisher).toBeNull()
})

test('whoever watches is asked for nothing', async () => {
  const asked: string[] = []
  await stage.presenter()
  Object.assign(wx, {
    authorize: ({ scope, success }: WechatMiniprogram.AuthorizeOption) => {
      asked.push(scope)
      success?.({ errMsg: 'authorize:ok' })
    },
  })
  const ann = await stage.audience('ann')
  expect(ann.players).toHaveLength(1)
  expect(asked).toEqual([])
})
