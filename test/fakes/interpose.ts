/** Called before every call of a port; what it throws or never resolves happens in place of the call. */
export type Interposer = (call: string) => void | Promise<void>;

/** The same object, with `before` called ahead of each of its methods but the `synchronous` ones. */
export function interpose<T extends object>(name: string, port: T, before: Interposer, synchronous: readonly (keyof T)[] = []): T {
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      if ((synchronous as readonly unknown[]).includes(key)) return member.bind(target) as unknown;
      return async (...parameters: unknown[]) => {
        await before(`${name}.${String(key)}`);
        return Reflect.apply(member, target, parameters) as unknown;
      };
    },
  });
}
