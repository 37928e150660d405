import * as vscode from 'vscode';
import type { TargetUnit } from '../../../shared/protocol/lsp.ts';
import { MAX_PAGE } from '../../../shared/protocol/results.ts';
import type { RowAddress } from '../../../shared/protocol/reviews.ts';
import type { ServerClient } from '../serverClient.ts';

/** Provisions listed to pick from; above it the user types a part of the one meant. */
const MAX_LISTED = 2_000;

interface TargetItem extends vscode.QuickPickItem {
  readonly id: string | null;
}

function separator(label: string): TargetItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, id: null };
}

async function targetsOf(server: ServerClient, runId: string): Promise<readonly TargetUnit[]> {
  const found: TargetUnit[] = [];
  for (;;) {
    const { total, rows } = await server.request('run/targets', { runId, search: '', offset: found.length, limit: MAX_PAGE });
    found.push(...rows);
    if (rows.length === 0 || found.length >= Math.min(total, MAX_LISTED)) return found;
  }
}

function itemOf({ id, number, title, opening }: Omit<TargetUnit, 'opening'> & { readonly opening?: string }, picked: boolean): TargetItem {
  const name = [number, title].filter((part) => part !== '').join(' ');
  return { label: name === '' ? (opening ?? id) : name, ...(opening === undefined || name === '' ? {} : { description: opening }), picked, id };
}

/** Lets the user name the counterparts of a row: unit keys, empty for "no counterpart", null when the user left. */
export async function pickTargets(server: ServerClient, { runId, id }: RowAddress): Promise<readonly string[] | null> {
  const { row, candidates } = await server.request('run/match', { runId, id });
  const load = async (): Promise<TargetItem[]> => {
    const all = await targetsOf(server, runId);
    const named = new Set(candidates.map(({ targetId }) => targetId));
    const opening = new Map(all.map((unit) => [unit.id, unit.opening]));
    const rest = all.filter((unit) => !named.has(unit.id));
    return [
      ...(candidates.length === 0 ? [] : [separator('candidates, best first')]),
      ...candidates.map(({ targetId, number, title, claimed, span }) => itemOf({ id: targetId, number, title, opening: opening.get(targetId) ?? span.quote.replace(/\s+/gu, ' ').slice(0, 120) }, claimed)),
      separator('all others'),
      ...rest.map((unit) => itemOf(unit, false)),
    ];
  };
  const picked = await vscode.window.showQuickPick(load(), {
    title: `Override: counterparts of ${`${row.number} ${row.title}`.trim()}`,
    placeHolder: 'Pick one or several. With nothing picked, the provision has no counterpart.',
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.flatMap((item) => item.id ?? []) ?? null;
}
