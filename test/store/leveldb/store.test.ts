import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {testStore} from '../port/store-suite.js';

testStore('LevelDB', openStoreGate);
