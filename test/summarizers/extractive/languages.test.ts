import {describe, expect, test} from 'vitest';
import {body, eventsOf, summaryOf} from './builders.js';

/** A request and an answer, small words that must name nothing, and what the keywords should hold. */
const LANGUAGES: readonly (readonly [string, string, string, string, string])[] = [
  [
    'German',
    'Der Import der Rechnungen bricht nachts ab, weil die Datenbank zu langsam ist. Kannst du bitte einen Wiederholungsversuch einbauen?',
    'Ich habe den Wiederholungsversuch eingebaut. Der Import der Rechnungen dauert jetzt nur noch zwei Minuten.',
    'der die weil zu ist kannst du bitte einen ich habe den nur noch jetzt',
    'Wiederholungsversuch',
  ],
  [
    'French',
    'Le service de facturation plante pendant la nuit parce que la base est trop lente. Il faut une nouvelle tentative pour les erreurs.',
    "J'ai mis une nouvelle tentative dans le service de facturation. Les tests passent.",
    "le de la parce que est trop il faut une pour les j'ai dans",
    'facturation',
  ],
  [
    'Spanish',
    'La importación nocturna de facturas falla porque la base es demasiado lenta. Necesitamos un reintento para los errores.',
    'He añadido el reintento. Ahora la importación de facturas tarda dos minutos.',
    'la de porque es un para los he el ahora',
    'facturas',
  ],
  [
    'Russian',
    'Ночной импорт счетов падает, потому что база данных слишком медленная. Можешь добавить повторную попытку?',
    'Я добавил повторную попытку. Теперь импорт счетов занимает две минуты.',
    'потому что я',
    'счетов',
  ],
  [
    'Chinese',
    '昨天夜间的发票导入失败了，因为数据库太慢。请你添加一个重试机制。',
    '我已经添加了重试机制。现在发票导入只需要两分钟。',
    '的 了 因为 请 你 我 已经 现在',
    '发票',
  ],
  [
    'Japanese',
    '昨夜の請求書インポートが失敗しました。データベースが遅いからです。',
    'リトライを追加しました。請求書インポートは二分で終わりました。',
    'の が を は です しました',
    'インポート',
  ],
  [
    'Korean',
    '청구서 가져오기가 밤마다 실패합니다. 데이터베이스가 느리기 때문입니다.',
    '재시도를 추가했습니다. 청구서 가져오기가 2분 만에 끝납니다.',
    '합니다 입니다',
    '청구서',
  ],
  [
    'Arabic',
    'فشل استيراد الفواتير ليلا لأن قاعدة البيانات بطيئة جدا.',
    'أضفت محاولة ثانية. الآن يستغرق استيراد الفواتير دقيقتين.',
    '',
    'الفواتير',
  ],
];

describe.each(LANGUAGES)('a conversation in %s', (_, request, answer, small, telling) => {
  const events = eventsOf(request, answer);
  const {title, bullets, keywords} = summaryOf(events);

  test('has whole sentences as bullets', () => {
    expect(bullets.length).toBeGreaterThanOrEqual(2);
    for (const {text, sources} of bullets) expect(events.find(({id}) => id === sources[0])?.text).toContain(body(text));
  });

  test('is named by words that mean something', () => {
    const empty = new Set(small.split(' '));
    expect(keywords).toContain(telling);
    expect(keywords.filter((keyword) => empty.has(keyword.toLowerCase()))).toEqual([]);
    for (const topic of title.split(', ')) {
      const words = topic.toLowerCase().split(' ');
      expect(empty.has(words[0] ?? ''), topic).toBe(false);
      expect(empty.has(words.at(-1) ?? ''), topic).toBe(false);
    }
    expect(title).not.toBe('');
  });
});

test('English words that are small ones elsewhere keep their meaning in English', () => {
  const {keywords} = summaryOf(eventsOf('The war began when the die of the coin press broke.'));
  expect(keywords).toContain('war');
  expect(keywords).toContain('die');
});
