import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { loadConfig } from '../../server/src/config/config'
import { mistakesIn } from './support/config-mistakes'
import { namesOf, SETTINGS } from '../../server/src/config/settings'

const ROOT = path.resolve(__dirname, '../..')
const DEPLOY = path.join(ROOT, 'server/deploy')
const read = (name: string): string => readFileSync(path.join(DEPLOY, name), 'utf8')

interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly secrets?: readonly string[]
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>
  readonly stop_grace_period?: string
  readonly healthcheck?: object
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, { readonly environment: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const text = read('compose.yaml')
const { services, secrets, volumes } = parse(text, { merge: true }) as Compose
const nodes = Object.values(services).filter(({ image }) => image === 'roomlet-server')
const nginx = read('nginx.conf')
const dockerfile = read('Dockerfile')
const settings = nodes[0]?.environment ?? {}

describe('the compose file', () => {
  it('gives two nodes settings that there are, and that hold', () => {
    expect(nodes).toHaveLength(2)
    const known = Object.entries(SETTINGS).flatMap(namesOf)
    for (const { environment = {} } of nodes) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(environment)))
      const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value)]))
      expect(mistakesIn(() => loadConfig({ env, readFile: () => 'a-secret-of-some-length' }))).toEqual([])
    }
  })

  it('names ports that something listens on', () => {
    const [balancer, srs] = [services.balancer, services.srs]
    const listening = [...nginx.matchAll(/^ +listen (\d+);/gm)].map(([, port]) => port)
    for (const port of balancer?.ports ?? []) expect(listening).toContain(port.split(':')[1])
    const hooks = Object.entries(srs?.environment ?? {}).filter(([name]) => /_ON_[A-Z]+$/.test(name))
    expect(hooks.map(([name]) => name.split('_ON_')[1])).toEqual(['PUBLISH', 'UNPUBLISH', 'PLAY', 'STOP'])
    for (const [, url] of hooks) {
      const { hostname, port, pathname } = new URL(filledIn(url))
      expect([services[hostname], listening.includes(port), pathname.startsWith('/hooks/srs/')]).toEqual([
        balancer,
        true,
        true,
      ])
    }
    for (const [, name = '', port] of nginx.matchAll(/server (node-\d):(\d+)/g)) {
      expect([services[name]?.image, port]).toEqual(['roomlet-server', settings.PORT])
    }
    expect(nginx).toContain(`server srs:${srs?.environment?.SRS_HTTP_SERVER_LISTEN} resolve`)
    const api = new URL(filledIn(settings.SRS_API_URL ?? ''))
    expect([api.hostname, api.port]).toEqual(['srs', srs?.environment?.SRS_HTTP_API_LISTEN])
    expect(api.username).toBe(srs?.environment?.SRS_HTTP_API_AUTH_USERNAME)
    expect(srs?.ports).toEqual([`${settings.RTMP_PORT}:${srs?.environment?.SRS_LISTEN}`])
    expect(new URL(settings.ROOMLET_REDIS_URL ?? '').hostname in services).toBe(true)
  })

  it('refers to files, services, secrets and volumes that there are', () => {
    for (const service of Object.values(services)) {
      const { build, volumes: mounts = [], secrets: used = [], depends_on: needed = {} } = service
      if (build) expect(existsSync(path.join(DEPLOY, build.context, build.dockerfile))).toBe(true)
      for (const mount of mounts) {
        const [from = ''] = mount.split(':')
        expect(from.startsWith('.') ? existsSync(path.join(DEPLOY, from)) : from in volumes).toBe(true)
      }
      for (const secret of used) expect(secret in secrets).toBe(true)
      for (const name of Array.isArray(needed) ? needed : Object.keys(needed)) expect(name in services).toBe(true)
      for (const [name, { condition }] of Array.isArray(needed) ? [] : Object.entries(needed)) {
        const isNode = services[name]?.image === 'roomlet-server'
        if (condition === 'service_healthy' && !isNode) expect(services[name]?.healthcheck).toBeDefined()
      }
    }
    const files = Object.entries(settings).filter(([name]) => name.endsWith('_FILE'))
    for (const [, file] of files) expect(secrets).toHaveProperty(path.basename(file))
    // every variable that has to be given is said at the top
    const given = [...text.matchAll(/\$\{([A-Z_]+):\?\}/g)].map(([, name]) => name ?? '')
    for (const name of [...given, ...Object.values(secrets).map(({ environment }) => environment)]) {
      expect(text.slice(0, text.indexOf('services:'))).toContain(`${name}=`)
    }
  })

  it('lets a node end by itself before it is killed', () => {
    for (const { stop_grace_period: grace = '' } of nodes) {
      expect(parseInt(grace, 10)).toBeGreaterThan(Number(settings.DRAIN_SECONDS))
    }
  })
})

describe('the Dockerfile', () => {
  it('copies what there is, and what its ignore file lets in', () => {
    const ignored = read('Dockerfile.dockerignore')
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
    expect(copied.length).toBeGreaterThan(5)
    for (const name of copied) {
      expect(existsSync(path.join(ROOT, name))).toBe(true)
      const top = name.split('/')[0] ?? ''
      expect([name, ignored.includes(`!${top}\n`)]).toEqual([name, true])
    }
  })

  it('runs as nobody special, and asks the process itself whether it lives', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/HEALTHCHECK[^]*\/healthz/)
    expect(last).toContain(`EXPOSE ${settings.PORT}`)
    expect(last).toContain('CMD ["node", "server/bin/roomlet-server.js"]')
  })
})

/** As compose fills it in, when every variable is given. */
function filledIn(value: string): string {
  return String(value)
    .replace(/\$\{[A-Z_]+:\?\}/g, 'a-secret-of-some-length')
    .replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1')
}
