import type { ReviewStep } from './reviewStore.ts';

/** Steps of a window that can be taken back, and those that can be made again; the next one last. */
export interface UndoStacks {
  readonly undo: readonly string[];
  readonly redo: readonly string[];
}

/** A new act ends what could be made again, as in any editor. */
export function undoStacks(steps: readonly ReviewStep[]): UndoStacks {
  const undo: string[] = [];
  let redo: string[] = [];
  for (const { step, action, about } of steps) {
    if (action === 'act') {
      undo.push(step);
      redo = [];
    } else if (action === 'undo') {
      undo.pop();
      redo.push(about ?? step);
    } else {
      redo.pop();
      undo.push(about ?? step);
    }
  }
  return { undo, redo };
}
