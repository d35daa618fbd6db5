import { roomTemplate } from 'roomlet/components/rtc-room/template'

/** A template that was written for the original rtc-room, as it is. */
Component({ behaviors: [roomTemplate] })
