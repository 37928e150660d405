import type * as vscode from 'vscode';
import { LEFT_OUT, withoutUrlSecrets } from '../../shared/urlSecrets.ts';

const PREFIX = 'collate.apiKey ';

/** What a key belongs to: scheme, host and port of a server's address; null where that is no address. */
export function originOf(baseUrl: string): string | null {
  const address = withoutUrlSecrets(baseUrl.trim());
  if (address.includes(LEFT_OUT) || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return origin === 'null' ? null : origin;
}

/** Keys by the origin they belong to, in the editor's secret storage and nowhere else. */
export class ApiKeys {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  get(origin: string): Thenable<string | undefined> {
    return this.#storage.get(PREFIX + origin);
  }

  set(origin: string, key: string): Thenable<void> {
    return this.#storage.store(PREFIX + origin, key);
  }

  forget(origin: string): Thenable<void> {
    return this.#storage.delete(PREFIX + origin);
  }

  /** Told of every key that is set or forgotten, in any window. */
  onChanged(listener: (origin: string) => void): vscode.Disposable {
    return this.#storage.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
    });
  }
}
