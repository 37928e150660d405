import { html, nothing, type ChildPart, type TemplateResult } from 'lit/html.js';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { codicon } from './icon.ts';

/** Arrow keys go through the choices of an open menu. */
function onMenuKey(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const at = choices.findIndex((choice) => choice === document.activeElement);
  choices[(at + by + choices.length) % choices.length]?.focus();
}

/** Opened by keyboard or mouse, a menu has the focus; the editor's page closes it on Esc and on a click elsewhere. */
function onToggle(event: ToggleEvent): void {
  if (event.newState !== 'open' || !(event.target instanceof HTMLElement)) return;
  event.target.querySelector('button')?.focus();
}

type Choices = () => unknown;

/** The choices of a menu, made when it opens: there are more of them than of everything else in the page. */
class ChoicesWhileOpen extends AsyncDirective {
  #choices: Choices = () => nothing;
  #menu: HTMLElement | null = null;
  #isOpen = false;

  override render(choices: Choices): unknown {
    return this.#isOpen ? choices() : nothing;
  }

  override update({ parentNode }: ChildPart, [choices]: [Choices]): unknown {
    this.#choices = choices;
    if (parentNode instanceof HTMLElement && this.#menu !== parentNode) {
      this.#menu = parentNode;
      parentNode.addEventListener('beforetoggle', (event) => {
        this.#isOpen = event.newState === 'open';
        this.setValue(this.#isOpen ? this.#choices() : nothing);
      });
    }
    return this.render(choices);
  }
}

const whileOpen = directive(ChoicesWhileOpen);

/** A button with choices below it. `choices` are buttons, also in groups. */
export function menu(id: string, look: { readonly icon: string; readonly label: string; readonly title: string; readonly pressed?: boolean; readonly kind: 'tool' | 'chip' }, choices: Choices): TemplateResult {
  const { icon, label, title, pressed, kind } = look;
  return html`<button class="${kind} menu-button ${pressed === true ? 'on' : ''}" id="${id}-button" popovertarget=${id} aria-haspopup="true" title=${title} aria-label=${title}>${codicon(icon)}${label === '' ? '' : html`<span class="word">${label}</span>`}</button>
    <div class="menu" popover id=${id} role="group" aria-label=${title} @keydown=${onMenuKey} @toggle=${onToggle}>${whileOpen(choices)}</div>`;
}

/** Closes the menu a choice stands in. */
export function closeMenu(id: string): void {
  document.getElementById(id)?.hidePopover();
}
