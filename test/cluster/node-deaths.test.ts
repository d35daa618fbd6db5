import { nodeDeaths } from '../support/cluster/node-deaths'

// `npm run test:cluster` does this with 200 members for a minute.
it('loses and doubles no acknowledged message while nodes are killed, and everyone knows who is there', async () => {
  const result = await nodeDeaths({ rooms: 4, kills: 3, killEveryMs: 3_000, pauseMs: 300 })
  expect(result).toMatchObject({
    members: 40,
    kills: 3,
    refused: [],
    lost: [],
    doubled: [],
    closed: [],
    wrongRosters: [],
  })
  expect(result.acknowledged).toBeGreaterThan(0)
  expect(result.delivered).toBe(result.acknowledged * 9)
  expect(result.drops).toBeGreaterThan(0)
})
