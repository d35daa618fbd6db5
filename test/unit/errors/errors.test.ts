import { ERRORS, isErrorCode } from '../../../src/error-catalogue'
import { RoomError, textOf, toRoomError } from '../../../src/errors'
import type { ErrorCode } from '../../../src/errors'

describe('RoomError', () => {
  test('is an Error that knows its code, and takes text and recoverability from the catalogue', () => {
    const error = new RoomError('NETWORK')
    expect(error).toBeInstanceOf(Error)
    expect(error).toBeInstanceOf(RoomError)
    expect(error).toMatchObject({ name: 'RoomError', code: 'NETWORK', recoverable: true, message: ERRORS.NETWORK.en })
    expect('cause' in error && error.cause !== undefined).toBe(false)
  })

  test('keeps what its thrower says: message, recoverability and cause', () => {
    const cause = new TypeError('below')
    const error = new RoomError('NETWORK', 'the socket would not open', { recoverable: false, cause })
    expect(error).toMatchObject({ message: 'the socket would not open', recoverable: false, cause })
  })

  test('has a sentence for people in both languages, whatever its message', () => {
    const error = new RoomError('CAMERA_DENIED', 'native code 10001')
    expect(textOf(error, 'zh')).toBe(ERRORS.CAMERA_DENIED.zh)
    expect(textOf(error, 'en')).toBe(ERRORS.CAMERA_DENIED.en)
  })
})

describe('toRoomError', () => {
  test('lets a RoomError pass as it is', () => {
    const error = new RoomError('ROOM_FULL')
    expect(toRoomError(error)).toBe(error)
  })

  test.each([
    [new TypeError('below'), 'below'],
    ['a string', ERRORS.PUSH_FAILED.en],
    [undefined, ERRORS.PUSH_FAILED.en],
  ])('makes anything else the cause of the fallback: %p', (thrown, message) => {
    const error = toRoomError(thrown, 'PUSH_FAILED')
    expect(error).toMatchObject({ code: 'PUSH_FAILED', message })
    expect(error.cause).toBe(thrown)
  })
})

describe('the catalogue', () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])('%s has a text in both languages', (code) => {
    expect(ERRORS[code].zh).toMatch(/\p{Script=Han}/u)
    expect(ERRORS[code].en).toMatch(/^[A-Z][^\u4e00-\u9fff]+$/)
  })

  test.each(['toString', '__proto__', 'NOT_IN_IT', '', undefined, 5])('does not know %p', (value) => {
    expect(isErrorCode(value)).toBe(false)
  })

  test('knows its own', () => {
    expect(isErrorCode('ROOM_FULL')).toBe(true)
  })
})
