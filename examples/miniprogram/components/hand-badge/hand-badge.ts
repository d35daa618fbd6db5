/** Lies over the tile of one member: who it is, how loud they speak, whether their hand is up. */
Component({
  properties: {
    userID: String,
    userName: String,
    muted: Boolean,
    /** 1-100 while this member is the loudest, else 0 */
    volume: Number,
    /** What the page says of this member; null while it says nothing. */
    data: Object,
  },
})
