import { stringify } from 'yaml'
import { version } from '../../server/package.json'
import { openApi } from './http-api'
import { asyncApi } from './socket-api'

/** Paths in the repository and what stands there: the APIs of RoomService for tools. */
export async function apiDocuments(): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/openapi.yaml': written(await openApi(version)),
    'docs/asyncapi.yaml': written(asyncApi(version)),
  }
}

/** Without what TypeBox notes in symbols, and without anchors, which tools stumble over. */
function written(document: object): string {
  return stringify(JSON.parse(JSON.stringify(document)), { aliasDuplicateObjects: false, lineWidth: 120 })
}
