/** What was typed cannot be done; the message says why. */
export class Usage extends Error {}
