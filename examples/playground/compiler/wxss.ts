import path from 'node:path'
import postcss, { CssSyntaxError, type AtRule, type Root, type Rule } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { RENAMED_TAGS, rpxToCss } from '../runtime/dom-dialect'
import { CompileError } from './compile-error'
import type { SourceTree } from './source-tree'

/**
 * Translates a style sheet with its imports for the browser: rpx, `:host`, tags that must not become real HTML controls, and
 * every class prefixed with `scope` as glass-easel prefixes it in the DOM ('' = a page or the app, whose classes stay global).
 */
export function compileStyle(tree: SourceTree, virtualPath: string, scope: string): string {
  return loadStyle(tree, virtualPath, scope, virtualPath, []).toString()
}

function loadStyle(tree: SourceTree, sheet: string, scope: string, from: string, chain: readonly string[]): Root {
  const root = parse(tree, sheet, from)
  root.walkRules((rule) => scopeRule(rule, scope))
  root.walkDecls((declaration) => {
    declaration.value = rpxToCss(declaration.value)
  })
  const within = [...chain, sheet]
  root.walkAtRules('import', (rule) => {
    const target = importTarget(rule, sheet)
    if (within.includes(target)) throw wrong(tree, sheet, rule, `@import of ${target} goes in a circle`)
    rule.replaceWith(loadStyle(tree, target, scope, sheet, within).nodes)
  })
  return root
}

function parse(tree: SourceTree, sheet: string, from: string): Root {
  const file = tree.fileOf(sheet)
  try {
    return postcss.parse(tree.read(sheet, from), { from: file })
  } catch (error) {
    if (error instanceof CssSyntaxError) throw new CompileError(file, error.line ?? 1, error.reason)
    throw error
  }
}

function importTarget(rule: AtRule, sheet: string): string {
  const reference = rule.params.replace(/^url\(|\)$/g, '').replace(/^['"]|['"]$/g, '')
  return reference.startsWith('/') ? reference.slice(1) : path.posix.join(path.posix.dirname(sheet), reference)
}

function scopeRule(rule: Rule, scope: string): void {
  if (rule.parent?.type === 'atrule' && (rule.parent as AtRule).name.endsWith('keyframes')) return
  rule.selector = selectorParser((selectors) => {
    selectors.walkClasses((node) => {
      if (scope) node.value = `${scope}--${node.value}`
    })
    selectors.walkTags((node) => {
      if (RENAMED_TAGS.has(node.value)) node.value = `wx-${node.value}`
    })
    selectors.walkPseudos((node) => {
      if (node.value !== ':host') return
      node.replaceWith(
        selectorParser.attribute({ attribute: 'wx-host', operator: '=', value: scope, quoteMark: '"', raws: {} }),
      )
    })
  }).processSync(rule.selector)
}

function wrong(tree: SourceTree, sheet: string, rule: AtRule, problem: string): CompileError {
  return new CompileError(tree.fileOf(sheet), rule.source?.start?.line ?? 1, problem)
}
