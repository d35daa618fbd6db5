/** A number that a tag reports, and its name in WeChat's manual. The same number may stand for something else at the other tag. */
export type CodeRow = readonly [code: number, name: string]
