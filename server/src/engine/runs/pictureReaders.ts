/** Who reads pictures of pages: the model that is named for it, or nobody. */
import { fail, FailureError, ok, type Result } from '../../../../shared/failure.ts';
import { modelFor, type Settings } from '../../../../shared/settings.ts';
import type { PagePicture } from '../documents/pictures/pagePicture.ts';
import type { RunModels } from '../models/modelRuntime.ts';
import { VISION_SETTING } from '../models/tasks/readPage.ts';

export interface ReadPicture {
  readonly text: string;
  /** Who read it, as a person knows it. */
  readonly model: string;
}

/** Reads a picture of a page; `path` is for messages. Rejects when the work is stopped. */
export type PictureReader = (picture: PagePicture, path: string) => Promise<Result<ReadPicture>>;

/** Where no model may be asked. */
export const nobodyReads: PictureReader = (_, path) => Promise.resolve(unnamed(path));
/** Where rules do all of the work. */
export const rulesRead: PictureReader = (_, path) => Promise.resolve(unasked(path));

function unnamed(path: string): Result<never> {
  return fail('unreadable', `${path} is a picture of a page. Name a model that reads pictures in ${VISION_SETTING}, or give its text.`);
}

function unasked(path: string): Result<never> {
  return fail('unreadable', `${path} is a picture of a page. Set collate.provider to openai and name a model that reads pictures in ${VISION_SETTING}, or give its text.`);
}

/** The model that reads pictures under these settings, or why there is none. */
export function pictureModel(settings: Settings, path: string): Result<string> {
  if (settings.provider === 'vscode') {
    return fail('unreadable', `${path} is a picture of a page, and the editor's language models are sent no pictures. Set collate.provider to openai and name a model in ${VISION_SETTING}, or give its text.`);
  }
  if (settings.provider === 'local') return unasked(path);
  const model = modelFor(settings, 'vision');
  return model === null ? unnamed(path) : ok(model);
}

/** `lend` gives the models of the run, on first need; `told` hears who is about to read. */
export function readByModel(settings: Settings, lend: () => Promise<RunModels | null>, told: (model: string) => void): PictureReader {
  const read = async (picture: PagePicture, model: string): Promise<Result<string>> => {
    const models = await lend();
    if (models === null) return fail('refused', 'No model can be asked here.');
    told(model);
    return models.pages.read(picture, model);
  };
  return async (picture, path) => {
    const model = pictureModel(settings, path);
    if (!model.ok) return model;
    const text = await orFailure(read(picture, model.value));
    // The document has failed, whatever stood in the way; what can heal may be tried again by resuming.
    return text.ok ? ok({ text: text.value, model: model.value }) : fail('unreadable', `${path} was not read. ${text.failure.message}`, text.failure.retry);
  };
}

/** Why nobody can be asked, as a failure. A stop of the run is none. */
async function orFailure(reading: Promise<Result<string>>): Promise<Result<string>> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.code !== 'cancelled') return { ok: false, failure: thrown.failure };
    throw thrown;
  }
}
