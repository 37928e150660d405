import { REVIEW_FILE_VERSION, type ExchangedReview, type NamedUnit, type ReviewFile } from '../../../../../../shared/reviewFile.ts';
import type { ReviewedUnit, ReviewState, WorkflowName } from '../../../../../../shared/model.ts';
import { MAX_NOTE, MAX_OVERRIDE_TARGETS, refuse } from '../reviewActions.ts';

const STATES: readonly ReviewState[] = ['open', 'accepted', 'rejected', 'overridden'];
const WORKFLOWS: readonly WorkflowName[] = ['crosswalk', 'transcript', 'document'];

type Fields = Readonly<Record<string, unknown>>;

/** Reads the parts of a file; what is not as it must be is told with its place. */
class Reader {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  wrong(what: string): never {
    return refuse(`${this.#name} is not a file of reviews: ${what}. Name a file that collate reviews export wrote.`);
  }

  fields(value: unknown, place: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.wrong(`${place} is not an object`);
    return value as Fields;
  }

  list<T>(value: unknown, place: string, read: (item: unknown, place: string) => T): readonly T[] {
    if (!Array.isArray(value)) return this.wrong(`${place} is not a list`);
    return value.map((item, at) => read(item, `${place}[${String(at)}]`));
  }

  text(value: unknown, place: string): string {
    return typeof value === 'string' ? value : this.wrong(`${place} is not a text`);
  }

  oneOf<T extends string>(allowed: readonly T[], value: unknown, place: string): T {
    return allowed.find((one) => one === value) ?? this.wrong(`${place} is none of ${allowed.join(', ')}`);
  }

  unit(value: unknown, place: string): ReviewedUnit {
    const { key, contentHash } = this.fields(value, place);
    return { key: this.text(key, `${place}.key`), contentHash: this.text(contentHash, `${place}.contentHash`) };
  }

  namedUnit(value: unknown, place: string): NamedUnit {
    const { name } = this.fields(value, place);
    return { ...this.unit(value, place), ...(name === undefined ? {} : { name: this.text(name, `${place}.name`) }) };
  }

  /** No more than could be said of a row here; what an overridden row is matched with is never guessed. */
  sayable(review: ExchangedReview, place: string): ExchangedReview {
    const { kind, state, override, note, reviewer } = review;
    if ((state === 'overridden') !== (override !== undefined)) return this.wrong(`${place} has a state and an override that contradict each other`);
    if (state === 'overridden' && kind !== 'match') return this.wrong(`${place} is overridden, which only a match can be`);
    if ((override ?? []).length > MAX_OVERRIDE_TARGETS) return this.wrong(`${place}.override has more than ${String(MAX_OVERRIDE_TARGETS)} targets`);
    if ((note ?? '').length > MAX_NOTE) return this.wrong(`${place}.note has more than ${String(MAX_NOTE)} characters`);
    return reviewer.trim() === '' ? this.wrong(`${place}.reviewer is empty`) : review;
  }

  review(value: unknown, place: string): ExchangedReview {
    const { findingKey, kind, name, unit, targets, state, override, note, reviewer, at } = this.fields(value, place);
    const moment = this.text(at, `${place}.at`);
    if (Number.isNaN(Date.parse(moment))) return this.wrong(`${place}.at is no time`);
    return this.sayable({
      findingKey: this.text(findingKey, `${place}.findingKey`),
      kind: this.text(kind, `${place}.kind`),
      name: this.text(name, `${place}.name`),
      unit: this.unit(unit, `${place}.unit`),
      targets: this.list(targets, `${place}.targets`, (item, where) => this.namedUnit(item, where)),
      state: this.oneOf(STATES, state, `${place}.state`),
      ...(override === undefined ? {} : { override: this.list(override, `${place}.override`, (item, where) => this.namedUnit(item, where)) }),
      ...(note === undefined ? {} : { note: this.text(note, `${place}.note`) }),
      reviewer: this.text(reviewer, `${place}.reviewer`),
      at: moment,
    }, place);
  }
}

function parsed(text: string, reader: Reader): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return reader.wrong('it is no JSON');
  }
}

/** The reviews in a text, checked part by part. Throws a Failure that says what is wrong and where; `name` is the file's. */
export function readReviewFile(text: string, name: string): ReviewFile {
  const reader = new Reader(name);
  const { schemaVersion, workflow, documents, reviews } = reader.fields(parsed(text, reader), 'it');
  if (typeof schemaVersion !== 'number') return reader.wrong('it names no schemaVersion');
  if (schemaVersion !== REVIEW_FILE_VERSION) {
    return refuse(`${name} was written by another version of Collate: its schema is ${String(schemaVersion)}, this one reads ${String(REVIEW_FILE_VERSION)}. Update Collate, or export the reviews again.`);
  }
  return {
    schemaVersion,
    workflow: reader.oneOf(WORKFLOWS, workflow, 'workflow'),
    documents: reader.list(documents, 'documents', (item, place) => {
      const { key, hash } = reader.fields(item, place);
      return { key: reader.text(key, `${place}.key`), hash: reader.text(hash, `${place}.hash`) };
    }),
    reviews: reader.list(reviews, 'reviews', (item, place) => reader.review(item, place)),
  };
}
