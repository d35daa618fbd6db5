import type { PageStack } from '../page-stack'
import { deviceApi } from './device'
import { imageViewerApi } from './image-viewer'
import { innerAudioApi } from './inner-audio'
import { mediaContextApi } from './media-contexts'
import { networkApi } from './network-api'
import { recorderApi } from './recorder'
import { scannerApi } from './scanner'
import { settingsApi } from './settings-api'
import { uiApi } from './ui-api'

/** The `wx` of a program: what the library and its demo pages use, over the browser's own means. */
export function createWx(pages: PageStack): Record<string, unknown> {
  return {
    ...mediaContextApi(pages),
    ...networkApi(),
    ...deviceApi(),
    ...settingsApi(),
    ...uiApi(pages),
    ...imageViewerApi(),
    ...scannerApi(),
    ...recorderApi(),
    ...innerAudioApi(),
  }
}
