/**
 * A behavior for templates that were written for the original rtc-room.
 * @module roomlet/components/rtc-room/template
 */
import { callTemplate } from '../shared/call-template'
import { callSessions } from '../shared/call-sessions'
import { appService } from '../shared/app-service'
import { rtcRoomDefinition } from './define-rtc-room'

/**
 * Runs a template that was written for the original rtc-room: `Component({ behaviors: [roomTemplate] })`, and in its WXML
 * `<template is="mytemplate" data="{{pushURL, aspect, minBitrate, maxBitrate, beauty, muted, debug, members}}" />`.
 */
export const roomTemplate: string = callTemplate(rtcRoomDefinition(callSessions(appService)))
