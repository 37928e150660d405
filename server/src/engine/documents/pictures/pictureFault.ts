/** What is wrong with the bytes of a picture: it ends too early, or what it says of itself does not hold. */
export type PictureFault = 'cutOff' | 'damaged';
