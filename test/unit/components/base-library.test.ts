import { baseLibraryRefusal, NEEDED_BASE_LIBRARY } from '../../../components/shared/base-library'
import { ERRORS } from '../../../src/error-catalogue'

test.each(['1.9.98', '2.9.0', '2.8.3', '2.9'])('%s is too old', (version) => {
  expect(baseLibraryRefusal(version)).toMatchObject({ code: 'WECHAT_TOO_OLD' })
})

test.each(['2.9.1', '2.10.0', '2.32.3', '3.0.0', '2.9.1.2', '', 'unknown'])('"%s" will do', (version) => {
  expect(baseLibraryRefusal(version)).toBeNull()
})

test('the texts name the version that is needed', () => {
  const { zh, en } = ERRORS.WECHAT_TOO_OLD
  expect([zh, en].every((text) => text.includes(NEEDED_BASE_LIBRARY))).toBe(true)
})
