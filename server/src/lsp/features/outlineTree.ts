import type { Unit } from '../../../../shared/model.ts';
import type { CollateDocument } from '../../engine/index.ts';

/** A unit with those below it. `end` is the end of the last of them. */
export interface OutlineNode {
  readonly unit: Unit;
  readonly end: number;
  readonly children: readonly OutlineNode[];
}

interface Growing {
  readonly unit: Unit;
  end: number;
  readonly children: Growing[];
}

/** The units of a document as they are nested: by the depth of their headings, a unit inside another below that one. */
export function outlineTree({ units }: CollateDocument): readonly OutlineNode[] {
  const roots: Growing[] = [];
  const open: Growing[] = [];
  for (const unit of units) {
    const node: Growing = { unit, end: unit.span.end, children: [] };
    const depth = unit.level ?? 1;
    for (let above = open.at(-1); above !== undefined; above = open.at(-1)) {
      const inside = unit.span.start < above.unit.span.end;
      if (inside || (above.unit.level ?? 1) < depth) break;
      open.pop();
    }
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
    for (const above of open) above.end = Math.max(above.end, node.end);
  }
  return roots;
}
