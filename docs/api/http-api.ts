import fastify from 'fastify'
import type { TSchema } from '@sinclair/typebox'
import { createRoomService } from '../../server/src/room-service'
import { answerOf, callAt } from './http-answers'

interface Route {
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly method: string
  readonly body?: TSchema
}

/** Not for clients, or in a demo only. */
const LEFT_OUT = /^\/weapp\/callbacks\/|\/get_login_info$|\*$/

/** Every call that the server really has, with the schema by which it checks the body. */
export async function httpRoutes(): Promise<Route[]> {
  const app = fastify()
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (method === 'HEAD' || LEFT_OUT.test(url)) return
    const [, , kind = '', name = ''] = url.split('/')
    routes.push({
      kind,
      name,
      path: url,
      method: String(method).toLowerCase(),
      body: schema?.body as TSchema | undefined,
    })
  })
  const service = createRoomService({ sdkAppID: 1, secretKey: 'none' })
  service.register(app)
  await app.ready()
  await app.close()
  await service.close()
  return routes
}

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: object): object => ({ 'application/json': { schema } })
const parameter = (name: string, required: boolean, description: string): object => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string' },
})

const USER = [parameter('userID', true, 'Whose token it is'), parameter('token', true, 'Of a login')]
const LOGIN = [
  parameter('sdkAppID', true, 'The app'),
  parameter('userID', true, 'Who logs in'),
  parameter('userSig', false, 'Proves it'),
  parameter('token', false, 'Of an earlier login, in the place of the userSig'),
]

const ERROR = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'integer', description: 'Not 0; the README of the server tells what each number means' },
    message: { type: 'string' },
    requestID: { type: 'string', description: 'Only where the status is not 200' },
  },
}
const STATUSES = {
  400: 'A parameter is missing or wrong',
  413: 'The body is too long',
  415: 'The body is no JSON object',
  429: 'Too much or too many; try again later',
  503: 'The rooms are out of reach for now, or this node goes away: try again',
}

/** The calls over HTTP as an OpenAPI document. */
export async function openApi(version: string): Promise<object> {
  const routes = await httpRoutes()
  const paths = Object.fromEntries(routes.map((route) => [route.path, { [route.method]: operation(route) }]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'RoomService over HTTP',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'The public RoomService protocol. An answer has HTTP 200 also for logical errors, which `code` tells. Written by `npm run docs` from the routes and schemas of the server.',
    },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'Below BASE_PATH, where there is one' }],
    tags: [...new Set(routes.map(({ kind }) => kind))].map((name) => ({ name })),
    paths: { ...paths, ...HEALTH },
    components: { schemas: { Error: ERROR } },
  }
}

function operation({ kind, name, body, method }: Route): object {
  const text = callAt(kind, name)
  if (!text) throw new Error(`docs/api/http-answers.ts says nothing of ${kind}/${name}`)
  const content = body ?? { type: 'object' }
  const failures = Object.entries(STATUSES).map(([status, description]) => [
    status,
    { description, content: json(ref('Error')) },
  ])
  return {
    tags: [kind],
    operationId: `${kind}_${name}`,
    summary: text.summary,
    parameters: name === 'login' ? LOGIN : USER,
    ...(method === 'post' && { requestBody: { required: true, content: json(content) } }),
    responses: {
      200: {
        description: 'It is done, or a logical error',
        headers: { 'X-Request-Id': { schema: { type: 'string' } } },
        content: json({ anyOf: [answerOf(text), ref('Error')] }),
      },
      ...Object.fromEntries(failures),
    },
  }
}

const status = (summary: string, statuses: Record<string, string>): object => ({
  get: {
    summary,
    responses: Object.fromEntries(Object.entries(statuses).map(([code, description]) => [code, { description }])),
  },
})
const HEALTH = {
  '/healthz': status('Whether the process lives', { 200: 'It does' }),
  '/readyz': status('Whether clients may be sent here', { 200: 'They may', 503: 'Not now' }),
}
