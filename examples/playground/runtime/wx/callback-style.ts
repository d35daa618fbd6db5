/** Every asynchronous wx method takes these beside its own options. */
export interface CallbackOptions<Result extends object = object> {
  success?(result: Result & { errMsg: string }): void
  fail?(error: { errMsg: string }): void
  complete?(result: { errMsg: string }): void
}

/**
 * Runs `work` and answers the way wx does: later, never during the call, `api:ok` or `api:fail reason`; the promise rejects only
 * where no callback was given.
 */
export function answer<Result extends object>(
  api: string,
  options: CallbackOptions<Result> | undefined,
  work: () => Promise<Result | void> | Result | void,
): Promise<Result & { errMsg: string }> {
  const promise = Promise.resolve()
    .then(work)
    .then(
      (result) => {
        const value = { ...(result as Result), errMsg: `${api}:ok` }
        options?.success?.(value)
        options?.complete?.(value)
        return value
      },
      (error: unknown) => {
        const failure = { errMsg: `${api}:fail ${reasonOf(error)}` }
        options?.fail?.(failure)
        options?.complete?.(failure)
        throw failure
      },
    )
  if (options?.success || options?.fail || options?.complete) promise.catch(() => {})
  return promise
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
