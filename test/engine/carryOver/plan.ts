/** Made-up provisions for tests of versions: every one has words of its own. */
export interface Provision {
  readonly title: string;
  readonly text: string;
}

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'le', 'mo', 'nu', 'pi', 'ra', 'so', 'tu'];

/** A word that no other `n` below 1,728 has. */
export function subject(n: number): string {
  return [n % 12, Math.floor(n / 12) % 12, Math.floor(n / 144) % 12].map((i) => SYLLABLES[i] ?? '').join('');
}

/** About twenty words; `months` is the value a change touches. */
export function provision(n: number, months = (n % 30) + 2): Provision {
  const [a, b, c, d] = [n, n + 400, n + 800, n + 1200].map(subject);
  return {
    title: `The ${a ?? ''} ${b ?? ''}`,
    text: `The ${a ?? ''} of each ${b ?? ''} ends ${String(months)} months after the ${c ?? ''} was told of it, and the ${d ?? ''} keeps a record of every ${a ?? ''} that ended so.`,
  };
}

/** Markdown with numbers by place, so that an insertion renumbers all that follows. */
export function planText(provisions: readonly Provision[], perArticle = 6): string {
  return provisions
    .map(({ title, text }, at) => {
      const article = Math.floor(at / perArticle) + 1;
      const head = at % perArticle === 0 ? `# Article ${String(article)}\n\n` : '';
      return `${head}## ${String(article)}.${String((at % perArticle) + 1)} ${title}\n\n${text}\n`;
    })
    .join('\n');
}
