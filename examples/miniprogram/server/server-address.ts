/**
 * Where the demo server listens when the page's query does not say. `npm start` prints its address; on a real phone it
 * has to be an https domain that is on the mini program's list of request and socket domains.
 */
export const DEFAULT_SERVER = 'http://127.0.0.1:8080'
