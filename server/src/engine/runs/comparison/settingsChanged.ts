import type { SettingChange } from '../../../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../../../shared/model.ts';
import type { Settings } from '../../../../../shared/settings.ts';
import { KIND_LABEL } from '../../../../../shared/words/labels.ts';
import type { Version } from './versions.ts';

/** Settings that results depend on, by the name a person knows them by. A kind by glob shows in the kind of a document. */
const NAMES: Readonly<Partial<Record<keyof Settings, string>>> = {
  crosswalkAcceptAt: 'collate.crosswalk.acceptAt',
  crosswalkLead: 'collate.crosswalk.lead',
  crosswalkTypeGroups: 'typeGroups of the conversion',
};

const inWords = (value: unknown): string => (value === undefined || value === null ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value));

/** What was set otherwise in the two runs, and documents that were read as another kind. */
export function settingsChanged(before: RunSnapshot, after: RunSnapshot, versions: readonly Version[]): readonly SettingChange[] {
  const settings = Object.entries(NAMES).flatMap(([setting, name]) => {
    const [then, now] = [before, after].map(({ settings: own }) => inWords(own[setting])) as [string, string];
    return then === now ? [] : [{ setting: name, before: then, after: now }];
  });
  const kinds = versions.flatMap(({ before: then, after: now }) =>
    then.kind === now.kind ? [] : [{ setting: `kind of ${now.key}`, before: KIND_LABEL[then.kind], after: KIND_LABEL[now.kind] }]);
  const provider = before.provider === after.provider ? [] : [{ setting: 'collate.provider', before: before.provider, after: after.provider }];
  return [...settings, ...kinds, ...provider];
}
