import { roomTemplate } from 'roomlet/components/live-room/template'

/** A template that was written for the original live-room, as it is. */
Component({ behaviors: [roomTemplate] })
