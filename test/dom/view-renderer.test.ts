import { ViewRenderer } from '../../components/shared/view-renderer'

interface Shown {
  readonly n: number
}

class Page {
  wanted: Shown = { n: 0 }
  readonly commits: Record<string, unknown>[] = []
  private readonly landings: (() => void)[] = []
  readonly renderer = new ViewRenderer<Shown>(
    { n: 0 },
    () => this.wanted,
    (before, after) => (before.n === after.n ? {} : { n: after.n }),
    (changes, done) => {
      this.commits.push(changes)
      this.landings.push(done)
    },
  )

  set(n: number): void {
    this.wanted = { n }
    this.renderer.invalidate()
  }

  land(): void {
    this.landings.shift()?.()
  }
}

const turn = (): Promise<void> => Promise.resolve()
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
  page.renderer.afterRender(done)
  await turn()
  expect(done).not.toHaveBeenCalled()
  page.land()
  expect(done).toHaveBeenCalledTimes(1)
})

test('whoever waits while nothing differs is called in the same turn', async () => {
  const done = jest.fn()
  page.renderer.afterRender(done)
  await turn()
  expect(done).toHaveBeenCalledTimes(1)
  expect(page.commits).toEqual([])
})

test('whoever waits while an older commit is under way waits for that one', async () => {
  const done = jest.fn()
  page.set(1)
  await turn()
  page.renderer.afterRender(done)
  await turn()
  expect(done).not.toHaveBeenCalled()
  page.land()
  expect(done).toHaveBeenCalledTimes(1)
})

test('nothing is committed after the page is gone, and nobody waits for ever', async () => {
  const waiting = jest.fn()
  const late = jest.fn()
  page.set(1)
  page.renderer.afterRender(waiting)
  page.renderer.dispose()
  page.renderer.afterRender(late)
  await turn()
  expect(page.commits).toEqual([])
  expect(waiting).toHaveBeenCalledTimes(1)
  expect(late).toHaveBeenCalledTimes(1)
})

test('a commit that lands after the page is gone calls nobody a second time', async () => {
  const done = jest.fn()
  page.set(1)
  page.renderer.afterRender(done)
  await turn()
  page.renderer.dispose()
  page.land()
  expect(done).toHaveBeenCalledTimes(1)
})
