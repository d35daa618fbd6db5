import { outcomeOf } from './attack'
import { MATRIX } from './matrix'

/** Ten thousand requests on a machine that does other things as well: a bound against hanging. */
const WITHIN_MS = 600_000

it.each(MATRIX.map((attack) => [attack.name, attack] as const))(
  '%s does no harm',
  async (_name, attack) => {
    const { tries, harm } = await outcomeOf(attack)
    expect(harm).toEqual([])
    expect(tries).toBeGreaterThan(0)
  },
  WITHIN_MS,
)
