import { joinAddress, parseAddress, phoneAddress, serverRoot } from '../../../examples/playground/site/address'
import { PEOPLE } from '../../../examples/playground/site/people'
import type { Person } from '../../../examples/playground/site/people'

const lin = PEOPLE[0] as Person

describe('parseAddress', () => {
  it('asks for two phones that wait when the address says nothing', () => {
    expect(parseAddress(new URLSearchParams(''))).toEqual({
      demo: 'rtc-room',
      autostart: false,
      roomId: '',
      template: '',
      phone: null,
      handedOn: {},
    })
  })

  it('reads one phone of a room that starts by itself', () => {
    const asked = parseAddress(
      new URLSearchParams('demo=rtc-room&phone=1&userId=ann&userName=Ann%20B&roomId=8021&autostart=1'),
    )
    expect(asked).toMatchObject({ autostart: true, roomId: '8021', phone: { userId: 'ann', userName: 'Ann B' } })
  })

  it('takes one phone of a broadcast for somebody who watches, unless the address says presenter', () => {
    const roleIn = (query: string) => parseAddress(new URLSearchParams(`demo=live-room&phone=1${query}`)).phone?.role
    expect([roleIn(''), roleIn('&role=presenter'), roleIn('&role=queen')]).toEqual([
      'audience',
      'presenter',
      'audience',
    ])
  })

  it('shows a call when it does not know the demo', () => {
    expect(parseAddress(new URLSearchParams('demo=live-room')).demo).toBe('live-room')
    expect(parseAddress(new URLSearchParams('demo=theatre')).demo).toBe('rtc-room')
  })

  it('hands on the switches of the phone and nothing else', () => {
    const asked = parseAddress(new URLSearchParams('camera=denied&microphone=denied&server=https%3A%2F%2Felse.where'))
    expect(asked.handedOn).toEqual({ camera: 'denied', microphone: 'denied' })
  })
})

describe('phoneAddress', () => {
  const request = {
    demo: 'rtc-room',
    pagePath: 'pages/rtc-room/rtc-room',
    role: '',
    automatic: false,
    person: lin,
    roomId: 'a b',
    template: '1v3',
    language: 'en',
    autostart: false,
    server: 'http://h:1/base',
    handedOn: { camera: 'none' },
  } as const

  it('encodes everything the demo page reads', () => {
    const [path, query] = phoneAddress(request).split('?')
    expect(path).toBe('phone.html')
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      camera: 'none',
      demo: 'rtc-room',
      page: 'pages/rtc-room/rtc-room',
      userId: 'linxm',
      userName: 'Lin Xiaoman',
      roomId: 'a b',
      template: '1v3',
      lang: 'en',
      server: 'http://h:1/base',
    })
  })

  it('says autostart only when asked to', () => {
    expect(phoneAddress({ ...request, autostart: true })).toContain('autostart=1')
  })

  it('tells a phone of a broadcast its role, and whether it acts by itself', () => {
    const address = phoneAddress({ ...request, demo: 'live-room', role: 'audience', automatic: true })
    const query = new URLSearchParams(address.split('?')[1])
    expect([query.get('demo'), query.get('role'), query.get('automatic')]).toEqual(['live-room', 'audience', '1'])
  })

  it('names people in the language of the page', () => {
    expect(new URLSearchParams(phoneAddress({ ...request, language: 'zh' }).split('?')[1]).get('userName')).toBe(
      '林小满',
    )
  })
})

describe('joinAddress', () => {
  it('keeps the path below which the playground is served', () => {
    expect(joinAddress('https://h/base/?lang=en#x', 'rtc-room', 'guest1', '8021')).toBe(
      'https://h/base/?demo=rtc-room&phone=1&userId=guest1&roomId=8021&autostart=1',
    )
  })
})

describe('serverRoot', () => {
  it.each([
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/?demo=rtc-room', 'http://127.0.0.1:8080'],
    ['https://h/base/index.html', 'https://h/base'],
  ])('of %s is %s', (page, root) => {
    expect(serverRoot(page)).toBe(root)
  })
})
