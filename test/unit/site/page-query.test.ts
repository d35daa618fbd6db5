import { queryText } from '../../../examples/miniprogram/page-query'

it.each([
  [{ userName: '%E6%9E%97%E5%B0%8F%E6%BB%A1' }, '林小满'],
  [{ userName: '林小满' }, '林小满'],
  [{ userName: '100%' }, '100%'],
  [{}, ''],
])('reads the field of %j', (query, text) => {
  expect(queryText(query, 'userName')).toBe(text)
})
