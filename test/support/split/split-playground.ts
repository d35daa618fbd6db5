import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPlayground } from '../../../examples/playground/build'
import { Front } from './front'
import { freePorts, ServiceProcess } from './service-process'

const SDK_APP_ID = '1400000000'

/** The playground with RoomService and media server in processes of their own, behind one address. */
export interface SplitPlayground {
  /** with a slash at its end */
  readonly url: string
  readonly rooms: ServiceProcess
  readonly media: ServiceProcess
  readonly front: Front
  close(): Promise<void>
}

export async function startSplitPlayground(): Promise<SplitPlayground> {
  const files = await mkdtemp(path.join(tmpdir(), 'roomlet-split-'))
  const [roomsPort = 0, mediaPort = 0, rtmpPort = 0] = await freePorts(3)
  // RoomService signs what the media server checks, before and after a restart of either
  const env = {
    SDK_APP_ID,
    SECRET_KEY: 'a key that two processes share',
    RTMP_PORT: String(rtmpPort),
    DEMO: '1',
  }
  const rooms = new ServiceProcess(roomsPort, ['--import', 'tsx', 'server/src/main.ts'], env)
  const media = new ServiceProcess(mediaPort, ['--import', 'tsx', 'test/support/split/media-process.ts'], env)
  const front = new Front({ files, ports: { '/weapp': roomsPort, '/live': mediaPort } })
  const close = async (): Promise<void> => {
    await Promise.all([rooms.kill(), media.kill(), front.close()])
    await rm(files, { recursive: true, force: true })
  }
  try {
    await Promise.all([buildPlayground({ out: files }), rooms.start(), media.start()])
    return { url: await front.listen(), rooms, media, front, close }
  } catch (error) {
    await close()
    throw error
  }
}
