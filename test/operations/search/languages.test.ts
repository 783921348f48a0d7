import {expect, test} from 'vitest';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig} from '../home-rig.js';

/** What developers say to their agents, and short queries of which each has one right answer: another form of a word, a part of a compound, or a typo. */
const SAID: readonly [text: string, ...queries: string[]][] = [
  ['登录页面在手机上打不开，请修复超时问题。', '登录超时', '手机打不开'],
  ['数据库迁移脚本漏掉了索引，查询很慢。', '迁移索引', '查询慢'],
  ['把配置文件改成用环境变量读取密钥。', '环境变量', '密钥'],
  ['单元测试随机失败，因为时区不对。', '时区', '测试失败'],
  ['ログイン画面のボタンが押せないバグを直してください。', 'ログイン ボタン', '画面のバグ'],
  ['データベースの接続プールが枯渇しています。', '接続プール', '枯渇'],
  ['リリースノートを書いてからタグを打ちます。', 'リリースノート', 'タグ'],
  ['設定ファイルの文字コードが違います。', '文字コード', '設定'],
  ['로그인 세션이 만료되면 화면이 멈춥니다.', '세션 만료', '로그인'],
  ['데이터베이스 인덱스를 다시 만들어 주세요.', '인덱스', '데이터베이스'],
  ['배포 스크립트에서 환경 변수가 빠졌습니다.', '배포 스크립트', '환경 변수'],
  ['Die Datenbankverbindung bricht nach dem Neustart ab.', 'Datenbankverbindungen', 'Verbindung Datenbank', 'Datenbankverbinndung'],
  ['Bitte die Fehlermeldung beim Speichern der Einstellungen übersetzen.', 'Fehlermeldungen', 'Einstellung'],
  ['Der Zeitplan für die Sicherungskopien läuft doppelt.', 'Sicherungskopie', 'Zeitpläne'],
  ['Wir haben die Bestellübersicht um einen Filter erweitert.', 'Bestellübersichten', 'Uebersicht Bestellung'],
  ['Не удаётся войти после обновления сертификата.', 'обновление сертификатов', 'сертификат'],
  ['Очередь сообщений переполняется ночью.', 'сообщение', 'очереди', 'очередъ'],
  ['Перенеси настройки в переменные окружения.', 'переменная окружения', 'настройка'],
  ['The retry queue drops jobs when the broker restarts.', 'brokr restart', 'retries'],
];

test('a query finds its sentence first, in whatever script and with whatever ending', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  const at = (n: number) => new Date(Date.parse('2024-01-15T08:00:00Z') + n * 3_600_000).toISOString();
  await rig.ingest(SAID.map(([text], n) => aLine({event_id: `e${n}`, session_id: `s${n}`, timestamp: at(n), text})));
  const first = async (query: string) => (await search(rig.mem, {query, by: 'event', limit: 1})).hits[0]?.event.text;
  const missed: string[] = [];
  const all = async () => {
    for (const [text, ...queries] of SAID) for (const query of queries) if ((await first(query)) !== text) missed.push(query);
  };
  await all();
  await rig.rollUp();
  await all();
  expect(missed).toEqual([]);
});
