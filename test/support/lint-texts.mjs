// Lints texts as if they stood in files of the repository. stdin: [{ filePath, text }], stdout: [[ruleId, …], …].
// A process of its own, because jest cannot load the ES modules that eslint.config.mjs is made of.
import { text } from 'node:stream/consumers'
import { ESLint } from 'eslint'

const eslint = new ESLint()
const answers = []
for (const { filePath, text: source } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(source, { filePath })
  answers.push(result.messages.map((message) => message.ruleId ?? message.message))
}
process.stdout.write(JSON.stringify(answers))
