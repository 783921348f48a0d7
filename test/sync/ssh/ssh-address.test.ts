import {expect, test} from 'vitest';
import {parseSshAddress} from '../../../src/sync/ssh/ssh-address.js';

test.each([
  ['ssh://desk', {user: undefined, host: 'desk', port: undefined, home: undefined, text: 'ssh://desk'}],
  ['ssh://desk/', {host: 'desk', home: undefined, text: 'ssh://desk'}],
  [
    'ssh://me@desk.example:2222/srv/mem/',
    {user: 'me', host: 'desk.example', port: 2222, home: '/srv/mem', text: 'ssh://me@desk.example:2222/srv/mem'},
  ],
  ['ssh://desk/~/a%20b', {host: 'desk', home: '~/a b'}],
  ['ssh://[fe80::1%eth0]:22', {host: 'fe80::1%eth0', port: 22, home: undefined}],
])('%s leads to a memory', (text, address) => {
  expect(parseSshAddress(text)).toMatchObject(address);
});

test.each([
  'ssh://',
  'ssh:///srv/mem',
  'ssh://-desk',
  'ssh://-oProxyCommand=x@desk',
  'ssh://me@-desk',
  'ssh://[-o]',
  'ssh://desk:0',
  'ssh://desk:65536',
  'ssh://desk:port',
  'ssh://de sk',
  'ssh://desk;reboot',
  'ssh://desk/%00',
  'ssh://desk/%zz',
  'sftp://desk',
])('%s is no address', (text) => {
  expect(() => parseSshAddress(text)).toThrow('is not the address of a memory');
});
