const SVG = 'http://www.w3.org/2000/svg';

/** An element made without a template, for what is written many times a second. */
export function make(tag: string, className: string, ...children: readonly Node[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** A part of a drawing. */
export function draw(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Writes only what differs: a write of the same words would still cost a layout. */
export function setText(node: Text, words: string): void {
  if (node.data !== words) node.data = words;
}

export function setClass(element: HTMLElement, className: string): void {
  if (element.className !== className) element.className = className;
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Words in an element of their own, which is in the page only while there are some: most rows of a list have none. */
export class OptionalWords {
  readonly #parent: HTMLElement;
  readonly #words = new Text();
  readonly #element: HTMLElement;

  constructor(parent: HTMLElement, className: string) {
    this.#parent = parent;
    this.#element = make('span', className, this.#words);
  }

  show(words: string): void {
    setText(this.#words, words);
    if (words === '') this.#element.remove();
    else if (this.#element.parentNode === null) this.#parent.append(this.#element);
  }
}
