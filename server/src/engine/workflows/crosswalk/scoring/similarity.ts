import { zeroMatrix, type Matrix } from './matrix.ts';
import type { Pace } from './pace.ts';
import { documentFrequency, rowCount, type TermCounts } from './termCounts.ts';

/** BM25 saturation and length normalisation (Robertson and Zaragoza, 2009, the usual values). */
const BM25_K1 = 1.2;
const BM25_B = 0.75;

/** Weighted terms by rows, laid out as the counts they were made from. */
interface Weighted {
  readonly counts: TermCounts;
  readonly weights: Float32Array;
}

/** The same by terms: rows that have the term, with their weights. */
interface Postings {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

/** Cosine of (1 + ln tf) ln(N / df) vectors, N and df over both documents; common terms are left out. */
export function* tfIdfCosine(source: TermCounts, target: TermCounts, pace: Pace): Generator<void, Matrix> {
  const idf = jointIdf(source, target);
  const left = yield* tfIdf(source, idf, pace);
  const right = yield* postingsOf(yield* tfIdf(target, idf, pace), pace);
  return yield* products(left, right, rowCount(target), pace);
}

/** BM25 of each source row as a query against the target rows; every query term counts once per occurrence. */
export function* bm25(queries: TermCounts, documents: TermCounts, pace: Pace): Generator<void, Matrix> {
  const query = { counts: queries, weights: queries.counts };
  const postings = yield* postingsOf(bm25Weights(documents), pace);
  return yield* products(query, postings, rowCount(documents), pace);
}

/** BM25 of each target row as a query against the source rows, source rows down. */
export function* bm25Reversed(documents: TermCounts, queries: TermCounts, pace: Pace): Generator<void, Matrix> {
  const postings = yield* postingsOf({ counts: queries, weights: queries.counts }, pace);
  return yield* products(bm25Weights(documents), postings, rowCount(queries), pace);
}

export interface SharedWords {
  /** Share of the source's words that the target has, in [0, 1]. */
  readonly covered: Matrix;
  /** Words they have in common, as a share of all the words of both, in [0, 1]. */
  readonly common: Matrix;
}

/** Words that two units share, each once and weighed by ln(N / df); common terms are left out. */
export function* sharedWords(source: TermCounts, target: TermCounts, pace: Pace): Generator<void, SharedWords> {
  const idf = jointIdf(source, target);
  const left = { counts: source, weights: Float32Array.from(source.terms, (term) => idf[term] as number) };
  const right = { counts: target, weights: new Float32Array(target.terms.length).fill(1) };
  const covered = yield* products(left, yield* postingsOf(right, pace), rowCount(target), pace);
  const common = zeroMatrix(covered.rows, covered.columns);
  const ofSource = totals(source, idf);
  const ofTarget = totals(target, idf);
  for (let i = 0; i < covered.rows; i++) {
    const own = ofSource[i] as number;
    for (let j = 0; j < covered.columns; j++) {
      const at = i * covered.columns + j;
      const shared = covered.values[at] as number;
      if (shared === 0) continue;
      common.values[at] = shared / (own + (ofTarget[j] as number) - shared);
      covered.values[at] = shared / own;
    }
    if (pace.due(covered.columns * 4)) yield;
  }
  return { covered, common };
}

/** Sum of the weights of each row's terms. */
function totals({ offsets, terms }: TermCounts, idf: Float32Array): Float64Array {
  const sums = new Float64Array(offsets.length - 1);
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k++) sum += idf[terms[k] as number] as number;
    sums[i] = sum;
  }
  return sums;
}

function* products(left: Weighted, right: Postings, columns: number, pace: Pace): Generator<void, Matrix> {
  const result = zeroMatrix(left.counts.offsets.length - 1, columns);
  for (let i = 0; i < result.rows; i++) {
    const work = addProducts(result.values.subarray(i * columns, (i + 1) * columns), left, i, right);
    pace.advance(1);
    if (pace.due(work)) yield;
  }
  return result;
}

/** Adds the products of row `i` to `sums`, one per column; returns the operations it took. Apart from the generator, whose loops engines do not speed up. */
function addProducts(sums: Float32Array, left: Weighted, i: number, right: Postings): number {
  const { offsets, terms } = left.counts;
  const { rows, weights } = right;
  let work = sums.length;
  const stop = offsets[i + 1] as number;
  for (let k = offsets[i] as number; k < stop; k++) {
    const weight = left.weights[k] as number;
    if (weight === 0) continue;
    const term = terms[k] as number;
    const start = right.offsets[term] as number;
    const end = right.offsets[term + 1] as number;
    for (let p = start; p < end; p++) {
      const j = rows[p] as number;
      sums[j] = (sums[j] as number) + weight * (weights[p] as number);
    }
    work += end - start;
  }
  return work;
}

