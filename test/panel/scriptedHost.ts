import type { ComparedRow, RunComparison } from '../../shared/comparison.ts';
import { FailureError, type Failure } from '../../shared/failure.ts';
import type { Finding, Page, RunSnapshot, Span } from '../../shared/model.ts';
import type { HostApi, Opening, OpeningRequest, PanelState } from '../../shared/protocol/panel.ts';
import { MATCH_FILTERS, type MatchCounts, type MatchDetail, type MatchQuery, type MatchRow } from '../../shared/protocol/results.ts';
import { REVIEW_FILTERS, type MatchFacets, type MatchGroupRow, type ReviewFilter } from '../../shared/protocol/reviews.ts';
import { IMPACT_RANK, RELATIONS_IN_ORDER } from '../../shared/words/labels.ts';
import { ScriptedReviews } from './scriptedReviews.ts';
import { detailOf, rowOf, runOf, sectionOf } from './scriptedRows.ts';

function isReviewed({ outcome, relation, impact, review }: MatchRow, filter: ReviewFilter): boolean {
  const isOpen = review === undefined || review.state === 'open' || review.standing === 'reviewAgain';
  switch (filter) {
    case 'toReview': return isOpen && (outcome === 'abstained' || relation === 'missing' || relation === 'new' || impact === 'high' || impact === 'medium');
    case 'open': return isOpen;
    case 'reviewAgain': return review?.standing === 'reviewAgain';
    case 'noted': return review?.note !== undefined;
    case 'exception': return review?.exception === 'open';
    default: return review?.standing === 'stands' && review.state === filter;
  }
}

function isAsked(row: MatchRow, { filter, search, relation, impact, moved, review, reason }: MatchQuery): boolean {
  return (filter === 'all' || row.outcome === filter || row.relation === filter)
    && (relation === undefined || row.relation === relation) && (impact === undefined || row.impact === impact) && (moved === undefined || row.moved === moved)
    && (reason === undefined || (row.outcome !== 'decided' && (reason === '' || row.reason === reason)))
    && (review === undefined || isReviewed(row, review)) && `${row.number} ${row.title}`.toLowerCase().includes(search.toLowerCase());
}

const ORDER: Readonly<Record<string, (row: MatchRow) => number | null>> = {
  confidence: ({ confidence }) => confidence,
  impact: ({ impact }) => (impact === null ? null : IMPACT_RANK[impact]),
  target: ({ target }) => (target === null ? null : Number(target.number)),
};

function groupLabel(row: MatchRow, group: MatchQuery['group']): string {
  if (group === 'relation') return row.relation ?? row.outcome;
  if (group === 'impact') return row.impact ?? row.outcome;
  return group === 'review' ? (row.review?.state ?? 'open') : sectionOf(row);
}

/** A host whose answers a test writes; it keeps what it was asked. */
export class ScriptedHost implements HostApi {
  panel: PanelState = { runId: 'run', server: { state: 'running', message: 'The Collate server is running.' }, store: { mode: 'file', message: '' } };
  snapshot: RunSnapshot = runOf({});
  rows: readonly MatchRow[] = [];
  detail: (id: string) => MatchDetail = (id) => detailOf(this.rows.find((row) => row.id === id) ?? rowOf(0));
  list: readonly Finding[] = [];
  earlier: readonly RunSnapshot[] = [];
  reviews = new ScriptedReviews();
  comparison: Omit<RunComparison, 'rows'> | null = null;
  compared: readonly ComparedRow[] = [];
  failure: Failure | null = null;
  /** Answers of these methods wait until the test lets them go. */
  readonly held = new Map<keyof HostApi, Promise<void>>();
  readonly asked: { readonly method: keyof HostApi; readonly params: unknown }[] = [];

