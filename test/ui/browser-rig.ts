import type {LocalDate, NodeId} from '../../src/domain/toc/node-id.js';
import {Browser} from '../../src/ui/browser.js';
import type {BrowserReader} from '../../src/ui/ports.js';
import type {Size} from '../../src/ui/state/state.js';
import {FakeTerminal} from './fake-terminal.js';
import {TocModel} from './toc-model.js';

/** Reads from a model. */
export function readerOf(model: TocModel): BrowserReader {
  return {
    read: async (wants) => model.read(wants),
    async *findNeighbour() {
      yield '2024-02-01' as LocalDate;
      const {rows, place} = model.path({parent: undefined, id: 'toc:month:2024:01' as NodeId});
      return place && {rows, place};
    },
    prepareSearch: async () => {},
    search: async (query) => model.hits(query),
    hasChanged: async () => false,
  };
}

/** A browser in its terminal. */
export function opened(model = new TocModel(), size: Size = {columns: 120, rows: 40}): {terminal: FakeTerminal; browser: Browser} {
  const terminal = new FakeTerminal(size);
  return {terminal, browser: new Browser(readerOf(model), terminal)};
}
