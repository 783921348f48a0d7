import {describe, expect, test} from 'vitest';
import {eventsOf, summaryOf} from './builders.js';

/** What was asked, what was answered, and words of the title that says it. */
type Exchange = readonly [asked: string, answered: string, titled: string];

const SAMPLES: Readonly<Record<string, readonly Exchange[]>> = {
  German: [
    ['Kannst du bitte einen Wiederholungsversuch in den Import einbauen?', 'Ist drin.', 'Wiederholungsversuch in Import einbauen'],
    ['Bitte füge der Rechnung eine Spalte für den Rabatt hinzu.', 'Erledigt.', 'Füge Rechnung Spalte für Rabatt hinzu'],
    ['Wir sollten die Fahrpläne aus dem Archiv laden.', 'Das geht jetzt.', 'Fahrpläne aus Archiv laden'],
    ['Ich möchte die Anmeldung auf Passkeys umstellen.', 'Gut, fertig.', 'Anmeldung auf Passkeys umstellen'],
    ['Danke! Jetzt entferne den alten Cache aus dem Hafenmodul.', 'Er ist weg.', 'Entferne alten Cache aus Hafenmodul'],
    ['Schreibe einen Test für die Zeitzonen des Kalenders.', 'Der Test läuft.', 'Schreibe Test für Zeitzonen des Kalenders'],
    ['Könntest du mal prüfen, warum der Kran nachts stehen bleibt?', 'Er hatte keinen Strom.', 'Kran'],
    ['Lass uns die Tabellen der Gezeiten aufteilen.', 'Es sind nun drei.', 'Tabellen Gezeiten aufteilen'],
    ['Bitte ersetze den Parser durch die neue Bibliothek.', 'Ersetzt.', 'Ersetze Parser durch neue Bibliothek'],
    ['Die Liste lädt zu langsam, kannst du den Index der Aufträge erneuern?', 'Sie lädt schnell.', 'Index Aufträge erneuern'],
  ],
  French: [
    ['Peux-tu ajouter une nouvelle tentative dans le service de facturation ?', 'Fait.', 'Ajouter nouvelle tentative dans service'],
    ['Ajoute une colonne de remise à la facture.', 'Voilà.', 'Ajoute colonne de remise à facture'],
    ['Il faut charger les horaires depuis les archives.', 'Chargés.', 'Charger horaires depuis archives'],
    ['Je voudrais remplacer la connexion par des clés.', 'Remplacée.', 'Remplacer connexion par des clés'],
    ['Merci ! Maintenant supprime le vieux cache du module du port.', 'Supprimé.', 'Supprime vieux cache'],
    ['Écris un test pour les fuseaux horaires du calendrier.', 'Le test passe.', 'Écris test pour fuseaux horaires'],
    ['Pourrais-tu vérifier le moteur de la grue ?', 'Il marche.', 'Vérifier moteur'],
    ['On doit séparer les tables des marées.', 'Séparées.', 'Séparer tables des marées'],
    ["S'il te plaît, corrige le calcul des arrondis.", 'Corrigé.', 'Corrige le calcul des arrondis'],
    ["Veuillez renommer le dossier des images d'archives.", 'Renommé.', 'Renommer le dossier des images'],
  ],
  Spanish: [
    ['¿Puedes añadir un reintento al servicio de facturas?', 'Hecho.', 'Añadir reintento al servicio de facturas'],
    ['Agrega una columna de descuento a la factura.', 'Listo.', 'Agrega columna de descuento a factura'],
    ['Hay que cargar los horarios desde el archivo.', 'Cargados.', 'Cargar horarios desde archivo'],
    ['Quiero cambiar la entrada por llaves de acceso.', 'Cambiada.', 'Cambiar entrada por llaves'],
    ['Gracias. Ahora elimina la vieja caché del puerto.', 'Eliminada.', 'Elimina vieja caché'],
    ['Escribe una prueba para las zonas del calendario.', 'Pasa.', 'Escribe prueba para zonas'],
    ['¿Podrías revisar el motor de la grúa?', 'Funciona.', 'Revisar motor de grúa'],
    ['Vamos a separar las tablas de mareas.', 'Separadas.', 'Separar tablas de mareas'],
    ['Por favor, corrige el cálculo de los redondeos.', 'Corregido.', 'Corrige cálculo'],
    ['Necesitamos renombrar la carpeta de imágenes.', 'Renombrada.', 'Renombrar la carpeta de imágenes'],
  ],
  Russian: [
    ['Можешь добавить повторную попытку в сервис счетов?', 'Готово.', 'Добавить повторную попытку'],
    ['Добавь столбец скидки в счёт.', 'Сделано.', 'Добавь столбец скидки'],
    ['Нужно загрузить расписания из архива.', 'Загружены.', 'Загрузить расписания'],
    ['Хочу заменить вход на ключи доступа.', 'Заменён.', 'Заменить вход'],
    ['Спасибо! Теперь удали старый кеш из модуля порта.', 'Удалён.', 'Удали старый кеш'],
    ['Напиши тест для часовых поясов календаря.', 'Тест проходит.', 'Напиши тест для часовых поясов'],
    ['Пожалуйста, проверь двигатель крана.', 'Работает.', 'Проверь двигатель крана'],
    ['Давай разделим таблицы приливов.', 'Разделены.', 'Разделим таблицы приливов'],
    ['Исправь расчёт округления в отчёте.', 'Исправлено.', 'Исправь расчёт округления'],
    ['Надо переименовать папку с картинками.', 'Переименована.', 'Переименовать папку'],
  ],
  Chinese: [
    ['请给发票服务添加重试机制。', '已经完成。', '发票服务添加重试机制'],
    ['帮我修复订单导入的超时问题。', '修好了。', '修复订单导入的超时问题'],
    ['能不能把登录改成通行密钥？', '改好了。', '登录改成通行密钥'],
    ['我们需要从档案加载时刻表。', '加载好了。', '从档案加载时刻表'],
    ['好的，现在删除港口模块的旧缓存。', '删除了。', '删除港口模块的旧缓存'],
    ['写一个日历时区的测试。', '通过了。', '日历时区的测试'],
    ['麻烦检查起重机的发动机。', '正常。', '检查起重机的发动机'],
    ['重构潮汐表的解析代码。', '完成。', '重构潮汐表的解析代码'],
    ['可以帮我更新报告的舍入计算吗？', '更新了。', '更新报告的舍入计算'],
    ['重命名图片文件夹并更新链接。', '好了。', '重命名图片文件夹'],
  ],
  Japanese: [
    ['請求サービスに再試行を追加してください。', '完了しました。', '請求サービスに再試行を追加'],
    ['注文の取り込みの時間切れを修正してください。', '直しました。', '注文の取り込みの時間切れを修正'],
    ['ログインをパスキーに変更してほしいです。', '変更しました。', 'ログインをパスキーに変更'],
    ['時刻表を書庫から読み込みたいです。', '読み込みます。', '時刻表を書庫から読み込み'],
    [
      'ありがとうございます。次に港のモジュールの古いキャッシュを削除してください。',
      '削除しました。',
      '港のモジュールの古いキャッシュを削除',
    ],
    ['暦の時間帯の試験を書いてください。', '通りました。', '暦の時間帯の試験を書い'],
    ['クレーンの発動機の確認をお願いします。', '正常です。', 'クレーンの発動機の確認'],
    ['潮の表を分けましょう。', '分けました。', '潮の表を分け'],
    ['報告の丸めの計算を直してもらえますか？', '直しました。', '報告の丸めの計算を直'],
    ['画像のフォルダの名前を変更してください。', '変更しました。', '画像のフォルダの名前を変更'],
  ],
};

describe.each(Object.entries(SAMPLES))('in %s', (_, exchanges) => {
  test.each(exchanges)('%s', (asked, answered, titled) => {
    expect(summaryOf(eventsOf(asked, answered)).title).toContain(titled);
  });

  test('ten turns show a request as their title', () => {
    const {title, bullets} = summaryOf(eventsOf(...exchanges.flatMap((exchange) => exchange.slice(0, 2))));
    expect(exchanges.some(([, , titled]) => title.includes(titled))).toBe(true);
    expect(bullets.some(({text}) => text.startsWith('user: '))).toBe(true);
  });
});
