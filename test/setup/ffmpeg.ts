import { spawnSync } from 'node:child_process'

/** Whether the tests can push to a room, and read one, as programs outside a browser do. */
export function hasFfmpeg(): boolean {
  return ['ffmpeg', 'ffprobe'].every((program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0)
}
