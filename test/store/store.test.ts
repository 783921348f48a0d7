import {openStoreGate} from '../../src/store/gate.js';
import {testStore} from './store-suite.js';

testStore('LevelDB', openStoreGate);
