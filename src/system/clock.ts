import type {EpochMs} from '../domain/event/event.js';
import {instant} from '../domain/time/instant.js';

/** Tells the present time. Made once per process and handed in: nothing else may ask for the time. */
export type Clock = () => EpochMs;

export const systemClock: Clock = () => instant(Date.now());
