import type { ClaimBook } from './claims.ts';
import type { Provision } from './provisions.ts';
import { headingWords } from './scoring/headings.ts';

/** So many other provisions of a section must be claimed before they say where the section went. */
const SIBLINGS = 3;
/** A section went to a place when at least this share of them went there. */
const SHARE = 1 / 3;
/** Words in common from which two headings name the same section. */
const SAME_HEADING = 0.5;

export interface Moved {
  readonly moved: boolean;
  readonly detail: string;
}

/** Answers, for the claims of a whole crosswalk, whether a provision stands elsewhere in the outline. */
export class Outline {
  /** Headings above each provision, without those that stand above them all. */
  readonly #from: readonly (readonly string[])[];
  readonly #to: readonly (readonly string[])[];
  /** By source section: where its claimed provisions went, target index by source index. */
  readonly #went = new Map<string, (readonly [source: number, target: number])[]>();

  constructor(book: ClaimBook, sources: readonly Provision[], targets: readonly Provision[]) {
    this.#from = pathsOf(sources);
    this.#to = pathsOf(targets);
    book.claims.forEach((claim, i) => {
      const target = claim.state === 'accepted' ? claim.targets[0] : undefined;
      if (target === undefined) return;
      const path = this.#from[i] as readonly string[];
      for (let depth = 1; depth <= path.length; depth++) {
        const name = path.slice(0, depth).join('\n');
        const list = this.#went.get(name) ?? [];
        list.push([i, target]);
        this.#went.set(name, list);
      }
    });
  }

  /**
   * A provision moved when the others of its section went elsewhere. A section that was renamed or renumbered as a
   * whole did not move. Asked at the deepest heading that has enough others; with too few, headings are compared.
   */
  moved(source: number, target: number): Moved {
    const from = this.#from[source] as readonly string[];
    const to = this.#to[target] as readonly string[];
    if (from.length === 0 || to.length === 0) return { moved: false, detail: '' };
    if (sameHeading(from.at(-1) ?? '', to.at(-1) ?? '') && sameHeading(from[0] ?? '', to[0] ?? '')) return { moved: false, detail: '' };
    for (let depth = from.length; depth >= 1; depth--) {
      const others = (this.#went.get(from.slice(0, depth).join('\n')) ?? []).filter(([i]) => i !== source);
      if (others.length < SIBLINGS) continue;
      const place = to.slice(0, depth).join('\n');
      const along = others.filter(([, j]) => (this.#to[j] as readonly string[]).slice(0, depth).join('\n') === place).length;
      const detail = `${along} of the ${others.length} other provisions of "${from[depth - 1]}" stand in "${to[Math.min(depth, to.length) - 1]}".`;
      return { moved: along / others.length < SHARE, detail };
    }
    return { moved: false, detail: '' };
  }
}

/** The name of a document above nearly all of its provisions is no place in it. */
function pathsOf(provisions: readonly Provision[]): readonly (readonly string[])[] {
  let paths = provisions.map(({ unit }) => unit.path ?? []);
  for (;;) {
    const counts = new Map<string, number>();
    for (const [first] of paths) if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
    const root = [...counts].find(([, count]) => count >= paths.length * NEARLY_ALL)?.[0];
    if (root === undefined || paths.every((path) => path.length < 2)) return paths;
    paths = paths.map((path) => (path[0] === root ? path.slice(1) : path));
  }
}

/** Share of the provisions under one heading from which it is the document's name. */
const NEARLY_ALL = 0.9;

function sameHeading(a: string, b: string): boolean {
  const left = new Set(headingWords(a).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const right = new Set(headingWords(b).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const both = [...left].filter((word) => right.has(word)).length;
  const either = new Set([...left, ...right]).size;
  return either > 0 && both / either >= SAME_HEADING;
}
