import type { MatchRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import { SIDE_SPOTS, spotAt } from './matchRowSpot.ts';
import type { Connection } from './openDatabase.ts';

/** Where a row's own unit and its counterpart stand; a unit that is not there has no place. */
interface UnitPlaces {
  readonly targetPlace: number | null;
  readonly section: number | null;
}

function placesIn(connection: Connection, run: string): (side: MatchRow['side'], id: string, target: string | null) => UnitPlaces {
  const placeOf = connection.prepare<[string, string], { place: number }>('SELECT place FROM units INDEXED BY unitsInList WHERE run = ? AND key = ?');
  const sectionOf = connection.prepare<[string, string], { first: number }>(
    `SELECT (SELECT min(f.place) FROM units AS f INDEXED BY unitsBySection WHERE f.run = own.run AND f.document = own.document AND f.section IS own.section) AS first
     FROM units AS own WHERE own.run = ? AND own.key = ?`,
  );
  return (side, id, target) => {
    const first = sectionOf.get(run, id)?.first;
    return {
      targetPlace: target === null ? null : (placeOf.get(run, target)?.place ?? null),
      // Sections are known by where the first of their name stands in its document.
      section: first === undefined ? null : first + (side === 'target' ? SIDE_SPOTS : 0),
    };
  };
}

/** Keeps what rows are filtered and ordered by, apart from the JSON they are shown from. */
export function writeListedRows(connection: Connection, run: string, rows: readonly { readonly step: number; readonly place: number; readonly row: MatchRow }[]): void {
  const places = placesIn(connection, run);
  const insert = connection.prepare(
    `INSERT INTO listedRows (run, spot, id, outcome, reason, relation, moved, variance, impact, confidence, targetPlace, section)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  rows.forEach(({ step, place, row: { side, id, outcome, reason, relation, moved, variance, impact, confidence, target } }) => {
    const { targetPlace, section } = places(side, id, side === 'target' ? id : (target?.id ?? null));
    insert.run(run, spotAt(side, step, place), id, outcome, reason ?? null, relation, moved ? 1 : 0, variance, impact, confidence, targetPlace, section);
  });
}

/** Gives rows that came before their units the places of these. */
export function placeListedRows(connection: Connection, run: string): void {
  const waiting = connection
    .prepare<[string], { id: string; side: MatchRow['side']; target: string | null }>(
      `SELECT m.id AS id, m.side AS side, m.target AS target FROM listedRows AS l JOIN matchRows AS m ON m.run = l.run AND m.id = l.id
       WHERE l.run = ? AND (l.section IS NULL OR l.targetPlace IS NULL)`,
    )
    .all(run);
  const places = placesIn(connection, run);
  const update = connection.prepare('UPDATE listedRows INDEXED BY listedRowsById SET targetPlace = ?, section = ? WHERE run = ? AND id = ?');
  for (const { id, side, target } of waiting) {
    const { targetPlace, section } = places(side, id, target);
    update.run(targetPlace, section, run, id);
  }
}

/** How a row stands with its reviewers, as lists filter by it; nulls where nothing is left to say of it. */
export type ListedState = readonly [state: RowReview['state'] | null, standing: RowReview['standing'] | null, noted: 0 | 1 | null, exception: RowReview['exception'] | null];

export function listedState(connection: Connection, run: string): (id: string, state: ListedState) => void {
  const update = connection.prepare('UPDATE listedRows INDEXED BY listedRowsById SET state = ?, standing = ?, noted = ?, exception = ? WHERE run = ? AND id = ?');
  return (id, state) => void update.run(...state, run, id);
}
