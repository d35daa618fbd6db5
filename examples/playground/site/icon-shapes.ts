/** Shapes on a 24 px grid, drawn in the text's colour. The keys are the names that icon.ts takes. */
export const ICON_SHAPES = {
  back: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M15 4.5 7.5 12l7.5 7.5"/></g>',
  moon: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2Z"/></g>',
  sun: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/></g>',
  book: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M12 6.5C10 5 7.3 4.5 3.5 4.5v13.8c3.8 0 6.5.5 8.5 2 2-1.5 4.7-2 8.5-2V4.5c-3.8 0-6.5.5-8.5 2ZM12 6.5v13.8"/></g>',
  plus: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M12 5v14M5 12h14"/></g>',
  retry:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M20 12a8 8 0 1 1-2.6-5.9"/><path d="M20.2 3.3v4h-4"/></g>',
  hangup:
    '<g fill="currentColor" stroke="none"><path d="M12 8.6c3.9 0 7.2 1.2 9.2 3.2.8.8.9 2 .4 3l-.7 1.2c-.3.6-1 .9-1.7.7l-2.9-.9c-.6-.2-1-.8-1-1.4v-1.5a12.4 12.4 0 0 0-6.6 0v1.5c0 .6-.4 1.2-1 1.4l-2.9.9c-.7.2-1.4-.1-1.7-.7l-.7-1.2c-.5-1-.4-2.2.4-3 2-2 5.3-3.2 9.2-3.2Z"/></g>',
  play: '<g fill="currentColor" stroke="none"><path d="M8 5.7c0-1 1-1.6 1.9-1.1l9.3 5.4a1.3 1.3 0 0 1 0 2.2l-9.3 5.4c-.9.5-1.9-.1-1.9-1.1Z" transform="translate(0 .9)"/></g>',
  copy: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 5.5A2 2 0 0 0 13.5 3.5h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2"/></g>',
  check:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="m5 12.5 4.7 4.7L19 7.5"/></g>',
  pause:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M9 5.5v13M15 5.5v13"/></g>',
  trash:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4.5 6.5h15M9.5 6.5V4.3h5v2.2M6.5 6.5l.8 12.2a1.8 1.8 0 0 0 1.8 1.7h5.8a1.8 1.8 0 0 0 1.8-1.7l.8-12.2"/></g>',
  mic: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/></g>',
  'mic-off':
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M9 9.5V11a3 3 0 0 0 4.6 2.5M15 10.6V6a3 3 0 0 0-5.7-1.3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 10.2 5.3M18.5 11.5a6.4 6.4 0 0 1-.6 2.7M12 18v3M4 4l16 16"/></g>',
  camera:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="2.5" y="6" width="13" height="12" rx="3"/><path d="m15.5 10.6 4.3-2.7a1.1 1.1 0 0 1 1.7.9v6.4a1.1 1.1 0 0 1-1.7.9l-4.3-2.7"/></g>',
  'camera-off':
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M6 6h6.5a3 3 0 0 1 3 3v4.2M15.3 16.4A3 3 0 0 1 12.5 18h-7a3 3 0 0 1-3-3V9c0-1.1.6-2 1.5-2.6"/><path d="m15.5 10.6 4.3-2.7a1.1 1.1 0 0 1 1.7.9v6.4a1.1 1.1 0 0 1-.5.9M4 4l16 16"/></g>',
  flip: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4 9.5A8 8 0 0 1 18.5 7.3M20 14.5A8 8 0 0 1 5.5 16.7"/><path d="M18.8 3.6v4h-4M5.2 20.4v-4h4"/><circle cx="12" cy="12" r="2.5"/></g>',
  bug: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="7.5" y="8" width="9" height="12" rx="4.5"/><path d="M9.5 8a2.5 2.5 0 0 1 5 0M3.5 10.5l4 1.5M20.5 10.5l-4 1.5M3.5 19.5l4.2-2.3M20.5 19.5l-4.2-2.3M3 15h4.5M16.5 15H21M12 11.5V20"/></g>',
  link: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="7" cy="8" r="3"/><circle cx="17" cy="8" r="3"/><path d="M2.5 18.5c.3-3.2 2-5 4.5-5 1.6 0 2.9.7 3.7 2M21.5 18.5c-.3-3.2-2-5-4.5-5-1.6 0-2.9.7-3.7 2M9.5 19.5h5"/></g>',
  right:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M9 5.5 15.5 12 9 18.5"/></g>',
  info: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/></g>',
  expand:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4 9.5V6a2 2 0 0 1 2-2h3.5M14.5 4H18a2 2 0 0 1 2 2v3.5M20 14.5V18a2 2 0 0 1-2 2h-3.5M9.5 20H6a2 2 0 0 1-2-2v-3.5"/></g>',
  close:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="m6 6 12 12M18 6 6 18"/></g>',
  'speaker-off':
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4Z"/><path d="m16 9.5 5 5M21 9.5l-5 5"/></g>',
  chat: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5Z"/><path d="M8.5 8.7h7M8.5 11.7h4.5"/></g>',
  heart:
    '<g fill="currentColor" stroke="none"><path d="M12 20.3C5.6 16 3 12.6 3 9.2A4.7 4.7 0 0 1 7.8 4.5c1.7 0 3.2.8 4.2 2.2 1-1.4 2.5-2.2 4.2-2.2A4.7 4.7 0 0 1 21 9.2c0 3.4-2.6 6.8-9 11.1Z"/></g>',
  kick: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="10" cy="8.2" r="3.7"/><path d="M3 20c.5-3.7 3.2-5.8 7-5.8 1.3 0 2.5.3 3.5.7M15.5 18h6"/></g>',
  unlink:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="7" cy="8" r="3"/><path d="M2.5 18.5c.3-3.2 2-5 4.5-5 2.5 0 4.2 1.8 4.5 5M15.5 9.5l5 5M20.5 9.5l-5 5"/></g>',
  'user-plus':
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="9.5" cy="8.5" r="3.5"/><path d="M3 19.5c.4-3.5 2.9-5.5 6.5-5.5 1.7 0 3.1.4 4.2 1.2M18.5 14v6M15.5 17h6"/></g>',
  bolt: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M13 3 5.5 13.5H12L11 21l7.5-10.5H12Z"/></g>',
  cut: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="6" cy="7" r="2.7"/><circle cx="6" cy="17" r="2.7"/><path d="M8.2 8.6 20 17M8.2 15.4 20 7"/></g>',
  'plug-off':
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M8.5 3.5v4M15.5 3.5v4M6.5 7.5h11v3c0 1.5-.5 2.8-1.4 3.8M13.5 15.8a5.6 5.6 0 0 1-7-5.3v-1M12 16v4.5M4 4l16 16"/></g>',
  background:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="7" y="2.5" width="13" height="16" rx="2.5"/><path d="M4 7v11.5a3 3 0 0 0 3 3h8.5M11 15.5h5"/></g>',
  slow: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4.2 17.5a9 9 0 1 1 15.6 0"/><path d="M12 13.5 7.8 9.8"/><circle cx="12" cy="13.5" r="1.6"/></g>',
  offline:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M2.5 9.3A14 14 0 0 1 9 5.6M13.5 5.2a14 14 0 0 1 8 4.1M6 13a9 9 0 0 1 5-2.5M15.5 11.2A9 9 0 0 1 18 13M9.3 16.4a4.2 4.2 0 0 1 5.4 0M12 19.7v.1M4 4l16 16"/></g>',
} as const

export type IconName = keyof typeof ICON_SHAPES
