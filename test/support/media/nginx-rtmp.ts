import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { nginxRtmpModule } from '../../setup/nginx-rtmp'
import { until } from '../until'

export interface NginxRtmpPorts {
  readonly rtmp: number
  /** of `/control` and `/stat` */
  readonly http: number
}

/** A real nginx with RTMP, as server/README.md sets it up. */
export class NginxRtmp {
  private output = ''

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly ports: NginxRtmpPorts,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
  }

  /** @param hook address that is asked before anyone publishes or plays. Rejects when a port is taken. */
  static async start(ports: NginxRtmpPorts, hook: string): Promise<NginxRtmp> {
    const folder = await mkdtemp(path.join(tmpdir(), 'roomlet-nginx-'))
    const file = path.join(folder, 'nginx.conf')
    await writeFile(file, configuration(ports, hook, folder))
    const child = spawn('nginx', ['-p', folder, '-c', file, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const server = new NginxRtmp(child, folder, ports)
    try {
      await until('nginx', async () => {
        if (child.exitCode !== null) throw new Error(`nginx: ${server.output.trim()}`)
        return server.publishing().catch(() => null)
      })
      return server
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** Names of the streams that somebody publishes. */
  async publishing(): Promise<string[]> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.http}/stat`)
    const streams = (await answer.text()).match(/<stream>[\s\S]*?<\/stream>/g) ?? []
    const live = streams.filter((stream) => stream.includes('<publishing/>'))
    return live.map((stream) => /<name>(.*?)<\/name>/.exec(stream)?.[1] ?? '')
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve))
      this.child.kill('SIGKILL')
      await gone
    }
    await rm(this.folder, { recursive: true, force: true })
  }
}

function configuration({ rtmp, http }: NginxRtmpPorts, hook: string, folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  return `
${nginxRtmpModule() ?? ''}
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
rtmp {
  server {
    listen 127.0.0.1:${rtmp};
    application live {
      live on;
      on_publish ${hook};
      on_publish_done ${hook};
      on_play ${hook};
    }
  }
}
http {
  access_log off;
  ${temporary.join(' ')}
  server {
    listen 127.0.0.1:${http};
    location /control { rtmp_control drop; }
    location /stat { rtmp_stat all; }
  }
}
`
}
