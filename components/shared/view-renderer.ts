import { diffData } from '../../src/view/diff-data'

type Data = Readonly<Record<string, unknown>>

/** Sets data on the page and calls back once it stands there. */
export type Commit = (changes: Record<string, unknown>, done: () => void) => void

/** Brings data onto the page as they change: at most one commit a turn, none when nothing differs. */
export class ViewRenderer {
  /** Of this turn. */
  private rendering: Promise<void> | null = null
  /** The last commit; they land in their order. */
  private landed = Promise.resolve()
  private disposed = false

  constructor(
    private shown: Data,
    private readonly select: () => Data,
    private readonly commit: Commit,
  ) {}

  /** The data may differ from what is shown; resolves once the page has them as they are at the end of this turn. */
  render(): Promise<void> {
    this.rendering ??= Promise.resolve().then(() => this.flush())
    return this.rendering
  }

  /** Nothing is drawn any more. */
  dispose(): void {
    this.disposed = true
  }

  private flush(): Promise<void> {
    this.rendering = null
    if (this.disposed) return Promise.resolve()
    const before = this.shown
    this.shown = this.select()
    const changes = diffData(before, this.shown)
    if (Object.keys(changes).length > 0) this.landed = new Promise((done) => this.commit(changes, done))
    return this.landed
  }
}
