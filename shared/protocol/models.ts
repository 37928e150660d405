/** Messages about language models and keys. Asked by the server, answered by the client, but for `model/test` and `model/keyChanged`. */

/** A language model of the editor. */
export interface EditorModel {
  readonly id: string;
  /** `copilot`. */
  readonly vendor: string;
  readonly family: string;
  readonly name: string;
  readonly maxInputTokens: number;
}

export interface EditorQuestion {
  /** Id, family or name; empty: the first model there is. */
  readonly model: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
  readonly maxTokensOut: number;
}

export interface EditorAnswer {
  readonly text: string;
}

/** What a key is sealed with: one side's half of an X25519 agreement, as base64 of its SPKI form. */
export interface KeyRequest {
  /** Scheme, host and port a key belongs to. */
  readonly origin: string;
  readonly publicKey: string;
}

/** A key as it goes over the wire: whoever reads the messages cannot read it. */
export interface SealedKey {
  readonly publicKey: string;
  /** AES-256-GCM, base64 each. */
  readonly iv: string;
  readonly tag: string;
  readonly box: string;
}

export interface ConnectionReport {
  readonly works: boolean;
  /** One sentence: what works, or what to do. */
  readonly message: string;
}

/** Sent by the server, answered by the client. Method names are `collate/` + key. */
export interface ClientRequests {
  /** The editor's language models that Collate may ask; none where there are none. */
  'model/list'(params: null): Promise<readonly EditorModel[]>;
  /** One request to a language model of the editor. */
  'model/complete'(params: EditorQuestion): Promise<EditorAnswer>;
  /** The key of an origin, sealed for this request alone; null where there is none. */
  'model/key'(params: KeyRequest): Promise<SealedKey | null>;
}
