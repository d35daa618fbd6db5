import fastify from 'fastify'
import './probe'

/** The least that Fastify can do for a call: what everything else is compared with. */
const app = fastify({ logger: false })
app.post('/bare', async () => ({ code: 0, message: 'ok' }))
app.listen({ host: '127.0.0.1', port: 0 }).then(
  (address) => process.stdout.write(`Server listening at ${address}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
