import { wordTable } from '../../word-table'

export const SETTINGS_WORDS = wordTable({
  title: ['服务器设置', 'Server settings'],
  say: ['所有页面都连接这里的服务器。', 'Every page talks to this server.'],
  address: ['服务器地址', 'Server address'],
  addressHint: ['例如 http://192.168.1.5:8080', 'such as http://192.168.1.5:8080'],
  check: ['检查并保存', 'Check and save'],
  checking: ['正在检查…', 'Checking…'],
  saveAnyway: ['仍然保存', 'Save all the same'],
  good: ['服务器正常，{ms} 毫秒，已保存', 'It answers in {ms} ms, and is saved'],
  saved: ['已保存，没有检查通过', 'Saved, though it did not pass'],
  used: ['最近用过', 'Used before'],
  inUse: ['使用中', 'in use'],
  remove: ['删除', 'Remove'],
  phoneTitle: ['用真机预览时', 'On a real phone'],
  phoneSay: [
    '手机和电脑连同一个网络；电脑上运行 HOST=0.0.0.0 npm start；这里填电脑的局域网地址。127.0.0.1 是手机自己。',
    'Phone and computer share a network; the computer runs HOST=0.0.0.0 npm start; enter its address in that network. 127.0.0.1 is the phone itself.',
  ],
  problemAddress: [
    '这不是服务器地址：以 http:// 或 https:// 开头，后面是主机名和端口。',
    'This is no address of a server: http:// or https://, then a host and a port.',
  ],
  problemDomain: [
    '微信不允许访问这个域名。开发时关闭域名校验（开发者工具“详情 → 本地设置”，真机打开调试）；发布前把它加进“服务器域名”。',
    'WeChat allows no request to this domain. Switch the check of domains off while developing (DevTools: Details → Local settings; on the phone: debug panel), and list the domain before publishing.',
  ],
  problemCertificate: [
    '手机不信任它的 https 证书。请使用受信任的证书，局域网里可以用 http。',
    'The phone does not trust its https certificate: use a trusted one, or http in a local network.',
  ],
  problemTimeout: [
    '5 秒内没有回应。手机和电脑在同一个网络吗？电脑的防火墙放行了这个端口吗？',
    'No answer within 5 s. Are phone and computer in one network, and does the firewall let the port through?',
  ],
  problemNoAnswer: [
    '连不上。服务启动了吗？默认只有本机能访问，要用 HOST=0.0.0.0 npm start 启动。',
    'It cannot be reached. Is it running? By default it listens to its own computer only: start it by HOST=0.0.0.0 npm start.',
  ],
  problemStranger: [
    '有程序回应，但不是 Roomlet 的服务器。请检查端口和路径。',
    'Something answers, but it is no server of Roomlet: check port and path.',
  ],
})
