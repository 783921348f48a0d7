import {testStore} from '../port/store-suite.js';
import {makeLevelDbStore} from './make-leveldb-store.js';

testStore('LevelDB', makeLevelDbStore);
