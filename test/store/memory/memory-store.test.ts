import {testStore} from '../port/store-suite.js';
import {makeMemoryStore} from './make-memory-store.js';

testStore('memory', makeMemoryStore);
