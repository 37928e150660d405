import { withoutUrlSecrets } from '../../shared/urlSecrets.ts';

type Section = Readonly<Record<string, unknown>>;

const isSection = (value: unknown): value is Section => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Answers to workspace/configuration as they go to the server: what may be a secret in the address of a model is left out
 * here, because messages may be traced into a log. The server says that it was there.
 */
export function sentSections(sections: readonly unknown[]): readonly unknown[] {
  return sections.map((section) => {
    if (!isSection(section) || !isSection(section['openai'])) return section;
    const { baseUrl } = section['openai'];
    return typeof baseUrl === 'string' ? { ...section, openai: { ...section['openai'], baseUrl: withoutUrlSecrets(baseUrl) } } : section;
  });
}
