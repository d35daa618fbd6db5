/** Stands in for pages that are being written: it asks for itself, which is answered once they are, and is loaded anew. */
export const WAITING_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Roomlet API</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 24px; box-sizing: border-box; text-align: center; }
p { margin: 0 0 4px; }
i { justify-self: center; width: 28px; height: 28px; margin-bottom: 20px; border: 3px solid #8886; border-top-color: #1f9d8b; border-radius: 50%; animation: turn 1s linear infinite; }
@keyframes turn { to { rotate: 1turn; } }
@media (prefers-reduced-motion: reduce) { i { animation-duration: 4s; } }
pre { max-width: 90vw; overflow: auto; text-align: start; white-space: pre-wrap; }
</style>
</head>
<body>
<i></i>
<div role="status">
<p>正在从源码生成 API 文档，只需几秒，好了会自动打开。</p>
<p lang="en">The API reference is being written from the sources: a few seconds, then it opens by itself.</p>
</div>
<script>
const fail = (text) => {
  document.querySelector('i').remove()
  document.querySelector('[role=status]').append(Object.assign(document.createElement('pre'), { textContent: text }))
}
fetch(location.href).then(
  async (answer) => (answer.status < 500 ? location.reload() : fail(await answer.text())),
  (error) => fail(String(error)),
)
</script>
</body>
</html>
`
