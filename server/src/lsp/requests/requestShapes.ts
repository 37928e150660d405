import { FailureError } from '../../../../shared/failure.ts';
import { ROW_STATES } from '../../../../shared/comparison.ts';
import { DOCUMENT_KINDS, OUTCOMES, type Impact, type Relation } from '../../../../shared/model.ts';
import type { ServerRequests } from '../../../../shared/protocol/lsp.ts';
import { FINDERS, MATCH_FILTERS, MAX_PAGE } from '../../../../shared/protocol/results.ts';
import { MATCH_GROUPS, REVIEW_FILTERS, REVIEW_SORTS } from '../../../../shared/protocol/reviews.ts';
import { PROVISION_TYPES } from '../../engine/index.ts';
import { address, byKind, budget, flag, listOf, nothing, oneOf, optional, orNull, parts, share, text, valuesOf, whole, type Shape } from './shapes.ts';

/** Documents and rows named in one request. */
const MAX_NAMED = 100_000;
const RELATIONS = ['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing', 'new'] as const satisfies readonly Relation[];
const IMPACTS = ['none', 'low', 'medium', 'high'] as const satisfies readonly Impact[];

const RUN = { runId: text };
const ROW = { ...RUN, id: text };
const PAGE = { offset: whole(0), limit: whole(1, MAX_PAGE) };
const PLACE = { uri: address, position: parts({ line: whole(0), character: whole(0) }) };
const OLDER = { ...RUN, with: orNull(text) };
const MATCHES = {
  ...RUN, ...PAGE, filter: oneOf(MATCH_FILTERS), search: text, relation: optional(oneOf(RELATIONS)), impact: optional(oneOf(IMPACTS)),
  moved: optional(flag), reason: optional(text), review: optional(oneOf(REVIEW_FILTERS)), sort: optional(oneOf(REVIEW_SORTS)), descending: optional(flag), group: optional(oneOf(MATCH_GROUPS)),
};
const NOTE = { note: optional(text) };
const ACTION = byKind('kind', {
  accept: NOTE, reject: NOTE, reopen: NOTE, override: { ...NOTE, targets: listOf(text, MAX_NAMED) }, note: { note: text },
  openException: { ...NOTE, owner: optional(text), dueDate: optional(text) }, closeException: { resolution: text },
});
const CORRECTION = byKind('action', { join: {}, split: {}, heading: {}, type: { type: oneOf(PROVISION_TYPES) } });

/** What each of our requests must be made of, so that no part of it reaches a store, a file or a rule unread. */
const SHAPES: Readonly<Record<keyof ServerRequests, Shape>> = {
  'run/start': parts({ workflow: oneOf(['auto', 'crosswalk']), uris: listOf(address, MAX_NAMED), kinds: optional(valuesOf(oneOf(DOCUMENT_KINDS))), rulesOnly: optional(flag) }),
  'run/estimate': parts({ workflow: oneOf(['auto', 'crosswalk']), uris: listOf(address, MAX_NAMED), kinds: optional(valuesOf(oneOf(DOCUMENT_KINDS))), rulesOnly: optional(flag) }),
  'run/estimateAgain': parts(RUN),
  'cache/stats': nothing,
  'cache/clear': nothing,
  'model/test': parts({ uri: orNull(address) }),
  'model/keyChanged': parts({ origin: text }),
  'run/cancel': parts(RUN),
  'run/resume': parts({ ...RUN, budgetPerRun: optional(budget) }),
  'run/list': parts(PAGE),
  'run/get': parts(RUN),
  'run/matches': parts(MATCHES),
  'run/matchCounts': parts(RUN),
  'run/match': parts(ROW),
  'run/findings': parts({ ...RUN, ...PAGE, analyzer: text, search: text, kind: optional(text), outcome: optional(oneOf(OUTCOMES)), finder: optional(oneOf(FINDERS)), from: optional(text) }),
  'run/findingFacets': parts({ ...RUN, analyzer: text }),
  'run/facets': parts(RUN),
  'run/matchGroups': parts(MATCHES),
  'run/matchIndex': parts({ query: parts(MATCHES), id: text }),
  'run/compare': parts(OLDER),
  'run/comparedRows': parts({ ...OLDER, ...PAGE, state: oneOf([...ROW_STATES, 'all']) }),
  'run/again': parts({ ...RUN, rulesOnly: optional(flag) }),
  'run/targets': parts({ ...RUN, ...PAGE, search: text }),
  'run/report': parts({ ...RUN, uri: address }),
  'row/at': parts(PLACE),
  'row/next': parts({ ...PLACE, back: flag }),
  'row/outcome': parts({ ...ROW, again: text, name: text }),
  'cut/correct': parts({ ...PLACE, correction: CORRECTION }),
  'cut/takeBack': parts({ uri: address }),
  'cut/types': nothing,
  'run/delete': parts(RUN),
  'review/act': parts({ ...RUN, ids: listOf(text, MAX_NAMED), action: ACTION }),
  'review/undo': parts(RUN),
  'review/redo': parts(RUN),
  'review/history': parts(ROW),
  'review/bulkOffer': parts({ ...RUN, atLeast: share }),
  'review/acceptAbove': parts({ ...RUN, atLeast: share }),
  'review/export': parts({ ...RUN, uri: address }),
  'review/import': parts({ ...RUN, uri: address, conflicts: oneOf(['mine', 'theirs']) }),
  'run/readText': parts({ ...RUN, document: text }),
  locate: parts({ ...RUN, span: parts({ document: text, start: whole(0), end: whole(0), quote: text }) }),
  'run/latest': parts({ uri: address }),
  'document/kind': parts({ uri: address }),
};

/** Throws a Failure for a request that is not made as its protocol says: the window holds parts of two versions, or a command was given something else than a document. */
export function checkRequest(method: keyof ServerRequests, params: unknown): void {
  const wrong = SHAPES[method](params);
  if (wrong === null) return;
  throw new FailureError({
    code: 'refused',
    message: `This request (${method}) cannot be answered${wrong.startsWith(':') ? wrong : `: it ${wrong}`}. Open the document or the results anew and try again; if that does not help, reload the window.`,
    retry: 'never',
  });
}
