/** How a language asks for work. */
export interface RequestShapes {
  readonly language: string;
  /** What stands before a request without being it: greetings, assent, "then". Taken off again and again. */
  readonly lead: RegExp;
  /** What makes a request of the words behind it: "can you …", "I would like to …". */
  readonly frame: RegExp;
  /** What makes a request of any words behind it, also in the middle of a sentence: "…, please …". */
  readonly urge: RegExp;
  /** What makes a request of the words before it, where the verb stands last. */
  readonly tail?: RegExp;
  /** Verbs as one says them to somebody who should do the work, in lower case. */
  readonly verbs: ReadonlySet<string>;
}

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** In the order in which they are tried: those with a script of their own first, English last. */
export const REQUEST_SHAPES: readonly RequestShapes[] = [
  {
    language: 'Japanese',
    urge: /^(?!)/,
    lead: /^(?:はい|ええ|では|じゃあ|それでは|次に|あと|また|すみません|ありがとう(?:ございます)?|こんにちは)[、。！!\s]*/,
    frame: /^(?!)/,
    tail: /(?:を?お願いします|(?:して|し)?(?:ください|下さい|くださいませんか|くれますか|もらえますか|ほしいです|欲しいです|ほしい|たいです|たい|ましょう))[。！!？?]*$/,
    verbs: words(''),
  },
  {
    language: 'Chinese',
    urge: /^(?:请|麻烦)/,
    lead: /^(?:好的?|嗯|那么?|现在|接下来|然后|另外|还有|谢谢|你好|您好)[,，。！!、：\s]*/,
    frame:
      /^(?:请你?|請你?|麻烦你?|帮我|帮忙|你?能不能|你?能否|可以|我想要?|我希望|我们?需要|需要|我们?应该|让我们|我们来|给我)(?:请|帮我|帮忙|把(?=.{2}))?/,
    verbs: words(
      '添加 增加 加上 修复 删除 移除 创建 新建 写 编写 修改 改 更改 移动 重命名 测试 检查 解释 查找 找 实现 更新 重构 优化 换成 替换 升级 生成 调整 清理 合并 支持 把 给 将',
    ),
  },
  {
    language: 'Russian',
    urge: /^(?:пожалуйста|давай(?:те)?)\s+/iu,
    lead: /^(?:привет|здравствуй(?:те)?|спасибо|хорошо|отлично|да|нет|ок|окей|теперь|потом|а|и|ну|так|тогда|ещё|еще|пожалуйста)(?=[\s,.!:])[\s,.!:—-]*/iu,
    frame:
      /^(?:ты )?(?:можешь|можете|могли бы вы|мог бы ты|не мог бы ты|нужно|надо|давай(?:те)?|хочу|хотел бы|хотелось бы|следует|стоит|прошу|попробуй)(?: (?:ли|пожалуйста|ты|вы|мы|чтобы ты|чтобы))*,? /iu,
    verbs: words(
      'добавь добавьте исправь исправьте удали удалите создай создайте напиши напишите измени измените перемести переименуй протестируй проверь проверьте объясни объясните найди найдите почини реализуй реализуйте обнови обновите покажи сделай сделайте перепиши убери замени настрой подключи разбей вынеси оптимизируй перенеси',
    ),
  },
  {
    language: 'German',
    urge: /^(?:bitte|lass uns)\s+/iu,
    lead: /^(?:hallo|hi|danke|vielen dank|gut|super|prima|ja|nein|ok|okay|also|nun|jetzt|dann|als nächstes|bitte|und|noch|außerdem|zuerst)(?=[\s,.!:])[\s,.!:–-]*/iu,
    frame:
      /^(?:(?:kannst|könntest|würdest|magst) du|(?:können|könnten|sollten|wollen|müssen) (?:wir|sie)|wir (?:sollten|müssen|brauchen|wollen)|ich (?:möchte|will|hätte gern|brauche|würde gern)|lass uns|es (?:wäre gut|fehlt))(?: (?:bitte|mal|noch|auch|mir|uns|dass (?:du|wir)))*,? /iu,
    verbs: words(
      'füge ergänze ändere behebe schreibe schreib baue bau entferne erstelle prüfe teste aktualisiere verschiebe benenne lösche ersetze verwende nutze zeige zeig erkläre erklär finde repariere korrigiere stelle richte implementiere refaktoriere dokumentiere mache mach vereinfache untersuche überarbeite sorge passe',
    ),
  },
  {
    language: 'French',
    urge: /^s'il (?:te|vous) pla[iî]t,?\s+/iu,
    lead: /^(?:bonjour|salut|merci|d'accord|ok|oui|non|bien|parfait|super|alors|maintenant|ensuite|puis|et|aussi|s'il (?:te|vous) pla[iî]t|d'abord)(?=[\s,.!:])[\s,.!:–-]*/iu,
    frame:
      /^(?:(?:est-ce que )?(?:tu peux|vous pouvez|on peut)|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|peut-on|il (?:faut|faudrait)(?: que tu)?|je (?:veux|voudrais|souhaite)(?: que tu)?|j'aimerais(?: que tu)?|on (?:doit|devrait)|nous devons|veuillez|merci de)(?: (?:s'il (?:te|vous) pla[iî]t|aussi|me))*,? /iu,
    verbs: words(
      'ajoute ajoutez ajouter corrige corrigez corriger supprime supprimez supprimer crée créez créer écris écrivez mets change changez modifie modifiez déplace renomme teste testez vérifie vérifiez vérifier explique expliquez trouve répare implémente implémentez montre regarde fais faites remplace utilise nettoie simplifie documente',
    ),
  },
  {
    language: 'Spanish',
    urge: /^(?:por favor,?|vamos a)\s+/iu,
    lead: /^(?:hola|gracias|vale|bien|perfecto|sí|no|ok|ahora|luego|después|entonces|también|y|por favor|primero)(?=[\s,.!:])[\s,.!:–-]*/iu,
    frame:
      /^¿?(?:(?:me )?puedes|podrías|podemos|puede|podría|quiero(?: que)?|quisiera|necesito(?: que)?|necesitamos|hay que|deberíamos|tenemos que|me gustaría|vamos a)(?: (?:por favor|también))*,? /iu,
    verbs: words(
      'añade añadir agrega agregar corrige corregir arregla arreglar elimina eliminar borra borrar quita crea crear escribe escribir cambia cambiar modifica mueve renombra prueba revisa revisar comprueba explica explicar busca implementa implementar actualiza actualizar muestra haz hacer pon refactoriza documenta reemplaza simplifica',
    ),
  },
  {
    language: 'English',
    urge: /^(?:let's|lets|let us|please|pls)\s+/iu,
    lead: /^(?:q|and|so|then|now|next|go|also|but|ok|okay|yes|yeah|yep|yup|no|nope|sure|great|cool|nice|perfect|awesome|excellent|thanks|thank you|good|hi|hey|hello|hmm+|ah+|oh+|uh+|um+|erm*|ugh+|lol|oops|omg|sorry|right|actually|well|alright|first|finally|please|pls|plz|kindly|just|maybe|perhaps|instead|additionally|quick question|one more thing|follow[- ]?up|btw|definitely|still|let's|lets|let us|go ahead and|try to|help me(?: to)?|i think|i guess|i mean|i wonder(?: if)?|do you (?:think|mean|know)|did you mean|you mean|is there a reason(?: why| that| for)?|(?:should|shall|are|were|aren't|do|don't|did|didn't|have|haven't) (?:we|you|i)(?! (?:need|have|want) to)(?: be| already| also| really| still| even| actually)*)(?![\w'])[\s,.!:;…–-]*/iu,
    frame:
      /^(?:(?:can|could|would|will|can't|couldn't|why don't) (?:you|u)|(?:can|could|shall|can't|couldn't|shouldn't|why don't) we|any (?:chance|way) (?:(?:we|you) (?:can|could)|to)|is there (?:a|any|some) way (?:to|(?:we|you) can)|i(?:'d| would) (?:like|love|prefer|rather)(?: you| us)?(?: to)?|(?:i|we)(?: do)?(?: also)? (?:want|wanted|need)(?: you| us)?(?: also)? to|we(?: also)? need(?= an? )|we (?:have|ought) to|(?:we|you) (?:should|must)|(?:we|you|i)(?:'ll| will) (?:need|have|want) to|(?:do|would) you mind|is it possible (?:for you )?to|it would be (?:good|nice|great|better) (?:to|if (?:you|we) could)|what about|how about|the goal is to|you (?:need|have) to|(?:please )?make sure (?:to|(?:that )?(?:we|you)(?:['’]re)?)|need to|want to|time to)(?![\w'’])(?: (?:please|also|just|maybe|now|first|then|not|be|at least|can))*,? /iu,
    verbs:
      words(`abort adapt add address adjust allow analyse analyze append apply archive ask audit automate avoid backfill backport benchmark build bump cache calculate capture centralize
      change check clarify clean cleanup clear clone collapse collect combine compare compute configure connect consolidate convert copy correct count cover create cut debug
      decide decouple deduplicate define delegate delete deploy derive describe design detect diagnose disable discuss dispatch display distinguish document downgrade download
      draft drop eliminate embed emit enable encode enforce enhance ensure escape evaluate exclude expand expire explain explore export expose extend extract fetch filter find
      finish fix flatten force format generate get give group guard handle harden hide ignore implement import improve include increase infer initialize inline insert inspect
      install integrate introduce invalidate invert investigate invoke isolate keep limit link list load lock log look lower make map mark measure merge migrate mock move
      normalize notify omit open optimise optimize order organize output override paginate parse patch persist pin plan polish populate port prepare preserve prevent print
      profile promote propagate propose protect prototype provide prune publish purge put query raise read rebuild recover redact redesign redirect redo reduce refactor refine
      register reject relax reload relocate remove rename render reorder reorganize repair replace reply report reproduce require research reset resolve respond restart restore
      restrict restructure resume retain rethink retry return reuse reverse revert review rework rewrite rotate run sanitize save scaffold schedule search send separate
      serialize set setup shorten show simplify skip sort specify speed split squash stage standardize start stop store streamline strip style summarise summarize support
      suppress surface swap switch sync tag teach test throw tidy tighten toggle trace track translate trigger trim truncate trust try tune turn tweak unblock uncomment undo
      unify uninstall unlock unpin unwrap update upgrade upload use validate verify warn widen wire wrap write`),
  },
];

/** English verbs as one says them to somebody who should do the work. */
export const REQUEST_VERBS: ReadonlySet<string> = REQUEST_SHAPES.at(-1)?.verbs ?? new Set();
