import { spawn, type ChildProcess } from 'node:child_process'

/** ffmpeg, as anyone's encoder: a small moving picture, sent until it is ended or refused. */
export class Encoder {
  readonly ended: Promise<void>
  private readonly child: ChildProcess

  constructor(url: string) {
    const picture = ['-re', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10']
    const args = ['-nostdin', '-loglevel', 'error', ...picture, '-c:v', 'flv', '-g', '10', '-f', 'flv', url]
    this.child = spawn('ffmpeg', args, { stdio: 'ignore' })
    this.ended = new Promise((resolve) => this.child.once('exit', () => resolve()))
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL')
    await this.ended
  }
}
