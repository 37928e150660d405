import type { Location } from 'vscode-languageserver/node';
import { answerStandard, signalOf } from '../answer.ts';
import { counterpartsOf, linkTo } from './counterparts.ts';
import type { NavigationContext } from './definition.ts';

/**
 * `textDocument/references`: every counterpart of a provision over the newest crosswalk with each other document, in both
 * directions; with the declaration asked for, the provision itself first.
 */
export function registerReferences({ connection, results }: Pick<NavigationContext, 'connection' | 'results'>): void {
  connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }, token) =>
    answerStandard(connection, 'References', uri, async () => {
      const signal = signalOf(token);
      const found = new Map<string, Location>();
      const add = (location: Location): void => {
        found.set(JSON.stringify(location), location);
      };
      for (const result of await results.crosswalks(uri, signal)) {
        const { here, index, key } = result;
        const unit = here.unitAt(index, key, here.positions.offset(position));
        const others = unit === null ? [] : counterpartsOf(result, unit);
        if (unit === null || others.length === 0) continue;
        if (includeDeclaration && found.size === 0) add({ uri, range: here.range(unit.heading) });
        for (const other of others) {
          const link = linkTo(other, await results.place(result, other.span.document, signal), here.range(unit));
          if (link !== null) add({ uri: link.targetUri, range: link.targetSelectionRange });
        }
      }
      return [...found.values()];
    }),
  );
}
