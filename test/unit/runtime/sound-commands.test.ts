import { soundCommands } from '../../../examples/playground/runtime/elements/sound-commands'
import { SoundMix } from '../../../examples/playground/runtime/media/sound-mix'

const STREAM = { sampleRate: 1000, channels: 1 }
const loaded: string[] = []
let mix: SoundMix
const commands = soundCommands(() => mix)

beforeEach(() => {
  loaded.splice(0)
  mix = new SoundMix((url) => {
    loaded.push(url)
    return Promise.resolve({ sampleRate: STREAM.sampleRate, planes: [new Float32Array(1000).fill(0.5)] })
  })
})

function sent(spoken: number): number {
  const samples = new Float32Array(1).fill(spoken)
  mix.apply(samples, STREAM, false)
  return samples[0] ?? NaN
}

test('music and microphone obey the methods of the context', async () => {
  await commands.playBGM?.({ url: 'https://music.test/a.mp3', startTimeMs: 500 })
  expect(loaded).toEqual(['https://music.test/a.mp3'])
  expect(sent(0)).toBe(0.5)
  void commands.setBGMVolume?.({ volume: 0.5 })
  void commands.setMICVolume?.({ volume: 0.5 })
  expect(sent(0.5)).toBe(0.5)
  void commands.pauseBGM?.()
  expect(sent(0.5)).toBe(0.25)
  void commands.resumeBGM?.()
  expect(sent(0)).toBe(0.25)
  void commands.stopBGM?.()
  expect(sent(0)).toBe(0)
})

test('a volume may be text, as WeChat’s own types have it', () => {
  void commands.setMICVolume?.({ volume: '0.5' })
  expect(sent(0.5)).toBe(0.25)
})

test.each([{}, { volume: 'loud' }, { volume: '' }, { volume: NaN }, { volume: null }])(
  'a volume that is none is refused: %j',
  (options) => {
    expect(() => commands.setBGMVolume?.(options)).toThrow('volume is no number')
  },
)

test.each([{}, { url: '' }, { url: 5 }])('music without an address is refused: %j', (options) => {
  expect(() => commands.playBGM?.(options)).toThrow('url is missing')
  expect(loaded).toEqual([])
})

test('nothing obeys while nothing is published', () => {
  const dead = soundCommands(() => {
    throw new Error('not started')
  })
  for (const [name, command] of Object.entries(dead)) {
    expect(() => command({ url: 'https://music.test/a.mp3', volume: 1 })).toThrow('not started')
    expect(name).toMatch(/BGM|MIC/)
  }
})
