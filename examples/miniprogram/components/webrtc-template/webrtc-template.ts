import { roomTemplate } from 'roomlet/components/webrtc-room/template'

/** A template that was written for the original webrtc-room, as it is. */
Component({ behaviors: [roomTemplate] })
