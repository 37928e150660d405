/**
 * Arguments of the server's Node process: a server that mostly waits keeps a small young generation, and collects what its
 * work left once it has nothing to do, so that it stays small.
 */
export const SERVER_ARGUMENTS = ['--max-semi-space-size=2', '--expose-gc'] as const;

/**
 * Variables of the server's process. Memory that a thread of a crosswalk used stays in glibc's arena of that thread; with
 * few arenas the server keeps 112 instead of 122 MB after the sample plans. Elsewhere it means nothing.
 */
export const SERVER_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' } as const;
