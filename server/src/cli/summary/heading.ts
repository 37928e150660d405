import type { Terminal } from '../terminal.ts';

/** A section's name and count, as `Decisions 3`. */
export function sectionHeading(terminal: Terminal, title: string, detail = ''): string {
  return `${terminal.style('bold', title)}${detail === '' ? '' : ` ${terminal.style('dim', detail)}`}\n`;
}

/** What is not shown here and where it is. */
export function andMore(count: number): string {
  return count > 0 ? `  and ${String(count)} more: see the report (--report FILE.html)\n` : '';
}
