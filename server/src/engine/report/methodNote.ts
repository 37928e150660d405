import type { RunOutput } from '../../../../shared/model.ts';
import { RULES_ON_PICTURES } from '../../../../shared/pictures.ts';
import { html, type Html } from './html.ts';

function setting(run: RunOutput, name: string): string | null {
  const value = run.settings[name];
  return typeof value === 'number' ? `.${String(Math.round(value * 100)).padStart(2, '0')}` : null;
}

/** Who looked first, where somebody did. */
function firstLook({ settings, metrics }: RunOutput): readonly string[] {
  if (!metrics.some(({ operation }) => operation === 'prefilter')) return [];
  const { prefilter } = (settings['models'] ?? {}) as { readonly prefilter?: string };
  return [`${prefilter ?? 'A smaller model'} was asked first which candidates are about the same matter. The model that decides read those, with what rules claim or find best; “missing” was said only where it had read all of them.`];
}

function done(run: RunOutput): readonly string[] {
  if (run.workflow === 'crosswalk') {
    const acceptAt = setting(run, 'crosswalkAcceptAt');
    const lead = setting(run, 'crosswalkLead');
    return [
      'Both documents were cut into provisions at their outline. Every source provision was compared with every target provision by words, parts of words and place in the outline; candidates compete for each other, and “no counterpart” is one of the competitors.',
      `A match is claimed when its probability, fitted once on public comparisons, ${acceptAt === null ? 'reaches the bar' : `is at least ${acceptAt}`}${lead === null ? '' : ` and leads the next candidate by at least ${lead}`}. Otherwise the row is left for review.`,
      'Whether two provisions speak of the same thing and whether they have the same effect are two questions. The second is decided where numbers, percentages, periods, dates, negation and defaults settle it; elsewhere the row is left for review.',
      ...firstLook(run),
      'Printed numbers, ids and the order of provisions play no part in matching.',
    ];
  }
  if (run.workflow === 'transcript') {
    return [
      'The transcript was cut into turns. Decisions, action items with owner and date, and questions were found by rules over the words of each turn; each stands with the words it rests on.',
      'Rules find what is said in so many words. What is implied is not in these lists.',
      ...(run.provider === 'local' ? [] : [
        'A language model then read the transcript in parts and listed what rules may have missed. A note of the model is here only where the words it quotes stand in the turn; the whole sentence is shown, and a note whose words nobody said was dropped. How often such a note is right has not been measured: it carries the model’s name, and a person should look at it.',
      ]),
    ];
  }
  return ['The document was cut at its outline and checked by rules; each finding stands with the words it rests on.'];
}

/** Who answered, and whose words the quotes are. */
function answered({ provider, workflow }: RunOutput, isRead: boolean): string {
  const quotes = isRead ? 'Quotes are the words as they were read; check them against the picture.' : 'Quotes are the documents’ own words.';
  if (provider === 'local') return `Everything here was found by rules on this machine. No language model was asked, and nothing was sent anywhere. ${quotes}`;
  if (provider.startsWith(RULES_ON_PICTURES)) return `Everything here was found by rules on this machine in text that ${provider.slice(RULES_ON_PICTURES.length)} read from a picture. ${quotes}`;
  if (workflow === 'transcript') return `Rules found what they could; ${provider} was asked for more. ${quotes}`;
  return `Rules decided what they could; the rest was asked of ${provider}. ${quotes}`;
}

/** What was done, and what was not. `isRead`: a document was read from a picture. */
export function methodNote(run: RunOutput, id: string, isRead: boolean): Html {
  const notDone = run.analyses.filter((analysis) => analysis.outcome !== 'decided');
  return html`<h2 id="${id}">Method</h2>
<p>${answered(run, isRead)}</p>
<ul>${done(run).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${notDone.length === 0 ? null : html`<p>Not done: ${notDone.map((analysis, at) => `${at === 0 ? '' : ', '}${analysis.title} (${analysis.reason ?? analysis.outcome})`)}.</p>`}
<p>The rules know English. This report is a working paper for a person who reads the provisions themselves; it is not legal advice.</p>`;
}
