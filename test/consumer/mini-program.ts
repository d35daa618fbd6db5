import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Snippet } from './snippets'

/** Like a new project in DevTools, with everything switched on that its code check asks for. */
const PROJECT = {
  appid: 'wx0123456789abcdef',
  compileType: 'miniprogram',
  libVersion: '3.0.0',
  setting: {
    es6: true,
    enhance: true,
    minified: true,
    minifyWXML: true,
    minifyWXSS: true,
    ignoreUploadUnusedFiles: true,
  },
}

const TEMPLATES = resolve(__dirname, '../../examples/miniprogram/components')

/** The template that a reader has: the live-room's is another one. */
function templateFor(wxml: string): string {
  const kind = wxml.includes('isCaster') ? 'live' : 'rtc'
  return readFileSync(join(TEMPLATES, `${kind}-template/mytemplate.wxml`), 'utf8')
}

/** Writes a mini program with these pages and the package as its only dependency. */
export function writeMiniProgram(folder: string, tarball: string, pages: ReadonlyMap<string, Snippet>): void {
  const write = (path: string, content: unknown): void => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const paths = [...pages.keys()].map((name) => `pages/${name}/${name}`)
  write('package.json', { name: 'consumer', version: '1.0.0', dependencies: { roomlet: `file:${tarball}` } })
  write('project.config.json', PROJECT)
  write('app.json', {
    pages: paths,
    style: 'v2',
    lazyCodeLoading: 'requiredComponents',
    sitemapLocation: 'sitemap.json',
  })
  write('sitemap.json', { rules: [{ action: 'allow', page: '*' }] })
  write('app.js', 'App({})\n')
  for (const [name, { json, wxml, wxss, js, files }] of pages) {
    const page = `pages/${name}/${name}`
    write(`${page}.json`, json)
    write(`${page}.wxml`, wxml)
    write(`${page}.js`, js)
    if (wxss) write(`${page}.wxss`, wxss)
    for (const [file, text] of Object.entries(files)) {
      write(`pages/${name}/${file}`, text)
      if (file.endsWith('.js')) write(`pages/${name}/${file}on`, { component: true })
      if (text.includes('./mytemplate.wxml')) write(`pages/${name}/mytemplate.wxml`, templateFor(text))
    }
  }
}

/** What of the example app is this repository's own: DevTools does without. */
const NOT_COPIED = new Set(['miniprogram_npm', 'tsconfig.json'])

/**
 * Copies the example app into a mini program of its own, with the package as its dependency and the settings that DevTools
 * reads in this repository.
 * @returns its pages, as paths without extension
 */
export function writeExampleApp(folder: string, tarball: string, root: string): readonly string[] {
  const app = join(root, 'examples/miniprogram')
  cpSync(app, folder, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) })
  const settings = JSON.parse(readFileSync(join(root, 'project.config.json'), 'utf8')) as typeof PROJECT
  const project = { ...PROJECT, setting: { ...PROJECT.setting, ...settings.setting } }
  const manifest = { name: 'example', version: '1.0.0', dependencies: { roomlet: `file:${tarball}` } }
  writeFileSync(join(folder, 'project.config.json'), JSON.stringify(project))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return (JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as { pages: string[] }).pages
}
