/** The timers of one page: all of them end with it. */
export class PageTimers {
  private once: number[] = []
  private repeated: number[] = []

  later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.once = this.once.filter((other) => other !== timer)
      run()
    }, delayMs)
    this.once = [...this.once, timer]
  }

  every(periodMs: number, run: () => void): void {
    this.repeated = [...this.repeated, setInterval(run, periodMs)]
  }

  clear(): void {
    this.once.forEach((timer) => clearTimeout(timer))
    this.repeated.forEach((timer) => clearInterval(timer))
    this.once = []
    this.repeated = []
  }
}
