/** Figures as people read them; the same in the terminal, the report and the notes. */

/** `3,600`. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 provision`, `3,600 provisions`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `840 B`, `12.3 kB`, `1.4 MB`: as file managers count, in thousands. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${String(Math.round(bytes))} B`;
  const units = ['kB', 'MB', 'GB'];
  let size = bytes / 1_000;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit] ?? ''}`;
}

/** `92.1 %`; 0 and 100 without a decimal. */
export function formatPercent(percent: number): string {
  return `${percent === 0 || percent === 100 ? String(percent) : percent.toFixed(1)} %`;
}

/** `840 ms`, `1.4 s`, `2 min 38 s`, `1 h 04 min`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `.78`: cut, not rounded, so that 1.00 is never claimed; a dash where nothing was. */
export function formatConfidence(confidence: number | null): string {
  if (confidence === null) return '\u2013';
  return `.${String(Math.min(99, Math.floor(confidence * 100 + 1e-9))).padStart(2, '0')}`;
}

/** `21 Nov 2025, 14:09` in a named time zone, with its name. */
export function formatMoment(iso: string, timeZone: string): string {
  const moment = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short',
  });
  return moment.format(new Date(iso));
}

/** Scheme of a document that was never saved, as `untitled:Untitled-1`; the rest is the name the editor shows. */
const UNSAVED = /^untitled:/;

/** A file's name without its folders, for either separator. */
export function fileName(path: string): string {
  return path.replace(UNSAVED, '').split(/[\\/]/).at(-1) || path;
}
