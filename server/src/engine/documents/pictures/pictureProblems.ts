import type { Problem } from '../../../../../shared/model.ts';
import { ILLEGIBLE, READ_FROM_PICTURE } from '../../../../../shared/pictures.ts';
import { LineMap, spanBuilder } from '../lineMap.ts';

/** How a model marks what it could not read (models/tasks/readPage.ts asks for it). */
const MARK = /\[(?:illegible|unreadable)(?:[:;, ][^\]\n]{0,80})?\]/giu;

/** What has to be known of a text that `model` read from a picture: that it did, and each place it could not read. */
export function pictureProblems(key: string, text: string, model: string): readonly Problem[] {
  const spanOf = spanBuilder(key, text, new LineMap(text));
  return [
    { code: READ_FROM_PICTURE, message: `Read by ${model} from a picture: check the quotes against it.`, severity: 'warning' },
    ...[...text.matchAll(MARK)].map(({ index, 0: mark }): Problem => ({
      code: ILLEGIBLE, message: 'This place of the picture could not be read.', severity: 'warning', span: spanOf(index, index + mark.length),
    })),
  ];
}
