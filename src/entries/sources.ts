// The entry that holds the adapters of agents' files: loaded where they are read.
export {folderFacts} from '../sources/git-folder.js';
export {readHookPayload} from '../sources/hook-words.js';
export {recognizeFiles} from '../sources/recognize-files.js';
export {SOURCES} from '../sources/registry.js';
