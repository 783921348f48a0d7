// The entry that holds what changes agents' settings, with its parser of JSON: loaded where they are looked at.
export {openConnector} from '../connect/open-connector.js';
export {ownProgram} from '../scheduling/install/own-program.js';
