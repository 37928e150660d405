import type { RunOutput } from '../../../../shared/model.ts';
import { RULES_ON_PICTURES } from '../../../../shared/pictures.ts';
import { byMeaning, firstLook, partsRead, picturesRead, whoAnswered } from './askedOfModels.ts';
import { html, type Html } from './html.ts';

function setting(run: RunOutput, name: string): string | null {
  const value = run.settings[name];
  return typeof value === 'number' ? `.${String(Math.round(value * 100)).padStart(2, '0')}` : null;
}

function done(run: RunOutput, isRead: boolean): readonly string[] {
  if (run.workflow === 'crosswalk') {
    const acceptAt = setting(run, 'crosswalkAcceptAt');
    const lead = setting(run, 'crosswalkLead');
    return [
      'Both documents were cut into provisions at their outline. Every source provision was compared with every target provision by words, parts of words and place in the outline; candidates compete for each other, and “no counterpart” is one of the competitors.',
      `A match is claimed when its probability, fitted once on public comparisons, ${acceptAt === null ? 'reaches the bar' : `is at least ${acceptAt}`}${lead === null ? '' : ` and leads the next candidate by at least ${lead}`}. Otherwise the row is left for review.`,
      'Whether two provisions speak of the same thing and whether they have the same effect are two questions. The second is decided where numbers, percentages, periods, dates, negation and defaults settle it; elsewhere the row is left for review.',
      ...byMeaning(run),
      ...firstLook(run),
      ...picturesRead(run, isRead),
      'Printed numbers, ids and the order of provisions play no part in matching.',
    ];
  }
  if (run.workflow === 'transcript') {
    return [
      'The transcript was cut into turns. Decisions, action items with owner and date, and questions were found by rules over the words of each turn; each stands with the words it rests on.',
      'Rules find what is said in so many words. What is implied is not in these lists.',
      ...partsRead(run),
      ...picturesRead(run, isRead),
    ];
  }
  if (run.provider.startsWith(RULES_ON_PICTURES) && !isRead) return [];
  return ['The document was cut at its outline and checked by rules; each finding stands with the words it rests on.'];
}

/** Whose words the quotes are. */
function quotes(isRead: boolean): string {
  return isRead ? 'Quotes are the words as they were read; check them against the picture.' : 'Quotes are the documents’ own words.';
}

/** What was done, and what was not. `isRead`: a document was read from a picture. */
export function methodNote(run: RunOutput, id: string, isRead: boolean): Html {
  const notDone = run.analyses.filter((analysis) => analysis.outcome !== 'decided');
  return html`<h2 id="${id}">Method</h2>
<p>${whoAnswered(run, isRead)} ${quotes(isRead)}</p>
<ul>${done(run, isRead).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${notDone.length === 0 ? null : html`<p>Not done: ${notDone.map((analysis, at) => `${at === 0 ? '' : ', '}${analysis.title} (${analysis.reason ?? analysis.outcome})`)}.</p>`}
<p>The rules know English. This report is a working paper for a person who reads the provisions themselves; it is not legal advice.</p>`;
}
