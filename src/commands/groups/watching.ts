import Doctor from '../care/doctor.js';
import Status from '../status.js';
import type {CommandGroup} from './command-group.js';

export const WATCHING: CommandGroup = {status: Status, doctor: Doctor};
