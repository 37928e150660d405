/** Called beside a call of a port; what it throws or never resolves happens in place of the rest of the call. */
export type Interposer = (call: string) => void | Promise<void>;

export interface Interposers {
  /** Ahead of the call. */
  readonly before: Interposer;
  /** When the call has had its effect, before its caller hears of it. */
  readonly after?: Interposer;
}

/** The same object, with `before` and `after` called around each of its methods but the `synchronous` ones. */
export function interpose<T extends object>(name: string, port: T, around: Interposers, synchronous: readonly (keyof T)[] = []): T {
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      if ((synchronous as readonly unknown[]).includes(key)) return member.bind(target) as unknown;
      return async (...parameters: unknown[]) => {
        const call = `${name}.${String(key)}`;
        await around.before(call);
        const answer = (await Reflect.apply(member, target, parameters)) as unknown;
        await around.after?.(call);
        return answer;
      };
    },
  });
}
