import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildSync } from 'esbuild'
import { freePorts, ServiceProcess } from '../split/service-process'

const ROOT = path.join(__dirname, '../../..')
export const CLUSTER_KEY = 'a-key-for-tests'
export const CLUSTER_APP = 1400000000
/** Members of one room at most. */
export const CLUSTER_ROOM_SIZE = 10

/** `roomlet-server` compiled once, so that a node that was killed is back soon. */
export class NodeProgram {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'roomlet-node-'))
  static readonly modules = path.join(ROOT, 'node_modules')
  readonly file = path.join(this.folder, 'main.js')

  constructor() {
    buildSync({
      entryPoints: [path.join(ROOT, 'server/src/main.ts')],
      outfile: this.file,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'cjs',
    })
  }

  /** Nodes that are not running yet, each with a port of its own. */
  async nodes(count: number, redisUrl: string, more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess[]> {
    const env = {
      ...more,
      SECRET_KEY: CLUSTER_KEY,
      SDK_APP_ID: String(CLUSTER_APP),
      MAX_MEMBERS: String(CLUSTER_ROOM_SIZE),
      ROOMLET_REDIS_URL: redisUrl,
      NODE_PATH: NodeProgram.modules,
    }
    return (await freePorts(count)).map((port) => new ServiceProcess(port, [this.file], env))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
