import type { Finding, Match, NewTarget, Output, OutputUnit, RunOutput, RunSnapshot } from '../../../../shared/model.ts';

/** A row of a crosswalk, as seen from one of its units. */
export interface UnitRow {
  /** Names the row in every request: the unit key of the source, or of a target nobody claims. */
  readonly id: string;
  readonly here: 'source' | 'target';
  readonly own: OutputUnit;
  readonly others: readonly OutputUnit[];
  /** Null for a target that has no counterpart in the source. */
  readonly match: Match | null;
  readonly newTarget: NewTarget | null;
}

function added<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The innermost of sorted stretches that holds an offset; null where none does. */
export function innermost<T extends { readonly start: number; readonly end: number }>(sorted: readonly T[], offset: number): T | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as T).start <= offset) low = middle + 1;
    else high = middle;
  }
  // Units of a document stand side by side or inside one another, a few deep.
  for (let at = low - 1; at >= Math.max(0, low - 1 - MAX_NESTING); at -= 1) {
    const one = sorted[at] as T;
    if (offset < one.end) return one;
  }
  return null;
}
const MAX_NESTING = 64;

/** All of a run at rest by place and by unit: built once, asked at every request. */
export class RunIndex {
  readonly run: RunOutput;
  readonly snapshot: RunSnapshot;
  readonly #units = new Map<string, OutputUnit>();
  readonly #byDocument = new Map<string, OutputUnit[]>();
  readonly #rows = new Map<string, UnitRow[]>();
  readonly #findings = new Map<string, Finding[]>();

  constructor(output: Output, snapshot: RunSnapshot) {
    const [run] = output.runs;
    if (run === undefined) throw new Error(`The output of run ${snapshot.id} is empty.`);
    this.run = run;
    this.snapshot = snapshot;
    for (const unit of run.units) {
      this.#units.set(unit.key, unit);
      // The output names a unit by the file's own id, where the file has ids.
      if (unit.id !== undefined) this.#units.set(`${unit.span.document}\n${unit.id}`, unit);
      added(this.#byDocument, unit.span.document, unit);
    }
    for (const units of this.#byDocument.values()) units.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    for (const match of run.matches) this.#addMatch(match);
    for (const newTarget of run.newTargets) {
      const own = this.unit(newTarget.targetId, 'target');
      if (own !== null) added(this.#rows, own.key, { id: own.key, here: 'target', own, others: [], match: null, newTarget });
    }
    for (const finding of run.findings) {
      for (const document of new Set(finding.evidence.map((span) => span.document))) added(this.#findings, document, finding);
    }
  }

  /** A unit by its name in the output; `side` says whose names it is one of. */
  unit(name: string, side: 'source' | 'target'): OutputUnit | null {
    const document = this.snapshot.documents[side === 'source' ? 0 : 1]?.key ?? '';
    return this.#units.get(name) ?? this.#units.get(`${document}\n${name}`) ?? null;
  }

  /** In document order, outer before inner. */
  unitsOf(document: string): readonly OutputUnit[] {
    return this.#byDocument.get(document) ?? [];
  }

  /** What the run says of a unit: its own row as a source, the rows that claim it as a target. */
  rowsOf(unit: OutputUnit): readonly UnitRow[] {
    return this.#rows.get(unit.key) ?? [];
  }

  /** Findings with words in a document. */
  findingsOf(document: string): readonly Finding[] {
    return this.#findings.get(document) ?? [];
  }

  #addMatch(match: Match): void {
    const source = this.unit(match.sourceId, 'source');
    if (source === null) return;
    const targets = match.targets.flatMap(({ targetId }) => this.unit(targetId, 'target') ?? []);
    added(this.#rows, source.key, { id: source.key, here: 'source', own: source, others: targets, match, newTarget: null });
    for (const own of targets) added(this.#rows, own.key, { id: source.key, here: 'target', own, others: [source], match, newTarget: null });
  }
}
