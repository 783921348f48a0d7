import Ingest from '../ingest.js';
import type {CommandGroup} from './command-group.js';

export const INGESTING: CommandGroup = {ingest: Ingest};
