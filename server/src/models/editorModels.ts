import type { Result } from '../../../shared/failure.ts';
import type { EditorAnswer, EditorModel, EditorQuestion } from '../../../shared/protocol/models.ts';

/** The editor's language models, as far away as they are: asked through the client. Failures are the client's words. */
export interface EditorModels {
  list(): Promise<Result<readonly EditorModel[]>>;
  complete(question: EditorQuestion, signal: AbortSignal): Promise<Result<EditorAnswer>>;
}
