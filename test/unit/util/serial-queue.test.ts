import { SerialQueue } from '../../../src/util/serial-queue'
import { createFakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'

describe('SerialQueue', () => {
  const world = () => {
    const clock = new VirtualClock()
    const platform = createFakePlatform({ clock })
    const queue = new SerialQueue(platform)
    const begun: string[] = []
    const dones: (() => void)[] = []
    const push = (name: string): void =>
      queue.push((done) => {
        begun.push(name)
        dones.push(done)
      })
    return { clock, platform, queue, begun, dones, push }
  }

  test('begins a command at once when nothing runs, and the next when the last is done', () => {
    const { begun, dones, push } = world()
    push('stop')
    push('start')
    expect(begun).toEqual(['stop'])
    dones[0]?.()
    expect(begun).toEqual(['stop', 'start'])
  })

  test('runs a command that is done before it returns, and those behind it', () => {
    const { queue, begun, push } = world()
    queue.push((done) => {
      begun.push('sync')
      done()
    })
    push('next')
    expect(begun).toEqual(['sync', 'next'])
  })

  test('counts a done only once: a phone may call complete twice', () => {
    const { begun, dones, push } = world()
    push('stop')
    push('start')
    push('pause')
    dones[0]?.()
    dones[0]?.()
    expect(begun).toEqual(['stop', 'start'])
  })

  test('goes on after a second when a command never completes, whatever it says later', async () => {
    const { clock, begun, dones, push } = world()
    push('stop')
    push('start')
    push('pause')
    await clock.advance(999)
    expect(begun).toEqual(['stop'])
    await clock.advance(1)
    expect(begun).toEqual(['stop', 'start'])
    dones[0]?.()
    expect(begun).toEqual(['stop', 'start'])
  })

  test('goes on at once when a command throws, as a context that is gone does', () => {
    const { platform, queue, begun, push } = world()
    queue.push(() => {
      throw new Error('no such element')
    })
    push('start')
    expect(begun).toEqual(['start'])
    expect(platform.logs.map(({ level }) => level)).toEqual(['warn'])
  })

  test('clear drops what has not begun, holds no timer, and leaves the queue usable', () => {
    const { platform, queue, begun, dones, push } = world()
    push('stop')
    push('start')
    queue.clear()
    expect(platform.armedTimers).toBe(0)
    dones[0]?.()
    expect(begun).toEqual(['stop'])
    push('again')
    expect(begun).toEqual(['stop', 'again'])
  })

  test('holds no timer once everything is done', () => {
    const { platform, dones, push } = world()
    push('stop')
    expect(platform.armedTimers).toBe(1)
    dones[0]?.()
    expect(platform.armedTimers).toBe(0)
  })
})
