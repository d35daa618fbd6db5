import { roomService } from '../../../src/provider/roomservice/roomservice'
import { describeProvider } from '../../contracts/provider-contract'
import { RoomWorld, type Device } from '../../support/room-world'

describeProvider('roomservice', () => {
  const world = new RoomWorld()
  const devices = new Map<string, Device>()
  /** What the app's login holds is its own. */
  const atLogin = new Map<string, number>()
  const heldBy = ({ leftovers }: Device): number => leftovers.timers + leftovers.listeners
  const deviceOf = (userID: string): Device => {
    const device = devices.get(userID)
    if (!device) throw new Error(`${userID} has no device`)
    return device
  }
  return {
    provider: roomService,
    clock: world.clock,
    badConfigs: [
      ['connection', undefined],
      ['connection', { connection: 'wss://rooms.test' }],
    ],
    open: async (userID) => {
      const device = await world.device(userID).login()
      devices.set(userID, device)
      atLogin.set(userID, heldBy(device))
      return device.open()
    },
    publishing: () => undefined,
    cut: (userID) => {
      const { link } = deviceOf(userID)
      link.refusing = true
      link.cut()
    },
    mend: (userID) => {
      deviceOf(userID).link.refusing = false
    },
    held: (userID) => heldBy(deviceOf(userID)) - (atLogin.get(userID) ?? 0),
    close: () => world.close(),
  }
})
