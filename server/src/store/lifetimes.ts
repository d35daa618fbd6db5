/** A member whose socket is gone has this long to come back before the others hear of it. */
export const GRACE_MS = 20_000
/** A member that came over HTTP is lost when it has not said anything for this long. */
export const HEARTBEAT_TIMEOUT_MS = 20_000
/** A room that was created and never entered is dropped after this. */
export const UNENTERED_MS = 60_000
/** Notices are kept this long for those who come back. */
export const REPLAY_MS = 120_000
/** Bounds what a chatty room may hold in memory; whoever missed more gets a snapshot. */
export const REPLAY_MAX = 1000
/** A request asked again within this time is answered as it was, and has no second effect. */
export const DEDUPE_MS = 120_000
