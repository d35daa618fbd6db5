import { outcomeOf } from './attack'
import { MATRIX } from './matrix'

it.each(MATRIX.map((attack) => [attack.name, attack] as const))('%s does no harm', async (_name, attack) => {
  const { tries, harm } = await outcomeOf(attack)
  expect(harm).toEqual([])
  expect(tries).toBeGreaterThan(0)
})