  #answer<T>(method: keyof HostApi, params: unknown, value: () => T): Promise<T> {
    this.asked.push({ method, params });
    if (this.failure !== null && method !== 'open') return Promise.reject(new FailureError(this.failure));
    return (this.held.get(method) ?? Promise.resolve()).then(value);
  }

  countOf(method: keyof HostApi): number {
    return this.asked.filter((one) => one.method === method).length;
  }

  /** As the extension answers: what cannot be read, or is held back, is left to the page to ask for. */
  open(params: OpeningRequest): Promise<Opening> {
    return this.#answer('open', params, () => {
      const { panel, snapshot } = this;
      const isLeft = panel.runId === null || panel.server.state !== 'running' || this.failure !== null || this.held.has('run');
      const list = params.kept?.runId === panel.runId ? params.kept.rows : snapshot.state === 'running' ? params.fresh.atWork : params.fresh.atRest;
      return { state: panel, run: isLeft ? null : snapshot, rows: isLeft || snapshot.workflow !== 'crosswalk' || this.held.has('matches') ? null : this.#page({ ...list, runId: panel.runId ?? '' }) };
    });
  }
  run(params: { readonly runId: string }): Promise<RunSnapshot> {
    return this.#answer('run', params, () => this.snapshot);
  }
  runs(params: { readonly offset: number; readonly limit: number }): ReturnType<HostApi['runs']> {
    return this.#answer('runs', params, () => ({ total: this.earlier.length, runs: this.earlier }));
  }
  /** Rows as a list shows them: narrowed, ordered, grouped. */
  #list(query: MatchQuery): readonly MatchRow[] {
    const key = JSON.stringify({ ...query, offset: 0, limit: 0 });
    if (this.#kept?.key === key && this.#kept.rows === this.rows && this.reviews.said.size === this.#kept.said) return this.#kept.list;
    const found = this.rows.map((row) => this.reviews.withReview(row)).filter((row) => isAsked(row, query));
    const value = ORDER[query.sort ?? ''];
    if (value !== undefined) found.sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return query.descending === true ? other - one : one - other;
    });
    else if (query.descending === true) found.reverse();
    const labels = [...new Set(found.map((row) => groupLabel(row, query.group)))];
    const list = (query.group ?? 'none') === 'none' ? found : labels.flatMap((label) => found.filter((row) => groupLabel(row, query.group) === label));
    this.#kept = { key, rows: this.rows, said: this.reviews.said.size, list };
    return list;
  }
  #kept: { readonly key: string; readonly rows: readonly MatchRow[]; readonly said: number; readonly list: readonly MatchRow[] } | null = null;

  matches(params: MatchQuery): ReturnType<HostApi['matches']> {
    return this.#answer('matches', params, () => this.#page(params));
  }
  #page(query: MatchQuery): Page<MatchRow> {
    const { offset, limit } = query;
    const found = this.#list(query);
    return { total: found.length, offset, rows: found.slice(offset, offset + limit).map((row) => this.reviews.withReview(row)) };
  }
  matchCounts(params: { readonly runId: string }): ReturnType<HostApi['matchCounts']> {
    return this.#answer('matchCounts', params, () => Object.fromEntries(MATCH_FILTERS.map((filter) => [filter, this.rows.filter((row) => filter === 'all' || row.outcome === filter || row.relation === filter).length])) as MatchCounts);
  }
  facets(params: { readonly runId: string }): Promise<MatchFacets> {
    return this.#answer('facets', params, () => {
      const rows = this.rows.map((row) => this.reviews.withReview(row));
      const count = <T extends string>(names: readonly T[], isOne: (row: MatchRow, name: T) => boolean) => Object.fromEntries(names.map((name) => [name, rows.filter((row) => isOne(row, name)).length])) as Record<T, number>;
      return {
        review: count(REVIEW_FILTERS, isReviewed), impact: count(['none', 'low', 'medium', 'high'] as const, ({ impact }, name) => impact === name),
        relation: count(RELATIONS_IN_ORDER, ({ relation }, name) => relation === name), moved: rows.filter(({ moved }) => moved).length,
      };
    });
  }
  matchGroups(params: MatchQuery): Promise<readonly MatchGroupRow[]> {
    return this.#answer('matchGroups', params, () => {
      const groups: { label: string; first: number; rows: number }[] = [];
      for (const [index, row] of this.#list(params).entries()) {
        const label = groupLabel(row, params.group);
        const last = groups.at(-1);
        if (last?.label === label) last.rows += 1;
        else groups.push({ label, first: index, rows: 1 });
      }
      return groups;
    });
  }
  matchIndex(params: { readonly query: MatchQuery; readonly id: string }): Promise<number> {
    return this.#answer('matchIndex', params, () => this.#list(params.query).findIndex(({ id }) => id === params.id));
  }
  compare(params: Parameters<HostApi['compare']>[0]): ReturnType<HostApi['compare']> {
    return this.#answer('compare', params, () => this.comparison);
  }
  comparedRows(params: Parameters<HostApi['comparedRows']>[0]): ReturnType<HostApi['comparedRows']> {
    return this.#answer('comparedRows', params, () => {
      const found = this.compared.filter(({ state }) => params.state === 'all' || state === params.state);
      return { total: found.length, offset: params.offset, rows: found.slice(params.offset, params.offset + params.limit) };
    });
  }
  review(params: Parameters<HostApi['review']>[0]): ReturnType<HostApi['review']> {
    return this.#answer('review', params, () => this.reviews.act(params.ids, params.action));
  }
  undo(params: { readonly runId: string }): ReturnType<HostApi['undo']> {
    return this.#answer('undo', params, () => this.reviews.undo());
  }
  redo(params: { readonly runId: string }): ReturnType<HostApi['redo']> {
    return this.#answer('redo', params, () => this.reviews.redo());
  }
  history(params: Parameters<HostApi['history']>[0]): ReturnType<HostApi['history']> {
    return this.#answer('history', params, () => this.reviews.history(params.id));
  }
  #above(atLeast: number): readonly MatchRow[] {
    return this.rows.map((row) => this.reviews.withReview(row)).filter((row) => isReviewed(row, 'open') && row.outcome === 'decided' && (row.confidence ?? 0) >= atLeast);
  }
  bulkOffer(params: Parameters<HostApi['bulkOffer']>[0]): ReturnType<HostApi['bulkOffer']> {
    return this.#answer('bulkOffer', params, () => ({ atLeast: params.atLeast, rows: this.#above(params.atLeast).length, expectedWrong: 1 / 120 }));
  }
  acceptAbove(params: Parameters<HostApi['acceptAbove']>[0]): ReturnType<HostApi['acceptAbove']> {
    return this.#answer('acceptAbove', params, () => this.reviews.act(this.#above(params.atLeast).map(({ id }) => id), { kind: 'accept' }));
  }
  diff(params: Parameters<HostApi['diff']>[0]): Promise<null> {
    return this.#answer('diff', params, () => null);
  }
  match(params: { readonly runId: string; readonly id: string }): Promise<MatchDetail> {
    return this.#answer('match', params, () => {
      const detail = this.detail(params.id);
      return { ...detail, row: this.reviews.withReview(detail.row) };
    });
  }
  findings(params: Parameters<HostApi['findings']>[0]): ReturnType<HostApi['findings']> {
    return this.#answer('findings', params, () => {
      const found = this.list.filter((finding) => (params.analyzer === '' || finding.analyzer === params.analyzer)
        && (params.kind === undefined || finding.kind === params.kind) && (params.outcome === undefined || finding.outcome === params.outcome)
        && (params.finder === undefined || (finding.method === 'rules') === (params.finder === 'rules')));
      const offset = params.from === undefined ? params.offset : found.findIndex(({ key }) => key === params.from);
      if (offset === -1) return { total: found.length, offset: 0, rows: [] };
      return {
        total: found.length, offset,
        rows: found.slice(offset, offset + params.limit).map((finding) => {
          const { review } = this.reviews.on(finding.key);
          return review === null ? finding : { ...finding, review };
        }),
      };
    });
  }
  findingFacets(params: Parameters<HostApi['findingFacets']>[0]): ReturnType<HostApi['findingFacets']> {
    return this.#answer('findingFacets', params, () => {
      const counted = (values: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]));
      const none = { decided: 0, abstained: 0, skipped: 0, failed: 0 };
      return { kinds: counted(this.list.map(({ kind }) => kind)), outcomes: { ...none, ...counted(this.list.map(({ outcome }) => outcome)) },
        finders: { rules: 0, model: 0, ...counted(this.list.map(({ method }) => (method === 'rules' ? 'rules' : 'model'))) } };
    });
  }
  reveal(params: { readonly runId: string; readonly span: Span }): Promise<null> {
    return this.#answer('reveal', params, () => null);
  }
  openRun(params: { readonly runId: string }): Promise<null> {
    return this.#answer('openRun', params, () => null);
  }
  cancel(params: { readonly runId: string }): Promise<null> {
    return this.#answer('cancel', params, () => null);
  }
  resume(params: { readonly runId: string }): Promise<null> {
    return this.#answer('resume', params, () => null);
  }
  command(params: Parameters<HostApi['command']>[0]): Promise<null> {
    return this.#answer('command', params, () => null);
  }
}

