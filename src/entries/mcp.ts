/** The bundle of the server for agents: the protocol's SDK is larger than all that reads. */
export {serveMcp} from '../mcp/serve.js';
