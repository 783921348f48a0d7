// The entry for commands that read: loaded where an agent wrote something since.
export {takeNews} from '../operations/sources/take-news.js';
