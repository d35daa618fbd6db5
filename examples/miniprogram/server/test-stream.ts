import { askServer } from './ask-server'

interface TestStream {
  readonly url_push: string
  readonly url_play_acc: string
}

/**
 * URLs of the stream that a server in demo mode gives to anyone by this name. They are signed anew each time, so whoever
 * starts again asks again. @throws Error by the promise
 */
async function testStream(server: string, name: string): Promise<TestStream> {
  return askServer<TestStream>(`${server}/weapp/utils/get_test_pushurl?userID=${encodeURIComponent(name)}`)
}

export async function testPushUrl(server: string, name: string): Promise<string> {
  return (await testStream(server, name)).url_push
}

export async function testPlayUrl(server: string, name: string): Promise<string> {
  return (await testStream(server, name)).url_play_acc
}
