/** What the words of a text say about its language. `unclear`: too few of them, or no words that only one language has. */
export type Language = 'english' | 'foreign' | 'unclear';

/** Words that hold sentences together; a text of sentences is a third of them in its own language, and hardly any in another. */
const ENGLISH = 'the of and to in a is that for be as by or on with any shall not an this it which are from at if may such under has have its will was were but their other than each who';
const OTHERS: readonly string[] = [
  'der die das und ist nicht ein eine einer einem einen den dem des mit für auf von zu im sich auch werden wird oder als bei nach durch sind kann haben hat aus dass über nur wenn sie es wir zum zur an in',
  'le la les des une un du de et est dans pour par sur avec que qui ce cette aux ou sont pas ne au il elle nous être ses leur plus en à se',
  'el la los las de del y en un una que por para con se no su al lo como más este esta es son o sin sobre sus ser',
  "il lo la gli le i di del della dei delle che è e in un una per con non si da nel nella alla al sono dal dalla come questo più o l'",
  'de het een en van is op te dat die in voor met zijn niet aan er om ook als bij door naar uit worden wordt of deze dit',
  'o a os as de do da dos das e em um uma que para com não por se na no ao aos mais como ser são ou sua pelo pela',
];
/** Bit 0: English; bit n: the language `OTHERS[n - 1]`. */
const LISTS: ReadonlyMap<string, number> = listed();

function listed(): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  [ENGLISH, ...OTHERS].forEach((list, bit) => {
    for (const word of list.split(' ')) words.set(word, (words.get(word) ?? 0) | (1 << bit));
  });
  return words;
}

/** Fewer words say nothing. */
const MIN_WORDS = 10;
/** Words of a language's list that must be there: so many, and this share of all. Half of what its plainest prose has. */
const MIN_HITS = 3;
const MIN_SHARE = 0.15;
/** Lists share short words ("in", "as", "die"): a language must have so many times the hits of the other. */
const LEAD = 1.5;
/** Letters of another script than Latin above this share, and this many, are another language. */
const OTHER_SCRIPT = { share: 0.5, letters: 10 };
/** A text is looked at up to here, in UTF-16 code units. */
const LOOKED_AT = 4_000;

/** Tells English from other languages by function words and script. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, LOOKED_AT);
  if (inOtherScript(sample)) return 'foreign';
  const { words, english, foreign } = hitsOf(sample);
  if (words < MIN_WORDS) return 'unclear';
  const enough = Math.max(MIN_HITS, words * MIN_SHARE);
  if (foreign >= enough && foreign > english * LEAD) return 'foreign';
  return english >= enough && english > foreign ? 'english' : 'unclear';
}

/** True where more of the words are English ones than of any other language, however few they are. */
export function leansEnglish(text: string): boolean {
  const { english, foreign } = hitsOf(text.slice(0, LOOKED_AT));
  return english > foreign;
}

function hitsOf(text: string): { readonly words: number; readonly english: number; readonly foreign: number } {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const hits = [0, ...OTHERS.map(() => 0)];
  for (const word of words) {
    const lists = LISTS.get(word) ?? 0;
    if (lists === 0) continue;
    for (let bit = 0; bit < hits.length; bit += 1) if ((lists & (1 << bit)) !== 0) hits[bit] = (hits[bit] ?? 0) + 1;
  }
  const [english = 0, ...others] = hits;
  return { words: words.length, english, foreign: Math.max(...others) };
}

function inOtherScript(text: string): boolean {
  if (!/[\u0370-\uffff]/.test(text)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters - latin >= OTHER_SCRIPT.letters && letters - latin > letters * OTHER_SCRIPT.share;
}
