/**
 * A behavior for templates that were written for the original live-room.
 * @module roomlet/components/live-room/template
 */
import { liveSessions } from './live-sessions'
import { appService } from '../shared/app-service'
import { liveRoomDefinition } from './define-live-room'
import { liveTemplate } from './live-template'

/**
 * Runs a template that was written for the original live-room: `Component({ behaviors: [roomTemplate] })`, and in its WXML
 * `<template is="mytemplate" data="{{isCaster, userID, userName, mainPusherInfo, visualPlayers, linkPusherInfo, members, beauty, muted, debug}}" />`.
 */
export const roomTemplate: string = liveTemplate(liveRoomDefinition(liveSessions(appService)))
