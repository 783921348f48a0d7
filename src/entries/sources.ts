// The entry that holds the adapters of agents' files: loaded where they are read.
export {folderFacts} from '../sources/reading/git-folder.js';
export {readHookPayload} from '../sources/reading/hook-words.js';
export {recognizeFiles} from '../sources/reading/recognize-files.js';
export {SOURCES} from '../sources/registry.js';