/**
 * Terms in more than this share of the units say little and cost most, because work grows with the square of it. In
 * few units they still tell them apart; with none left out below 300 units and those in over a quarter from 1,200 on,
 * the figures on the public sets do not move, and the large case is four times as quick.
 */
function commonShare(units: number): number {
  return Math.min(1, Math.max(0.25, 300 / units));
}

function jointIdf(a: TermCounts, b: TermCounts): Float32Array {
  const df = new Int32Array(Math.max(a.termCount, b.termCount));
  documentFrequency(a, df);
  documentFrequency(b, df);
  const total = rowCount(a) + rowCount(b);
  const common = total * commonShare(total);
  return Float32Array.from(df, (count) => (count === 0 || count > common ? 0 : Math.log(total / count)));
}

function* tfIdf(counts: TermCounts, idf: Float32Array, pace: Pace): Generator<void, Weighted> {
  const weights = new Float32Array(counts.terms.length);
  for (let i = 0; i + 1 < counts.offsets.length; i++) {
    let squares = 0;
    const end = counts.offsets[i + 1] as number;
    for (let k = counts.offsets[i] as number; k < end; k++) {
      const weight = (1 + Math.log(counts.counts[k] as number)) * (idf[counts.terms[k] as number] as number);
      weights[k] = weight;
      squares += weight * weight;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = counts.offsets[i] as number; k < end; k++) weights[k] = (weights[k] as number) * norm;
    if (pace.due((end - (counts.offsets[i] as number)) * OPERATIONS_PER_WEIGHT)) yield;
  }
  return { counts, weights };
}

function bm25Idf(documents: TermCounts): Float32Array {
  const df = new Int32Array(documents.termCount);
  documentFrequency(documents, df);
  const total = rowCount(documents);
  return Float32Array.from(df, (count) => (count === 0 ? 0 : Math.log(1 + (total - count + 0.5) / (count + 0.5))));
}

function bm25Weights(documents: TermCounts): Weighted {
  const idf = bm25Idf(documents);
  const { offsets, terms, counts } = documents;
  const rows = offsets.length - 1;
  const lengths = new Float32Array(rows);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k++) lengths[i] = (lengths[i] as number) + (counts[k] as number);
    total += lengths[i] as number;
  }
  const mean = rows > 0 && total > 0 ? total / rows : 1;
  const weights = new Float32Array(terms.length);
  for (let i = 0; i < rows; i++) {
    const length = 1 - BM25_B + (BM25_B * (lengths[i] as number)) / mean;
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k++) {
      const count = counts[k] as number;
      weights[k] = ((idf[terms[k] as number] as number) * count * (BM25_K1 + 1)) / (count + BM25_K1 * length);
    }
  }
  return { counts: documents, weights };
}

/** A logarithm and a few lookups, in simple operations. */
const OPERATIONS_PER_WEIGHT = 20;

function* postingsOf({ counts, weights }: Weighted, pace: Pace): Generator<void, Postings> {
  const offsets = new Int32Array(counts.termCount + 1);
  for (let k = 0; k < counts.terms.length; k++) {
    const next = (counts.terms[k] as number) + 1;
    offsets[next] = (offsets[next] as number) + 1;
  }
  for (let term = 0; term < counts.termCount; term++) {
    offsets[term + 1] = (offsets[term + 1] as number) + (offsets[term] as number);
  }
  const cursor = offsets.slice(0, counts.termCount);
  const rows = new Int32Array(counts.terms.length);
  const ordered = new Float32Array(counts.terms.length);
  for (let i = 0; i + 1 < counts.offsets.length; i++) {
    for (let k = counts.offsets[i] as number; k < (counts.offsets[i + 1] as number); k++) {
      const term = counts.terms[k] as number;
      const place = cursor[term] as number;
      cursor[term] = place + 1;
      rows[place] = i;
      ordered[place] = weights[k] as number;
    }
    if (pace.due(((counts.offsets[i + 1] as number) - (counts.offsets[i] as number)) * 10)) yield;
  }
  return { offsets, rows, weights: ordered };
}
