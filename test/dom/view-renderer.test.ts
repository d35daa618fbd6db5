import { setImmediate } from 'node:timers'
import { ViewRenderer } from '../../components/shared/view-renderer'

class Page {
  wanted = { n: 0 }
  readonly commits: Record<string, unknown>[] = []
  private readonly landings: (() => void)[] = []
  readonly renderer = new ViewRenderer(
    { n: 0 },
    () => this.wanted,
    (changes, done) => {
      this.commits.push(changes)
      this.landings.push(done)
    },
  )

  set(n: number): void {
    this.wanted = { n }
    void this.renderer.render()
  }

  land(): void {
    this.landings.shift()?.()
  }
}

/** Until everything that waits for nothing from outside has happened. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
let page: Page
beforeEach(() => void (page = new Page()))

test('changes of one turn are one commit', async () => {
  page.set(1)
  page.set(2)
  await turn()
  expect(page.commits).toEqual([{ n: 2 }])
})

test('a change that is taken back in the same turn commits nothing', async () => {
  page.set(1)
  page.set(0)
  await turn()
  expect(page.commits).toEqual([])
})

test('whoever waits is called when the commit has landed, not before', async () => {
  const done = jest.fn()
  page.set(1)
  void page.renderer.render().then(done)
  await turn()
  expect(done).not.toHaveBeenCalled()
  page.land()
  await turn()
  expect(done).toHaveBeenCalledTimes(1)
})

test('whoever waits while nothing differs is called in the same turn', async () => {
  const done = jest.fn()
  void page.renderer.render().then(done)
  await turn()
  expect(done).toHaveBeenCalledTimes(1)
  expect(page.commits).toEqual([])
})

test('whoever waits while an older commit is under way waits for that one', async () => {
  const done = jest.fn()
  page.set(1)
  await turn()
  void page.renderer.render().then(done)
  await turn()
  expect(done).not.toHaveBeenCalled()
  page.land()
  await turn()
  expect(done).toHaveBeenCalledTimes(1)
})

test('nothing is committed after the page is gone, and nobody waits for ever', async () => {
  const waiting = jest.fn()
  const late = jest.fn()
  page.set(1)
  void page.renderer.render().then(waiting)
  page.renderer.dispose()
  void page.renderer.render().then(late)
  await turn()
  expect(page.commits).toEqual([])
  expect(waiting).toHaveBeenCalledTimes(1)
  expect(late).toHaveBeenCalledTimes(1)
})

test('a commit that lands after the page is gone calls nobody a second time', async () => {
  const done = jest.fn()
  page.set(1)
  void page.renderer.render().then(done)
  await turn()
  page.renderer.dispose()
  page.land()
  await turn()
  expect(done).toHaveBeenCalledTimes(1)
})
