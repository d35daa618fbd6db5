/** @jest-environment jsdom */
import type { PageStack as Stack } from '../../../examples/playground/runtime/page-stack'

afterEach(() => document.body.replaceChildren())

type Hooks = Record<string, () => void>

/** A program whose pages are these, drawn by nothing. */
async function openProgram(pages: Readonly<Record<string, Hooks>>): Promise<Stack> {
  const { PageStack } = await import('../../../examples/playground/runtime/page-stack')
  const create = (path: string) => ({
    get: () => ({ ...pages[path] }),
    attach: () => undefined,
    release: () => undefined,
    getComponent: () => ({ triggerPageLifetime: () => undefined }),
  })
  return new PageStack(Object.keys(pages), create as never, () => ({ title: '', pullsDown: false }))
}

test('a page that is being unloaded is still the one in front, above the page before it', async () => {
  const seen: unknown[] = []
  const onUnload = (): void =>
    void seen.push(
      stack.instances.map(({ route }) => route),
      stack.current?.route,
    )
  const stack: Stack = await openProgram({ first: {}, second: { onUnload } })
  stack.open('first', {})
  stack.open('second', {})
  stack.back(1)
  expect(seen).toEqual([['first', 'second'], 'second'])
  expect(stack.instances.map(({ route }) => route)).toEqual(['first'])
})

test('a page that fails while it is unloaded is gone all the same', async () => {
  const stack = await openProgram({
    first: {
      onUnload() {
        throw new Error('no')
      },
    },
  })
  stack.open('first', {})
  expect(() => stack.close()).toThrow('no')
  expect(stack.instances).toEqual([])
  expect(document.querySelector('.phone-page')).toBeNull()
})
