#!/usr/bin/env node
/* eslint-disable @typescript-eslint/no-require-imports -- npm links this file before anything is built */
/* global __dirname */
const { existsSync } = require('node:fs')
const { join } = require('node:path')

/** A checkout runs its sources, never something built earlier; the package has no sources. */
function runsFromSource() {
  if (!existsSync(join(__dirname, '../src/main.ts'))) return false
  try {
    require('tsx/cjs')
    return true
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    return false
  }
}

require(runsFromSource() ? '../src/main.ts' : '../dist/main.js')
