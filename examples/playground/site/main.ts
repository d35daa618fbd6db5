import { installCaptureHost } from '../runtime/media/capture-host'
import { parseAddress } from './address'
import { CallPage } from './call-page'
import { customNav } from './custom-nav'
import { demoOf } from './demos'
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
const demo = demoOf(asked.demo, asked.kind)
const top = header(demo, {
  chooseLanguage: (next) => {
    storeLanguage(next, localStorage)
    page.useLanguage(next)
  },
  chooseTheme: (theme) => {
    storeTheme(theme, localStorage)
    document.documentElement.dataset.theme = theme
  },
})
const ways = customNav(demo)
document.body.append(top, ...(ways ? [ways] : []), page.root)
// narrow windows scroll the tabs, and the rows below them
for (const current of document.querySelectorAll('.tabs [aria-current], .sub [aria-current]')) {
  current.scrollIntoView({ inline: 'center', block: 'nearest' })
}
