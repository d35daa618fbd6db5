// A real browser, encoder and media server on two loaded cores: a bound against hanging, not an expectation of speed.
const E2E_TIMEOUT_MS = 180_000

jest.setTimeout(E2E_TIMEOUT_MS)
