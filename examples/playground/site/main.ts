import { installCaptureHost } from '../runtime/media/capture-host'
import { parseAddress } from './address'
import { CallPage } from './call-page'
import { header } from './header'
import { useLanguage } from './language'
import { readPreferences, storeLanguage, storeTheme } from './preferences'
import { randomRoomId, randomVisitor } from './random-id'

const query = new URLSearchParams(location.search)
const preferences = readPreferences(query, localStorage, matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.theme = preferences.theme
useLanguage(preferences.language)
installCaptureHost()

const asked = parseAddress(query)
const page = new CallPage(asked, asked.roomId || randomRoomId(crypto), randomVisitor(crypto))
document.title = `Roomlet · ${asked.demo}`
const top = header(asked.demo, {
  chooseLanguage: (next) => {
    storeLanguage(next, localStorage)
    page.useLanguage(next)
  },
  chooseTheme: (theme) => {
    storeTheme(theme, localStorage)
    document.documentElement.dataset.theme = theme
  },
})
document.body.append(top, page.root)
