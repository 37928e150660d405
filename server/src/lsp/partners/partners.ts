import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../../../../shared/settings.ts';
import { valueOf } from '../answer.ts';
import type { Engines } from '../engines.ts';
import { documentUri, pathOf } from '../home.ts';
import type { Results } from '../results/results.ts';
import type { SettingsReader } from '../settingsReader.ts';
import type { TextReading } from '../textReadings.ts';
import type { FileReadings } from './fileReadings.ts';
import { namedPartners } from './namedPartners.ts';

export type PartnerKind = 'adoptionAgreement' | 'basicPlanDocument';

/** The document that a plan or a form sends its reader to. */
export interface Partner {
  readonly uri: string;
  readonly reading: TextReading;
  /** Why it is taken for the one that is meant, as the end of a sentence. */
  readonly why: string;
}

/** Files of a folder looked into; a folder with more is no folder of one plan. */
const MAX_FILES = 60;
const RUNS_LOOKED_THROUGH = 50;
const READABLE = /\.(?:md|markdown|txt)$/iu;
/** A form that does not call itself one is told by a run, or by a setting of its kind. */
const MENTION: Readonly<Record<PartnerKind, RegExp>> = { adoptionAgreement: /adoption/iu, basicPlanDocument: /plan/iu };

export interface PartnersContext {
  readonly engines: Engines;
  readonly results: Results;
  readonly files: FileReadings;
  readonly settings: SettingsReader;
}

/**
 * Which adoption agreement a plan document means, and the other way round: the one a run has beside it; else the one that a
 * conversion file names beside it; else the only one of its folder; else all there are, in the folder and in runs of the
 * workspace.
 */
export class Partners {
  readonly #context: PartnersContext;

  constructor(context: PartnersContext) {
    this.#context = context;
  }

  async of(uri: string, kind: PartnerKind, signal: AbortSignal): Promise<readonly Partner[]> {
    const { engines, settings } = this.#context;
    const path = pathOf(uri);
    const own = await settings(uri);
    const beside = await this.#inRunsOf(uri, kind, own, signal);
    if (beside.length > 0) return beside;
    if (path === null) return [];
    const { root } = await engines.home(uri);
    const named = await namedPartners(path, kind === 'adoptionAgreement' ? 'plan' : 'adoption', root);
    // One that is named and cannot be read is not replaced by another.
    if (named.length > 0) return this.#read(named.map((one) => ({ path: one.path, why: `named beside it in ${one.by}` })), own, signal);
    const here = await this.#inFolder(path, kind, own, signal);
    if (here.length === 1) return here.map((one) => ({ ...one, why: `the only ${kind === 'adoptionAgreement' ? 'adoption agreement' : 'plan document'} in its folder` }));
    const known = new Set(here.map((one) => one.uri));
    const elsewhere = (await this.#inAnyRun(uri, kind, own, signal)).filter((one) => !known.has(one.uri));
    return [...here, ...elsewhere];
  }

  async #read(found: readonly { readonly path: string; readonly why: string }[], settings: Settings, signal: AbortSignal, mention: RegExp | null = null): Promise<readonly Partner[]> {
    const partners: Partner[] = [];
    for (const { path, why } of found) {
      const reading = await this.#context.files.of(path, settings, signal, mention);
      if (reading !== null) partners.push({ uri: pathToFileURL(path).href, reading, why });
    }
    return partners;
  }

  async #inRunsOf(uri: string, kind: PartnerKind, settings: Settings, signal: AbortSignal): Promise<readonly Partner[]> {
    for (const { engine, key, run } of await this.#context.results.crosswalks(uri, signal)) {
      const other = run.documents.find((document) => document.key !== key && document.kind === kind);
      const path = other === undefined ? null : pathOf(documentUri(other.key, engine.home));
      const [partner] = path === null ? [] : await this.#read([{ path, why: 'compared with it' }], settings, signal);
      if (partner !== undefined) return [partner];
    }
    return [];
  }

  async #inFolder(path: string, kind: PartnerKind, settings: Settings, signal: AbortSignal): Promise<readonly Partner[]> {
    const folder = dirname(path);
    const names = (await readdir(folder).catch(() => [])).filter((name) => READABLE.test(name) && join(folder, name) !== path).sort();
    if (names.length > MAX_FILES) return [];
    const mention = Object.keys(settings.documentKinds).length > 0 ? null : MENTION[kind];
    const read = await this.#read(names.map((name) => ({ path: join(folder, name), why: 'in the same folder' })), settings, signal, mention);
    return read.filter(({ reading }) => reading.document.kind === kind);
  }

  async #inAnyRun(uri: string, kind: PartnerKind, settings: Settings, signal: AbortSignal): Promise<readonly Partner[]> {
    const engine = await this.#context.engines.existingForDocument(uri);
    if (engine === null) return [];
    const { runs } = valueOf(await engine.engine.runs.list(0, RUNS_LOOKED_THROUGH));
    const paths = runs.flatMap(({ documents }) => documents.filter((one) => one.kind === kind).flatMap(({ key }) => pathOf(documentUri(key, engine.home)) ?? []));
    return this.#read([...new Set(paths)].filter((path) => path !== pathOf(uri)).map((path) => ({ path, why: 'read in another run' })), settings, signal);
  }
}
