import type { Impact } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { counted, formatConfidence } from '../../../shared/words/format.ts';
import { ICON_PATHS, type IconName } from '../../../shared/words/iconPaths.ts';
import { IMPACT_RANK } from '../../../shared/words/labels.ts';
import { draw, make, OptionalWords, setAttribute, setClass, setText } from '../widgets/elements.ts';
import { BAR_RECTS, gaugeStyle } from '../widgets/figures.ts';

/** Three dots: a row that waits for its turn. */
const WAITING_PATH = 'M3.5 8h.01M8 8h.01M12.5 8h.01';

/** Number and heading of a provision, or the words that stand where there is none. */
export class NameCell {
  readonly element: HTMLElement;
  readonly #number = new Text();
  readonly #heading = new Text();
  readonly #words = make('span', 'heading', this.#heading);
  readonly #more = new OptionalWords(this.#words, 'dim');

  constructor(column: string) {
    this.element = make('span', `${column} name`, make('span', 'number', this.#number), this.#words);
  }

  name(number: string, title: string, more: number): void {
    this.#write('heading', number, title, more);
  }

  words(words: string): void {
    this.#write('heading dim', '', words, 0);
  }

  #write(heading: string, number: string, words: string, more: number): void {
    setClass(this.#words, heading);
    setText(this.#number, number);
    setText(this.#heading, words);
    this.#more.show(more > 0 ? ` and ${counted(more, 'more', 'more')}` : '');
  }
}

/** How a row ended: its relation when it was decided, otherwise its outcome. */
export class RelationCell {
  readonly #path = draw('path', { d: '' });
  readonly #word = new Text();
  readonly #badge = make('span', 'badge', draw('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, this.#path), make('span', 'word', this.#word));
  readonly #moved = new OptionalWords(this.#badge, 'dim s12');
  readonly element = make('span', 'c-relation', this.#badge);

  show({ outcome, relation, moved }: MatchRow): void {
    const word = outcome === 'decided' ? (relation ?? 'same') : outcome;
    const isMoved = moved && outcome === 'decided';
    const name: IconName | 'waiting' = isMoved && word === 'same' ? 'moved' : word;
    setClass(this.#badge, `badge b-${name}`);
    setAttribute(this.#path, 'd', name === 'waiting' ? WAITING_PATH : ICON_PATHS[name]);
    setText(this.#word, name);
    this.#moved.show(isMoved && name !== 'moved' ? ' moved' : '');
  }
}

/** One to three bars and the word; `none` has no bars, and a dash stands where there is nothing to say yet. */
export class ImpactCell {
  readonly #bars = BAR_RECTS.map((rect) => draw('rect', { ...rect, class: 'off' }));
  readonly #word = new Text();
  readonly #impact = make('span', 'impact', draw('svg', { class: 'bars', viewBox: '0 0 14 12', 'aria-hidden': 'true' }, ...this.#bars), this.#word);
  readonly #variance = new OptionalWords(this.#impact, 'variance dim s12');
  readonly element = make('span', 'c-impact', this.#impact);

  show({ outcome, impact, variance }: MatchRow): void {
    const hasVariance = variance !== null && variance !== 'none';
    setAttribute(this.element, 'title', hasVariance ? `${variance} variance` : '');
    if (outcome === 'waiting') this.#write('dim no-bars', '–', null, '');
    else if (impact === null) this.#write('dim no-bars', 'not assessed', null, '');
    else if (impact === 'none') this.#write('m-none dim no-bars', 'none', null, '');
    else this.#write(`m-${impact}`, impact, impact, hasVariance ? ` ${variance}` : '');
  }

  #write(kind: string, word: string, impact: Impact | null, variance: string): void {
    setClass(this.#impact, `impact ${kind}`);
    setText(this.#word, word);
    this.#variance.show(variance);
    if (impact !== null) for (const [at, bar] of this.#bars.entries()) setAttribute(bar, 'class', at < IMPACT_RANK[impact] ? 'on' : 'off');
  }
}

/** A bar from 0 to 1 and the number; a dash where nothing was claimed. */
export class ConfidenceCell {
  readonly #number = new Text();
  readonly #gauge = make('span', 'gauge');
  readonly element = make('span', 'c-confidence', make('span', 'confidence', this.#gauge, this.#number));
  #drawn = '';

  show({ confidence }: MatchRow, acceptAt: number): void {
    setClass(this.#gauge, confidence === null ? 'gauge unclaimed' : confidence >= acceptAt ? 'gauge' : 'gauge hollow');
    setText(this.#number, formatConfidence(confidence));
    const drawn = confidence === null ? this.#drawn : gaugeStyle(confidence, acceptAt);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#gauge.style.cssText = drawn;
  }
}
