/** The globals that a mini program's scripts expect. */
export interface ProgramGlobals {
  App(definition: AppDefinition): void
  getApp(): AppDefinition
  getCurrentPages(): unknown[]
  wx: Record<string, unknown>
  /** only while a component's script is being loaded */
  Component?: (definition?: ComponentDefinition) => unknown
}

export interface AppDefinition {
  onLaunch?(options: LaunchOptions): void
  onShow?(options: LaunchOptions): void
  onHide?(): void
  [key: string]: unknown
}

export interface LaunchOptions {
  readonly path: string
  readonly query: Record<string, string>
}

/** The part of a component's definition that the runtime itself looks at. */
export interface ComponentDefinition {
  options?: { styleIsolation?: string; addGlobalClass?: boolean }
  behaviors?: unknown[]
  [key: string]: unknown
}

export const programGlobals = globalThis as unknown as ProgramGlobals
