import { TypedEmitter } from '../../../src/util/emitter'

interface Events {
  greeted: readonly [name: string]
  ended: readonly []
}

describe('TypedEmitter', () => {
  const errors: unknown[] = []
  const emitter = () => new TypedEmitter<Events>((error) => errors.push(error))

  beforeEach(() => void errors.splice(0))

  test('tells every listener of an event, with its arguments, in the order of listening', () => {
    const heard: string[] = []
    const events = emitter()
    events.on('greeted', (name) => heard.push(`first ${name}`))
    events.on('greeted', (name) => heard.push(`second ${name}`))
    events.on('ended', () => heard.push('ended'))
    events.emit('greeted', 'Ada')
    expect(heard).toEqual(['first Ada', 'second Ada'])
  })

  test('stays quiet to a listener that has unsubscribed, also when it had subscribed twice', () => {
    const heard: string[] = []
    const listener = (name: string) => void heard.push(name)
    const events = emitter()
    const off = events.on('greeted', listener)
    events.on('greeted', listener)
    off()
    events.emit('greeted', 'Ada')
    expect(heard).toEqual(['Ada'])
  })

  test('survives a throwing listener: the others hear, the error is handed over', () => {
    const heard: string[] = []
    const events = emitter()
    events.on('greeted', () => {
      throw new Error('listener at fault')
    })
    events.on('greeted', (name) => heard.push(name))
    events.emit('greeted', 'Ada')
    expect(heard).toEqual(['Ada'])
    expect(errors).toEqual([new Error('listener at fault')])
  })

  test('calls those who listened when the event happened, not those who joined or left in it', () => {
    const heard: string[] = []
    const events = emitter()
    events.on('greeted', () => {
      heard.push('first')
      events.on('greeted', () => heard.push('late'))
    })
    events.emit('greeted', 'Ada')
    expect(heard).toEqual(['first'])
  })

  test('says nothing after clear', () => {
    const heard: string[] = []
    const events = emitter()
    events.on('greeted', (name) => heard.push(name))
    events.clear()
    events.emit('greeted', 'Ada')
    events.emit('ended')
    expect(heard).toEqual([])
  })
})
