/** The door of the engine: with ports.ts, all that the rest of the server sees of it. */
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { failureOf, type Result } from '../../../shared/failure.ts';
import { createCaches } from './cache/caches.ts';
import { decodeBytes } from './documents/decode.ts';
import type { CollateDocument } from './documents/document.ts';
import { findFurniture } from './documents/furniture/findFurniture.ts';
import { kindFor } from './documents/kinds.ts';
import { readText, READER_VERSION } from './documents/readDocument.ts';
import type { Ports } from './ports.ts';
import type { Engine, RunInput } from './runs/api.ts';
import { createRuns } from './runs/createRuns.ts';
import type { Workflows } from './runs/executeRun.ts';
import { readInput, readOpenText, type Readers } from './runs/readInputs.ts';
import { crosswalk } from './workflows/crosswalk/crosswalk.ts';
import { documentRules } from './workflows/document/documentRules.ts';
import { transcript } from './workflows/transcript/transcript.ts';

export type { Caches, CachesStats } from './cache/caches.ts';
export { TieredAnswers } from './cache/tieredAnswers.ts';
export type { Correction } from './documents/correctionPlaces.ts';
export { proposeCorrection, type CutAction } from './documents/proposeCorrection.ts';
export { PROVISION_TYPES } from './documents/provisionTypes.ts';
export type { CollateDocument } from './documents/document.ts';
export type { ComputeContext, ComputeJobs } from './computeJobs.ts';
export { isFinished } from './runs/comparison/compareRuns.ts';
export type { Asked, Engine, Located, Reviews, RunEstimate, RunInput, RunPair, RunRequest, Runs } from './runs/api.ts';
export type { Workflow } from './workflows/workflow.ts';
export { runComputeJob, runComputeJobInSlices } from './runComputeJob.ts';
export { DEFAULT_SETTINGS, type Settings };

const READERS: Readers = { version: READER_VERSION, decode: decodeBytes, readText, kindFor };
const WORKFLOWS: Workflows = { crosswalk, transcript, document: documentRules };

/** The engine over what its host lends it. */
export function createEngine(ports: Ports): Engine {
  return {
    runs: createRuns(ports, READERS, WORKFLOWS),
    caches: createCaches(ports),
    read: async (input, settings, signal) => {
      try {
        return await readInput(input, settings, ports, READERS, signal);
      } catch (thrown) {
        return { ok: false, failure: failureOf(thrown) };
      }
    },
  };
}

/** Reads the text of an editor without an engine: it needs no store and no file. */
export function readEditorText(input: RunInput & { readonly text: string }, settings: Pick<Settings, 'maxSizeMb' | 'documentKinds'>): Result<CollateDocument> {
  try {
    return readOpenText(input, settings, READERS);
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

/** Reads the bytes of a file as {@link readEditorText} reads the text of an editor. */
export function readFileBytes(input: RunInput, bytes: Uint8Array, settings: Pick<Settings, 'maxSizeMb' | 'documentKinds'>): Result<CollateDocument> {
  const decoded = decodeBytes(bytes, input.path);
  return decoded.ok ? readEditorText({ ...input, text: decoded.value.text }, settings) : decoded;
}

/** Page marks, running lines and watermarks of a text, with the blank lines around them: in order and apart. */
export function pageFurniture(text: string): readonly { readonly start: number; readonly end: number }[] {
  return findFurniture(text).ranges;
}

export { numberingOf, unitOfNumber, type Numbering } from './documents/crossReferences.ts';
export { documentReferences, type DocumentReference } from './documents/documentReferences.ts';
export { parsePrice } from './models/prices.ts';
export { counted, fileName, formatBytes, formatConfidence, formatCount, formatDuration, formatMoment, formatPercent } from '../../../shared/words/format.ts';
export { saidBy, tellingDifferences } from './report/differenceWords.ts';
export { findingLine, ownerAndDue } from './report/findingWords.ts';
export { finderOf, foundBy, shortfallOf } from '../../../shared/words/foundBy.ts';
export type { TypeGroups } from './workflows/crosswalk/typeGroups.ts';
export { renderReport, type ReportOptions } from './report/htmlReport.ts';
export { field, groupFindings, placesOf, type FindingGroup, type Place } from './report/insights.ts';
export { differenceTitle, KIND_LABEL, nameInWords, stateInWords, stateLabel } from '../../../shared/words/labels.ts';
export { percentShares } from '../../../shared/words/largestRemainder.ts';
export { ledgerRows, timingRows } from '../../../shared/words/ledgerRows.ts';
export { costInFull, costNote, costWords, forecastCost, forecastCostOfAll, knownCost, operationCost } from '../../../shared/words/costWords.ts';
export { forecastTotal, type ForecastTotal } from '../../../shared/words/forecastTotal.ts';
export { spentOf } from '../../../shared/spent.ts';
export { askedModels, askedWords, cachedWords, formatTokens, formatUsd, modelName, repeatedWords, workName } from '../../../shared/words/modelWords.ts';
export { timeAtWork } from '../../../shared/words/timeAtWork.ts';
export { renderMeetingNotes } from './report/notesMarkdown.ts';
export { mergedDifference, type MergedDifference, type MergedPart } from './report/mergedDifference.ts';
export { unitWords, type UnitWords } from './report/unitWords.ts';
export { excerpt, oneLine, printable } from './report/printable.ts';
export { heading, relationCounts, rowsThatMatter, runTitle, viewRun, type CrosswalkRow, type RunView } from './report/runView.ts';
export { DAY_MS, utcDay, type UtcDay } from './scheduling/utcDay.ts';
