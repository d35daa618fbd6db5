import { element } from '../site/element'
import type { DeskCall } from './desk-call'
import type { RecordedScene } from './recorder'
import type { Stage } from './stage'
import { SELF } from './tile-model'

/** A call as a recording sees it: the stage's pictures, everyone's sound, one's own unless one is muted. */
export function sceneOf(call: DeskCall, stage: Stage): RecordedScene {
  return {
    pictures: () => stage.pictures(),
    sounds() {
      const sounds = new Map<string, MediaStream>()
      for (const { model } of stage.pictures()) {
        const sound = model.key === SELF ? ownSound(call) : call.host.soundOf(model.key)
        if (sound) sounds.set(model.key, sound)
      }
      return sounds
    },
  }
}

function ownSound(call: DeskCall): MediaStream | null {
  return call.isMuted ? null : call.host.ownSound()
}

/** Hands the file to the browser's downloads. Its name has the room and the time of day. */
export function saveRecording(file: Blob, roomId: string): { url: string; name: string; megabytes: number } {
  const url = URL.createObjectURL(file)
  const now = new Date()
  const minute = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join('')
  const name = `${roomId.replace(/[^\w-]/g, '_') || 'roomlet'}-${minute}.webm`
  element('a', { href: url, download: name }).click()
  return { url, name, megabytes: file.size / 2 ** 20 }
}
