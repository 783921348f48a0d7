import type {Made} from '../operations/rollup/commit/made.js';
import {sessionDayMaker} from '../operations/rollup/thread/make-session-days.js';
import type {GroupToMake, ThreadSetup} from '../operations/rollup/thread/session-day-thread.js';
import {extractiveSummarizer} from '../summarizers/extractive/extractive.js';
import {answerQuestions} from '../system/worker-thread.js';

// The thread of a large rollup. It opens no store.
answerQuestions<ThreadSetup, GroupToMake, readonly Made[]>((setup) => sessionDayMaker(setup, extractiveSummarizer));
