import { createHash } from 'node:crypto';
import type { Range } from 'vscode-languageserver/node';
import type { Finding, OutputUnit, Span } from '../../../../shared/model.ts';
import { firstLine } from '../features/mark.ts';
import type { TextMapper, Stretch } from '../text/textMapper.ts';
import { TextPositions } from '../text/textPositions.ts';
import { innermost, type RunIndex } from './runIndex.ts';

/** A unit of a run where its words are now. */
export interface PlacedUnit extends Stretch {
  readonly unit: OutputUnit;
  /** Its first line: where a lens, a hint and a selection go. */
  readonly heading: Stretch;
  /** True where its words are others than those the run read. */
  readonly stale: boolean;
}

export interface PlacedFinding extends Stretch {
  readonly finding: Finding;
  readonly stale: boolean;
}

/** A document of a run as it is now. What is worked out of one text of it is kept until the text is another. */
export class PlacedDocument {
  readonly uri: string;
  readonly text: string;
  readonly mapper: TextMapper;
  readonly positions: TextPositions;
  #hash: string | null = null;
  readonly #units = new WeakMap<RunIndex, readonly PlacedUnit[]>();
  readonly #findings = new WeakMap<RunIndex, readonly PlacedFinding[]>();

  constructor(uri: string, text: string, mapper: TextMapper) {
    this.uri = uri;
    this.text = text;
    this.mapper = mapper;
    this.positions = new TextPositions(text);
  }

  /** Tells one text of the document from another. */
  get hash(): string {
    return (this.#hash ??= createHash('sha256').update(this.text).digest('base64url'));
  }

  range({ start, end }: Stretch): Range {
    return this.positions.range(start, end);
  }

  /** Where a unit's words are, or what is left of them; null where they are gone. */
  unit(unit: OutputUnit): PlacedUnit | null {
    const whole = this.mapper.find(unit.span);
    const first = firstLine(unit.span);
    const place = whole ?? this.mapper.near(unit.span);
    if (place === null) return null;
    const heading = this.mapper.findIn(first, unit.span) ?? { start: place.start, end: Math.min(place.end, lineEnd(this.text, place.start)) };
    return { unit, ...place, heading, stale: !this.mapper.holds(unit.span) };
  }

  /** Units of a run whose words are still here, in the order of the text of now. */
  units(index: RunIndex, document: string): readonly PlacedUnit[] {
    const known = this.#units.get(index);
    if (known !== undefined) return known;
    const placed = index.unitsOf(document).flatMap((unit) => this.unit(unit) ?? []);
    placed.sort((a, b) => a.start - b.start || b.end - a.end);
    this.#units.set(index, placed);
    return placed;
  }

  unitAt(index: RunIndex, document: string, offset: number): PlacedUnit | null {
    return innermost(this.units(index, document), offset);
  }

  /** Places of the findings of a run in this document, one for each piece of evidence. */
  findings(index: RunIndex, document: string): readonly PlacedFinding[] {
    const known = this.#findings.get(index);
    if (known !== undefined) return known;
    const homes = index.unitsOf(document).map((unit) => ({ unit, ...unit.span }));
    const place = (finding: Finding, span: Span): readonly PlacedFinding[] => {
      const home = innermost(homes, span.start) ?? span;
      const found = this.mapper.findIn(span, home);
      const left = found ?? this.mapper.near(span);
      return left === null ? [] : [{ finding, ...left, stale: found === null }];
    };
    const placed = index
      .findingsOf(document)
      .flatMap((finding) => finding.evidence.filter((span) => span.document === document).flatMap((span) => place(finding, span)));
    placed.sort((a, b) => a.start - b.start || b.end - a.end);
    this.#findings.set(index, placed);
    return placed;
  }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}
