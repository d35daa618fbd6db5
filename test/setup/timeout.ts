// Two loaded cores, on which a file is compiled while its first test runs: a bound against hanging, no expectation of speed.
const TIMEOUT_MS = 60_000

jest.setTimeout(TIMEOUT_MS)
