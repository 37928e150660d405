/** What the user asked for, or wrote in a file, cannot be done; the sentence says what can. In a terminal, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
