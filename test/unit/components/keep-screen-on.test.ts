import { keepScreenOn } from '../../../components/shared/keep-screen-on'

const first = {}
const second = {}
let set: boolean[]
let shown: Set<() => void>

beforeEach(() => {
  set = []
  shown = new Set()
  const wx = {
    setKeepScreenOn: ({ keepScreenOn: isOn }: { keepScreenOn: boolean }) => void set.push(isOn),
    onAppShow: (listener: () => void) => void shown.add(listener),
    offAppShow: (listener: () => void) => void shown.delete(listener),
  }
  Object.assign(globalThis, { wx })
})

afterEach(() => {
  keepScreenOn(first, false)
  keepScreenOn(second, false)
  Reflect.deleteProperty(globalThis, 'wx')
})

test('goes on with the first call and off with the last', () => {
  keepScreenOn(first, true)
  keepScreenOn(second, true)
  keepScreenOn(first, false)
  expect(set).toEqual([true])
  keepScreenOn(second, false)
  expect(set).toEqual([true, false])
})

test('is set again when the user comes back to a call, and no longer after it', () => {
  keepScreenOn(first, true)
  shown.forEach((listener) => listener())
  expect(set).toEqual([true, true])
  keepScreenOn(first, false)
  expect(shown.size).toBe(0)
})

test('a component that was in no call changes nothing by leaving', () => {
  keepScreenOn(first, false)
  expect(set).toEqual([])
})
