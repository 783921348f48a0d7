import type {SummarizerIdentity} from '../../domain/toc/fingerprint.js';

/** What nodes carry of the extractive summarizer; by itself, because to compare fingerprints nothing is summarized. */
export const EXTRACTIVE: SummarizerIdentity = {id: 'extractive', version: 12, model: '', promptVersion: 0};
