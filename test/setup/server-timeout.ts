/** A test over real sockets may have to wait for its turn on a machine with other work. */
jest.setTimeout(30_000)
