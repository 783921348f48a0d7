// src/language/chars.ts
var SPACE = 1;
var WORD = 2;
var UNSPACED = 3;
var OTHER = 4;
var LOW = 5;
var HIGH = 6;
var WORD_CHARACTER = /[\p{L}\p{N}_]/u;
var UNSPACED_CHARACTER = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
var ASCII_WORD = /\w/;
var SPACE_CHARACTER = /\s/;
var MARK = new RegExp("\\p{M}", "u");
var classes = new Uint8Array(65536);
var lowered = new Uint16Array(65536);
function classify(code) {
  if (code >= 55296 && code <= 57343) return code < 56320 ? HIGH : LOW;
  return kindOf(String.fromCharCode(code));
}
function kindOf(character) {
  const code = character.charCodeAt(0);
  if (code < 128) return ASCII_WORD.test(character) ? WORD : SPACE_CHARACTER.test(character) ? SPACE : OTHER;
  if (SPACE_CHARACTER.test(character)) return SPACE;
  if (MARK.test(character)) return LOW;
  if (!WORD_CHARACTER.test(character)) return OTHER;
  return code >= 3584 && UNSPACED_CHARACTER.test(character) ? UNSPACED : WORD;
}
function kindAt(text, at) {
  const kind = classOf(text.charCodeAt(at));
  if (kind !== HIGH) return kind;
  const low = text.charCodeAt(at + 1);
  return low >= 56320 && low <= 57343 ? kindOf(text.slice(at, at + 2)) : OTHER;
}
function classOf(code) {
  const known = classes[code] ?? OTHER;
  if (known !== 0) return known;
  const found = classify(code);
  classes[code] = found;
  return found;
}
function lowerOf(code) {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const known = lowered[code] ?? code;
  if (known !== 0) return known;
  const text = String.fromCharCode(code).toLowerCase();
  const found = text.length === 1 ? text.charCodeAt(0) : code;
  lowered[code] = found;
  return found;
}
function isUpper(code) {
  return lowerOf(code) !== code;
}

// src/language/languages.ts
var OWN_SCRIPT_WORDS = `\u0430 \u0431\u0435\u0437 \u0431\u043E\u043B\u0435\u0435 \u0431\u043E\u043B\u044C\u0448\u0435 \u0431\u044B \u0431\u044B\u043B \u0431\u044B\u043B\u0430 \u0431\u044B\u043B\u0438 \u0431\u044B\u043B\u043E \u0431\u044B\u0442\u044C \u0432 \u0432\u0430\u043C \u0432\u0430\u0441 \u0432\u0435\u0441\u044C \u0432\u043E \u0432\u043E\u0442 \u0432\u0441\u0435 \u0432\u0441\u0451 \u0432\u0441\u0435\u0433\u043E \u0432\u044B \u0433\u0434\u0435 \u0434\u0430 \u0434\u0430\u0436\u0435 \u0434\u043B\u044F \u0434\u043E \u0435\u0433\u043E \u0435\u0435 \u0435\u0451
\u0435\u0441\u043B\u0438 \u0435\u0441\u0442\u044C \u0435\u0449\u0435 \u0435\u0449\u0451 \u0436\u0435 \u0437\u0430 \u0437\u0434\u0435\u0441\u044C \u0438 \u0438\u0437 \u0438\u043B\u0438 \u0438\u043C \u0438\u0445 \u043A \u043A\u0430\u043A \u043A\u0430\u043A\u043E\u0439 \u043A\u043E\u0433\u0434\u0430 \u043A\u0442\u043E \u043B\u0438 \u043B\u0438\u0431\u043E \u043C\u043D\u0435 \u043C\u043E\u0436\u043D\u043E \u043C\u043E\u0439 \u043C\u044B \u043D\u0430 \u043D\u0430\u0434 \u043D\u0430\u0434\u043E \u043D\u0430\u0448 \u043D\u0435 \u043D\u0435\u0433\u043E \u043D\u0435\u0442 \u043D\u0438 \u043D\u0438\u0445 \u043D\u043E \u043D\u0443 \u043D\u0443\u0436\u043D\u043E \u043E \u043E\u0431 \u043E\u0434\u043D\u0430\u043A\u043E \u043E\u043D \u043E\u043D\u0430 \u043E\u043D\u0438
\u043E\u043D\u043E \u043E\u0442 \u043E\u0447\u0435\u043D\u044C \u043F\u043E \u043F\u043E\u0434 \u043F\u043E\u0442\u043E\u043C \u043F\u043E\u0442\u043E\u043C\u0443 \u043F\u043E\u044D\u0442\u043E\u043C\u0443 \u043F\u0440\u0438 \u043F\u0440\u043E \u0441 \u0441\u0430\u043C \u0441\u0435\u0431\u044F \u0441\u0435\u0439\u0447\u0430\u0441 \u0441\u043E \u0441\u043F\u0430\u0441\u0438\u0431\u043E \u0442\u0430\u043A \u0442\u0430\u043A\u0436\u0435 \u0442\u0430\u043A\u043E\u0439 \u0442\u0430\u043C \u0442\u0435\u0431\u0435 \u0442\u0435\u043C \u0442\u043E \u0442\u043E\u0433\u0434\u0430 \u0442\u043E\u0436\u0435 \u0442\u043E\u043B\u044C\u043A\u043E \u0442\u043E\u043C \u0442\u043E\u0442 \u0442\u044B \u0443 \u0443\u0436\u0435 \u0445\u043E\u0440\u043E\u0448\u043E \u0445\u043E\u0442\u044F \u0447\u0435\u0433\u043E \u0447\u0435\u043C
\u0447\u0435\u0440\u0435\u0437 \u0447\u0442\u043E \u0447\u0442\u043E\u0431\u044B \u044D\u0442\u043E \u044D\u0442\u043E\u0433\u043E \u044D\u0442\u043E\u0439 \u044D\u0442\u043E\u043C \u044D\u0442\u043E\u0442 \u044D\u0442\u0443 \u044D\u0442\u0438 \u044F \u043F\u043E\u0436\u0430\u043B\u0443\u0439\u0441\u0442\u0430 \u0434\u0430\u0432\u0430\u0439 \u043F\u0440\u0438\u0432\u0435\u0442
\u0442\u0430 \u0442\u0435 \u0442\u043E \u0446\u0435\u0439 \u0446\u044F \u0446\u0435 \u0446\u0456 \u0454 \u0431\u0443\u0432 \u0431\u0443\u043B\u0430 \u0431\u0443\u043B\u043E \u0431\u0443\u043B\u0438 \u0449\u043E \u044F\u043A \u044F\u043A\u0438\u0439 \u044F\u043A\u0430 \u044F\u043A\u0435 \u044F\u043A\u0456 \u0430\u0431\u043E \u0430\u043B\u0435 \u0439 \u0456\u0437 \u0437\u0456 \u0432\u0456\u0434 \u0434\u043E \u0434\u043B\u044F \u043D\u0430 \u043D\u0435 \u043D\u0456 \u0442\u0430\u043A \u0442\u0430\u043A\u043E\u0436 \u0432\u0436\u0435 \u0449\u0435 \u043C\u0438 \u0432\u0438 \u0432\u043E\u043D\u0438 \u0432\u0456\u043D \u0432\u043E\u043D\u0430 \u0432\u043E\u043D\u043E \u043C\u0435\u043D\u0435 \u043D\u0430\u0441 \u0432\u0430\u0441
\u6211\u5148 \u6211\u6765 \u6211\u4F1A \u6211\u5DF2 \u6211\u5DF2\u7ECF \u5148 \u770B \u770B\u770B \u770B\u4E00\u4E0B \u90A3\u5C31 \u5E2E \u5E2E\u6211 \u4E4B \u5176 \u5E76 \u800C \u4F46 \u8FD8\u662F \u4EE5\u540E \u4E4B\u540E \u4EE5\u524D \u65F6\u5019 \u4EC0\u4E48 \u600E\u4E48 \u4E3A\u4EC0\u4E48 \u6BCF \u6BCF\u6B21 \u8FD9\u91CC \u90A3\u91CC \u6211\u4EEC\u7684 \u4F60\u7684 \u4ED6\u7684 \u5EFA\u8BAE \u6211\u5EFA\u8BAE \u540C\u610F \u9700\u8981 \u91CC\u9762 \u7684 \u4E86 \u662F \u5728 \u6211 \u4F60 \u4ED6 \u5979 \u5B83 \u6211\u4EEC \u4F60\u4EEC \u4ED6\u4EEC \u8FD9 \u90A3 \u8FD9\u4E2A \u90A3\u4E2A \u8FD9\u4E9B \u90A3\u4E9B \u6709 \u548C \u4E0E \u6216 \u5C31 \u4E5F \u90FD \u5F88 \u8FD8 \u4E0D \u6CA1 \u6CA1\u6709 \u5417 \u5462 \u5427 \u554A \u88AB \u628A \u5BF9 \u4ECE \u5230 \u4E3A \u4EE5 \u53CA \u7B49 \u7740 \u8FC7 \u4F1A \u80FD \u53EF\u4EE5 \u8981 \u60F3 \u9700\u8981 \u4EC0\u4E48 \u600E\u4E48 \u4E3A\u4EC0\u4E48
\u56E0\u4E3A \u6240\u4EE5 \u4F46\u662F \u5982\u679C \u7136\u540E \u5DF2\u7ECF \u73B0\u5728 \u4ECA\u5929 \u6628\u5929 \u660E\u5929 \u8BF7 \u4E00\u4E2A \u4E00\u4E0B \u4E2A \u4E0A \u4E0B \u4E2D \u91CC \u597D \u597D\u7684 \u8C22\u8C22 \u6765 \u53BB \u8BF4 \u505A \u8BA9 \u4F7F \u4F7F\u7528 \u518D \u53C8 \u624D \u53EA \u66F4 \u6700 \u4E26 \u9019 \u9019\u500B \u5011 \u6211\u5011 \u55CE \u6C92\u6709 \u9084 \u6703 \u8AAA
\u306F \u304C \u3092 \u306B \u3078 \u3068 \u3067 \u3082 \u306E \u304B\u3089 \u307E\u3067 \u3088\u308A \u3084 \u306D \u3088 \u304B \u306A \u3060 \u3067\u3059 \u307E\u3059 \u3067\u3057\u305F \u307E\u3057\u305F \u307E\u305B\u3093 \u306A\u3044 \u3059\u308B \u3057\u305F \u3057\u3066 \u3057\u307E\u3059 \u3057\u307E\u3057\u305F \u3044\u308B \u3044\u305F \u3044\u3066 \u3044\u307E\u3059 \u3042\u308B \u3042\u3063\u305F \u3042\u308A\u307E\u3059 \u306A\u308B \u306A\u3063\u305F \u306A\u308A\u307E\u3057\u305F
\u3053\u3068 \u3082\u306E \u3053\u308C \u305D\u308C \u3042\u308C \u3053\u306E \u305D\u306E \u3042\u306E \u3053\u3053 \u305D\u3053 \u3069\u3053 \u4F55 \u79C1 \u306E\u3067 \u306E\u306B \u3051\u3069 \u3067\u3082 \u3057\u304B\u3057 \u307E\u305F \u305D\u3057\u3066 \u304F\u3060\u3055\u3044 \u3068\u3044\u3046 \u305F\u3081 \u3088\u3046 \u3055\u3093 \u4ECA\u65E5 \u6628\u65E5 \u660E\u65E5
\uC774 \uADF8 \uC800 \uAC83 \uC218 \uB4F1 \uBC0F \uB97C \uC744 \uC740 \uB294 \uC774\uB2E4 \uC788\uB2E4 \uD558\uB2E4 \uADF8\uB9AC\uACE0 \uD558\uC9C0\uB9CC \uADF8\uB798\uC11C \uB610\uB294 \uC5D0\uC11C \uC73C\uB85C \uC788\uB294 \uD558\uB294 \uD569\uB2C8\uB2E4 \uD588\uC2B5\uB2C8\uB2E4 \uC788\uC2B5\uB2C8\uB2E4 \uC785\uB2C8\uB2E4 \uC6B0\uB9AC \uC81C\uAC00 \uC800\uB294`;
var LATIN_LANGUAGES = [
  `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte da dabei daf\xFCr damit danach dann daran darauf das dass da\xDF
davon dazu dein deine dem den denn der des deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er
es etwas euch f\xFCr ganz gegen gern gestern gibt habe haben hast hat hatte hatten heute hier hin ich ihm ihn ihnen ihr ihre im immer in ins ist ja jede jeder jetzt kann kannst
kein keine keinen k\xF6nnen k\xF6nnte man mal mehr mein meine mich mir mit morgen muss m\xFCssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit
sich sie sind so soll sollen sollte sondern soweit \xFCber um und uns unser unsere unter vom von vor war waren warum was weil wenn wer werden wie wieder will wir wird wo
wollen worden wurde wurden w\xFCrde zu zum zur zwar zwischen danke hallo`,
  `ai alors apr\xE8s au aucun aussi autre aux avait avant avec avez avons bien bonjour c'est car ce ceci cela ces cet cette ceux chaque chez comme comment d'un d'une dans de depuis des deux
doit donc du elle elles en encore entre est et \xE9taient \xE9tait \xE9t\xE9 \xEAtre eu faire fait faut hier ici il ils j'ai je jusqu la l\xE0 le les leur leurs lui ma mais me
m\xEAme merci mes moins mon ne nos notre nous on ont ou o\xF9 par parce pas peu peut plus pour pourquoi pouvez qu'il quand que quel quelle quelques qui quoi sa sans se sera ses
si son sont sous sur ta tes toi ton toujours tous tout toute toutes tr\xE8s trop tu un une va vers voici voil\xE0 vos votre vous y`,
  `a ahora al algo algunos ante antes aqu\xED as\xED aunque ayer bien cada como con contra cual cuando cu\xE1l c\xF3mo de del desde despu\xE9s donde dos durante e el \xE9l ella ellas ellos en
entonces entre era eran es esa ese eso esta est\xE1 est\xE1n estas este esto estos estoy fue fueron gracias ha hab\xEDa hace hacer hacia han hasta hay he hola hoy la las le les
lo los m\xE1s ma\xF1ana me mi mientras mis mucho muy nada ni no nos nosotros nuestra nuestro o otra otro para pero poco podemos por porque puede pueden pues que qu\xE9 qui\xE9n
se sea seg\xFAn ser si s\xED sin sino sobre solo son su sus tambi\xE9n tan te tengo tiene tienen todo todos tu tus un una uno unos usted va vamos y ya yo`,
  `a agora ainda al\xE9m algo ao aos aquela aquele aqui \xE0s assim at\xE9 bem boa cada com como da das de dela dele depois desde do dos e \xE9 ela elas ele eles em ent\xE3o entre era eram essa
esse esta est\xE1 estamos est\xE3o estava este estou eu fazer foi foram h\xE1 hoje isso isto j\xE1 la lhe mais mas me mesmo meu minha muito na n\xE3o nas nem no nos n\xF3s nossa nosso num numa o
obrigado ol\xE1 ontem os ou para pela pelo pode podemos por porque pra quais qual quando quase que quem s\xE3o se seja sem ser ser\xE1 seu sim s\xF3 sobre sua tamb\xE9m tem temos
tenho ter todo todos tudo um uma umas uns vai vamos voc\xEA voc\xEAs`,
  `a abbiamo adesso ai al alla alle allora anche ancora anzi c'\xE8 che chi ci ciao come con cosa cos\xEC cui da dai dal dalla dalle de degli dei del della delle dello dentro di dopo dove due e \xE8 era
erano essere fa fare fatto fino fra fu gli grazie ha hai hanno ho i ieri il in io l'ha la le lei li lo loro lui ma me meno mentre mi mia mio molto ne nei nel nella nelle no noi non
nostra nostro o oggi ogni ora per perch\xE9 per\xF2 pi\xF9 poi possiamo posso prima pu\xF2 qual quale quando quella quelle quelli quello questa queste questi questo qui quindi sar\xE0 se sei sempre
senza si sia siamo solo sono sopra sta stata stato su sua sul sulla suo te tra tu tutti tutto un una uno va verso vi voi`,
  `aan al alle als altijd andere ben bij daar dan dat de der deze die dit doen door dus een eens en er gaan gaat geen geweest gisteren haar had hallo heb hebben heeft hem het hier hij hoe hun iets
ik in is ja je jij jullie kan kunnen maar me meer met mij mijn moet moeten morgen na naar niet niets nog nu of om omdat onder ons onze ook op over te tegen toch toen tot u uit uw van
vandaag veel voor waar waarom want waren was wat we wel werd wie wij wil wordt worden zal ze zei zelf zich zij zijn zo zonder zou`,
  `a aby ale albo bardzo bez bo by by\u0142 by\u0142a by\u0142o by\u0142y by\u0107 ci co czy dla do dobrze dzi\u015B dzi\u0119kuj\u0119 go gdy gdzie i ich ile im ja jak jako je jego jej jest jestem ju\u017C kiedy ka\u017Cdy kt\xF3ra kt\xF3re kt\xF3ry
lub ma mam mamy mi mnie mo\u017Ce mo\u017Cna my na nad nam nas nasz nie nic ni\u017C o od on ona one oni oraz po pod poniewa\u017C potem prosz\u0119 przed przez przy s\u0105 si\u0119 sobie ta tak tak\u017Ce tam te tego tej ten teraz te\u017C to trzeba tu
ty tych tylko tym w we wi\u0119c wszystko wy z za ze \u017Ce \u017Ceby`,
  `alla allt att av blev bli blir d\xE5 de dem den denna deras dess det detta dig din dina dit du d\xE4r efter ej eller en er ett fr\xE5n f\xF6r ha hade han hans har hej henne hon hur h\xE4r i icke idag ig\xE5r
inte ja jag kan kunde man med mellan men mig min mina mot mycket m\xE5ste ni nu n\xE4r och ocks\xE5 om oss p\xE5 sedan sig sin ska skulle som s\xE5 tack till under upp ut utan vad var vara varf\xF6r vi vid vill
v\xE5r \xE4ven \xE5r og ikke er til det af p\xE5 jeg vi kan skal v\xE6re blev hvor hvad ikke noen ogs\xE5 etter`,
  `acaba ama art\u0131k az bana baz\u0131 belki ben beni benim bir biraz bir\xE7ok biz bize bu bug\xFCn bunu b\xFCt\xFCn \xE7ok \xE7\xFCnk\xFC da daha de de\u011Fil diye d\xFCn en gibi g\xF6re hem hep her hi\xE7 i\xE7in ile ilgili ise kadar kendi ki
kim m\u0131 mi mu m\xFC nas\u0131l ne neden nerede o olan olarak oldu oldu\u011Fu olur ona onlar onu sana sen \u015Fey \u015Fimdi \u015Fu taraf\u0131ndan te\u015Fekk\xFCrler t\xFCm \xFCzere var ve veya ya yani yar\u0131n yok zaten`
];

// src/language/common-words.ts
var COMMON_WORDS = [
  [3, "you"],
  [3.5, "the"],
  [4, "to s a it t that"],
  [4.5, "and of in me is we"],
  [5, "this he on for my m your don have do re be know was not can are all"],
  [5.5, "with just get here but ll there so they right like out go she up about if him got at now"],
  [6, "one her want think good see did who as his will going from when back gonna d time look take"],
  [
    6.5,
    "an man them would been some tell or us had were say could didn something really down then little way our make too never by over more need mean very off sorry give"
  ],
  [
    7,
    "has love said am people please sure any thing only because two should doing much sir help anything these even night call talk nothing into first find wait put great thought day work life before better again still home guy won those than around other away new last uh ever stop keep told must things"
  ],
  [
    7.5,
    "big after long does always their everything nice name money doesn guys feel believe old place fine kind isn lot years made leave girl hear father through every bad remember three boy coming wrong might stay house may baby another gotta wanna wanted enough talking happened show course being care done getting mind left ask car understand mother which try hell came wouldn own world guess next kill else dead trying someone real room morning huh hold ain woman yourself today looking wasn"
  ],
  [
    8,
    "friend move same job tonight went son best saw found pretty ready heard whole seen together minute men head matter haven knew many idea without play family meet most run while wife once live somebody everybody used use myself took yet start called couldn kid tomorrow happy school problem watch bring actually business says hope open already since looks sit cause alone hard wants stuff turn days friends until few kids honey gone both door later saying such killed having face worry ago five second brother case thinking probably beautiful hand check year forget hit lost minutes crazy late phone end easy doctor under part deal die soon four anyone"
  ],
  [
    8.5,
    "pay happen true each supposed em eat mine working town afraid drink exactly whatever hurt knows heart gave young everyone chance read makes number taking change anyway week married point hands police word fun wish bit aren game party set cut comes sleep shot anybody stand water boys trouble dear couple gets making eyes break story far times close means funny goes lady death asked walk fire hours hate gun rest person inside waiting different girls least important also line yours office dinner quite against fight side six half pick question ahead cool women body high husband reason almost dog buy truth met telling hot anymore behind started speak bed moment tried blood ma shall stupid along either though front sister send welcome sometimes trust free book answer between children war fact brought clear bet its white glad daughter outside city feeling black seems full till sick light shoot news lose wonderful months save hour country needs able perfect shouldn running child died order living sounds"
  ],
  [
    9,
    "alive food gentlemen luck hair drive promise music ya power sort special serious street red dance hang touch team playing company pull plan sweet ten coffee lucky sound safe date leaving parents himself seem lives air taken picture ladies sent fast happens catch ride win kidding top scared dream sign meeting sense beat control drop cold weeks darling figure king poor throw asking write cannot suppose small human piece boss hospital past calling known follow movie ha straight weren words clean kiss looked feet evening million lie felt moving certainly step learn fall questions finally takes class quiet wonder law become worked rather possible unless mad absolutely tired murder road eye except somewhere explain less none loved giving seeing secret wear worth act careful quick handle pass early report state busy turned table wake works broke ball seven mouth marry meant fault lunch expect future paper officer hotel buddy thinks talked blue mistake ones wedding clothes weird changed court floor watching building earth dude others longer forgot finish ship club attention eight worse pain th sing blow choice ls birthday stick relax yesterday honor smart boat plane month lovely given train fair worried needed sitting security cover across bag terrible caught"
  ],
  [
    9.5,
    "song spend horse ring sell return personal message system afternoon hasn happening tough quit count box missed present kept charge information fool simple middle calm surprise forever decided dark anywhere miles swear land missing cute lying master dress strong key fix interesting wearing strange voice rock cop window bar totally interested appreciate army paid short record bought card certain y college fly evidence bank completely ran cops test history finished born proud fish join lead smell near apartment enjoy letter situation trip store amazing star accident imagine pleasure ought list rich calls service entire difference judge ice lawyer fat instead age station realize gold seat liked hundred summer dollars standing mess killing radio hungry problems marriage brain soul forgive drunk deep figured likes girlfriend folks slow private during attack beer definitely stopped partner walking area dangerous offer scene third upset bus owe shoes driving group ln kick evil joke fell truck teach ground green loves cash forward honest boyfriend park single position respect broken crime wrote public grab fighting art favor upstairs wall force seconds jail push prove normal protect machine field spent feels speaking named jump starting saved nose hide sun church peace share moved picked thousand holding fear using la tape suit pictures putting involved gas books relationship neither nine rules bother especially nervous whether dying stuck round dirty cat breakfast idiot space lived prison carry cry smoke arm film government tree foot contact knock agree pardon gives gift dreams hat sake sweetheart board seriously department patient awful sad wondering roll beginning usually grand laugh killer listening doubt upon double twice whose outta plenty guilty promised fired race chicken bathroom spot reading orders weekend action eating glass type guns experience obviously wine press difficult lots rid sea arms flight staying arrest neck grow mention favorite wind sleeping notice admit extra within low impossible gay computer angry bunch blame pants visit clock tea fellow kitchen lay hole guard learned smile feelings fit pal bear often wild silly camera begin reach"
  ],
  [
    10,
    "beach heaven lock leg quickly lights worst shooting played plans bucks suddenly writing track teacher ridiculous legs river dare burn raise n surprised decision cross cost queen fresh innocent emergency medical dancing cell gotten seemed bigger closed names walked bomb hanging note shop sweetie nuts band losing price steal waste client stole crying pressure code places dogs accept further excellent magic drinking keeps corner consider ourselves herself acting locked laughing address copy tells warm sold pregnant hall treat everywhere papers complete cup ways level passed witness eh taste hardly camp keeping keys beg duty interest tight helping bottle support flying decide turns moon bottom hoping conversation hero asleep final continue match apologize trial spirit willing chair risk study possibly rain above cousin pulled cream dropped excited memory breathe enemy huge search greatest drugs beauty lately rule build choose cards advice immediately teeth became victim coach flowers showed crew driver heavy trick empty comfortable destroy brothers mission apart pool dumb dressed helped knife checked weapon restaurant shirt faith simply dig size stars movies necessary themselves credit blind starts center bridge practice closer discuss cars mister cook ticket strike stage animal bird leaves sight somehow following knowing drug career nature responsible cake famous nurse correct breath games allowed sky bringing hearing singing account due common afford tie bright allow belong concerned escape suspect written skin file madam fill operation desk taught pack lied faster deserve danger meat command stories tickets paying hiding perfectly whoever beyond student dry jury form main heads program milk held horrible kinda feed de natural breaking battle ugly coat settle opinion ho terrific older gentleman noticed loose local lonely shame shows large devil video speed military built shower oil opportunity chest horses biggest threw bite wash stone block records indeed weapons invited turning draw attorney pretend health balls heat manager guest loud itself fantastic cares shake numbers lab princess island easier color earlier bell naked suggest wet pig letting nowhere animals cheese ideas downstairs soldier monster several planet insane fellas eggs spoke butt murdered view opening lines insurance split jealous bullet arrived character national screaming speech airport hook condition target finding serve incredible sugar player signal total selling hill football screw page justice letters rough hurts project crowd meaning planning pair science usual sees sooner ordered subject remind lies strength mail paint freak bedroom onto neighborhood personally finger spell ghost doctors fake release weight cheap market pray expecting unit signed falling throat lake nor realized director agreed truly brilliant cab powers prepared candy pocket legal aware roof babe slept responsibility mountain base ours firm whom trade romantic liar fan training brings powerful whenever sending language purpose believed bless pieces arrested noise suck fancy exciting genius introduce forgotten rent familiar criminal"
  ],
  [
    10.5,
    "doors proof vote recognize com stolen suicide weather drinks medicine lift issue followed buried mood male among television regular nights opened someday stomach yellow ate nearly scare village prepare matters pizza monkey sudden assume heading toast ears fella babies jacket thoughts social travel sometime property expected fingers remain bodies secretary funeral magazine jerk glasses dating research freedom add damage repeat handsome hired prefer buying society energy crack vacation chase divorce stayed defense rat picking began checking reasons goodness post confused telephone surgery contract safety tall fixed professional lesson tiny assistant points understood runs license model gate soft ear riding staff warning engine planned map swim harm square silver brave access positive covered female someplace streets blew weak season rush awesome snow spring spread champagne pounds mayor demon winner lips tongue leader showing permission bath storm spare destroyed tour headed trees students ends burning bones kicked appointment mentioned score shoe ocean harder reality shape survive gang saving cos style farm shopping clearly growing example laid answers gosh rings alarm plays screwed schedule fortune enter bleeding punch ended patients rights invite obvious charges touched interview affair parts wherever unbelievable focus chocolate borrow grew grade finds statement investigation mate load painting throwing community waited loss barely woods changes details yourselves exist toilet chances drove meal dump disappeared member shock discovered failed pie crash artist sat theory depends bags joy ruin pleased traffic kissed wise nonsense pink carrying burned midnight shots deliver bread officers button dealing original hated source received hung cases switch charming decent below process desert expensive belongs particular moves higher lower period breathing grandmother pride thousands dollar witch tip soldiers jobs plant surely sports bust including birth joint wire bull brains towards rise boring ashamed sisters section facts smells clever honestly success garage filled physical connection complicated pulling regret loser closet giant wheel parking policy tear stranger wood fate juice governor tied faces awake fought coast pilot miracle lover aboard files based disgusting cigarette grateful mighty murderer garden watched wound forced drag fourth scream event woke row actor grave changing senior curious flat winter badly shoulder scary super priest disease sword smoking chick offered closing concern talent garbage mostly attitude bone recently friendly egg basically quarter engaged thee rooms passing swing available slip knees birds bike hunt caused taxi stood likely object hates percent raised guests desperate dirt plate negative cooking distance tank data request ruined hire knowledge golf falls cow dawn pissed stock equipment reports conference rescue sale claim silence audience warn mercy proper create universe baseball soup outfit slowly yard grown loving pure rate dies bro celebrate piano uniform pills stealing spending returned location duck doll amount healthy reached knocked walls pen steps younger attractive notes fail path poison beast wanting naturally happiness anytime sucks eventually channel elevator thy belt secure grandfather avoid penny thief laughs guards bride pathetic mirror partners dozen becomes direction gorgeous direct odd theater led committed march puts official members treated effect attacked tail vision secrets talks dust trap wide sharp honour aside stairs deck guts extremely unusual lousy newspaper courage apple terribly fishing piss carefully hitting writer pulse edge illegal pity protection couch tests staring victims created screen appear winning precious windows studio kissing rob golden frightened owner royal intend considered parties cast prisoner popular destiny robbery silent violence federal hearts mystery nerve circumstances library toward busted becoming rocks practically embarrassing photo tower armed shift friendship maid wallet package range flower beating results steady rope cleaning exact image vehicle turkey easily nasty jungle sensitive pot suffer millions remembered trash thou ambulance behavior nightmare prize per tears snake families cancer terms orange media foreign wasting memories songs material expert cutting advantage rude flesh disappointed guarantee signs committee kinds punk downtown sandwich understanding marks mistakes sweat political panic cents plain performance stops boom union seats hundreds fruit cable separate underwear ancient moments setting rolling castle delicious value circle miserable bills glory squad manage counting bowl zero victory stands embarrassed creature deny basketball mixed route continues rare yelling holiday hidden ill helps directly progress remove wave gods authority chain highly wore emotional hunting shadow jumped gray skip estate horn appears basement agents minds pleasant mile clients refuse approach disappear speaks district bug rabbit champion"
  ],
  [
    11,
    "stopping proceed competition presence leading forces century cure capable convinced swell warrant threat therefore bury services shine diamond bat alert chip transfer thrown sentence fabulous pushed nation butter jokes reporter booth casino successful learning possibility awfully sand desire bow cage wolf nigger units wing exchange trapped thin bored pet rip series drama homework hills carried entirely zone explanation spy assure failure hits collect swimming bang print launch useless delivery journey fever photos kills sport challenge loan spoken routine soda teaching trunk mask leads result passion purse served argue climb cats witnesses beef recall wings mental cabin ships script"
  ]
];

// src/language/stem.ts
var D = 100;
var E = 101;
var G = 103;
var I = 105;
var L = 108;
var N = 110;
var S = 115;
var U = 117;
var Y = 121;
var Z = 122;
var APOSTROPHE = 39;
var CURLY_APOSTROPHE = 8217;
var UNDERSCORE = 95;
var VOWELS = new Uint8Array(65536);
for (const letter of "aeiouy") VOWELS[letter.charCodeAt(0)] = 1;
var MOST = 64;
function letterAt(text, at) {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122 ? code : code === CURLY_APOSTROPHE ? APOSTROPHE : lowerOf(code);
}
function hashWord(text, start, end) {
  let from = start;
  let to = end - start > MOST ? start + MOST : end;
  while (from < to - 1 && text.charCodeAt(from) === UNDERSCORE) from++;
  while (to - 1 > from && text.charCodeAt(to - 1) === UNDERSCORE) to--;
  if (to - from > 3) to = endOfStem(text, from, to);
  let hash = 2166136261;
  for (let at = from; at < to - 1; at++) hash = Math.imul(hash ^ letterAt(text, at), 16777619);
  const last = letterAt(text, to - 1);
  hash = Math.imul(hash ^ (last === Y && to - from > 2 ? I : last), 16777619);
  return hash ^ hash >>> 13;
}
function endOfStem(text, from, to) {
  let end = to;
  let last = letterAt(text, end - 1);
  if (last === S) {
    const before = letterAt(text, end - 2);
    if (before === APOSTROPHE) {
      end -= 2;
    } else if (before !== S && before !== U && before !== I) {
      end -= 1;
      if (end - from > 3 && before === E && letterAt(text, end - 2) === I) return end - 1;
    }
    if (end - from < 4) return end;
    last = letterAt(text, end - 1);
  }
  if (last === G && end - from >= 6 && letterAt(text, end - 2) === N && letterAt(text, end - 3) === I)
    end = withoutSuffix(text, from, end, 3);
  else if (last === D && end - from >= 5 && letterAt(text, end - 2) === E && letterAt(text, end - 3) !== E)
    end = withoutSuffix(text, from, end, 2);
  return end - from >= 4 && letterAt(text, end - 1) === E ? end - 1 : end;
}
function withoutSuffix(text, from, end, suffix) {
  const cut = end - suffix;
  let hasVowel = false;
  for (let at = from; at < cut && !hasVowel; at++) hasVowel = VOWELS[letterAt(text, at)] === 1;
  if (!hasVowel) return end;
  const last = letterAt(text, cut - 1);
  const isDoubled = cut - from > 3 && last === letterAt(text, cut - 2) && last !== L && last !== S && last !== Z && VOWELS[last] !== 1;
  return isDoubled ? cut - 1 : cut;
}

// src/language/stop-words.ts
var STOP_WORDS = `a about above across actually after again against ah all almost along alongside already also although always am amid among an and
another any anybody anymore anyone anything anyway apparently are aren't around as at aw away b back basically be became because become
been before behind being below beneath besides between beyond both but by bye c came can can't cannot could couldn't d definitely
despite did didn't do does doesn't doing don't done down during e each either else enough especially even ever every everybody everyone
everything exactly except f few finally first for from further g get gets getting given gives giving go goes going gone gonna gosh got
gotta gotten h had hadn't haha has hasn't have haven't having he he's hello hence her here here's hers herself hey hi him himself his hm
hmm how how's however i i'd i'll i'm i've if in indeed inside instead into is isn't it it'd it'll it's its itself j just k keep kind
kinda l last later least less let let's like likely little ll lol lot lots m made mainly make makes making many may maybe me mean means
meanwhile might mine more most mostly much must my myself n nah neither never next no nobody none nope nor not nothing now o of off
often oh ok okay on once one ones only onto or other others otherwise ought our ours ourselves out outside over own p per perhaps please
possibly pretty probably put q quite r rather re really regarding right s said same say says see seem seems seen she she's should
shouldn't since so some somebody somehow someone something sometimes somewhere soon sort still such sure t take taken takes taking than
thank thanks that that'll that's the their theirs them themselves then there there's therefore these they they'd they'll they're they've
thing things this those though through throughout thus till to together too took toward towards tried two u uh uhm um under underneath
unless until up upon us use used uses using usually v ve versus very via vs w wanna want wanted wants was wasn't way ways we we'd we'll
we're we've well went were weren't what what's whatever when when's where where's whereas whether which while who who's whole whom whose
why why's will with within without won't would wouldn't wow x y ya yay yeah yep yes yet you you'd you'll you're you've your yours
yourself yourselves yup z`;

// src/language/lexicon.ts
var STOP = 1;
var FIRST_LANGUAGE = 8;
var LANGUAGES = 4095;
var RARITY = 20;
var LEXICON = buildLexicon();
function entryOf(hash) {
  return LEXICON.get(hash) ?? 0;
}
function languagesIn(entry) {
  return entry >> FIRST_LANGUAGE & LANGUAGES;
}
function rarityIn(entry) {
  return (entry >> RARITY) / 2;
}
function buildLexicon() {
  const lexicon = /* @__PURE__ */ new Map();
  const flag = (list, value) => {
    for (const word of list.split(/\s+/)) {
      const hash = hashWord(word, 0, word.length);
      lexicon.set(hash, (lexicon.get(hash) ?? 0) | value);
    }
  };
  flag(STOP_WORDS, STOP);
  flag(OWN_SCRIPT_WORDS, STOP);
  LATIN_LANGUAGES.forEach((words, language) => {
    flag(words, 1 << FIRST_LANGUAGE + language);
  });
  for (const [rarity, words] of COMMON_WORDS) {
    for (const word of words.split(" ")) {
      const hash = hashWord(word, 0, word.length);
      const entry = lexicon.get(hash) ?? 0;
      if (rarityIn(entry) === 0) lexicon.set(hash, entry | rarity * 2 << RARITY);
    }
  }
  return lexicon;
}

// src/language/word-shape.ts
function endOfWord(text, start, to) {
  let at = start + 1;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === 32) break;
    const kind = kindAt(text, at);
    if (kind === WORD || kind === LOW) at++;
    else if ((code === 39 || code === 8217) && at + 1 < to && kindAt(text, at + 1) === WORD) at += 2;
    else break;
  }
  return at;
}
function endOfRun(text, start, to) {
  let at = start + 1;
  while (at < to) {
    const kind = kindAt(text, at);
    if (kind !== UNSPACED && kind !== LOW) break;
    at++;
  }
  return at;
}
function isKatakana(code) {
  return code >= 12448 && code <= 12543;
}
function shapeOf(text, start, end) {
  let digits = 0;
  let letters = 0;
  let humps = 0;
  let hexLetters = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 95 && at > start) humps++;
    else {
      letters++;
      if (code >= 97 && code <= 102) hexLetters++;
      else if (at > start + 1 && isUpper(code) && !isUpper(text.charCodeAt(at - 1))) humps++;
    }
  }
  const length = end - start;
  if (length > 40 || letters === 0 || digits > 0 && length >= 6 && letters === hexLetters) return "number";
  return humps > 0 || digits > 0 && letters > 0 ? "code" : "word";
}
var TRAILING = new Set(Array.from(".:!?-/\\=", (character) => character.charCodeAt(0)));
var IN_TOKEN = new Set(Array.from("/._:#@\\=-~$+%&", (character) => character.charCodeAt(0)));
function wholeToken(text, start, end) {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 80 && isInToken(text.charCodeAt(from - 1))) from--;
  while (to < text.length && to - end < 80 && isInToken(text.charCodeAt(to))) to++;
  while (to > end && TRAILING.has(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}
function isInToken(code) {
  const kind = classOf(code);
  return kind !== SPACE && (kind === WORD || kind === LOW || IN_TOKEN.has(code));
}

// src/language/vocabulary.ts
var RAREST = 11.5;
var HYPHEN = 45;
var CODE_JOINTS = new Set(Array.from("/._:#@\\=", (character) => character.charCodeAt(0)));
var Vocabulary = class {
  terms = [];
  /** Mostly German, whose names for things have capitals. `muteLanguages` decides it. */
  isGerman = false;
  #byHash = /* @__PURE__ */ new Map();
  #small = STOP;
  #segmenter;
  /**
   * The words of `text` within [from, to). Linear in their length. @param group the event or child that they count for
   * @param weight how much an occurrence counts, 0 to 1
   */
  scan(text, from, to, group, weight) {
    const words = [];
    let previousEnd = -2;
    let at = from;
    while (at < to) {
      const kind = kindAt(text, at);
      if (kind === WORD) {
        const end = endOfWord(text, at, to);
        words.push(this.#word(text, at, end, jointBetween(text, previousEnd, at), group, weight));
        previousEnd = end;
        at = end;
      } else if (kind === UNSPACED) {
        const end = endOfRun(text, at, to);
        this.#scanRun(text, at, end, group, weight, words);
        at = end;
      } else {
        at++;
      }
    }
    return words;
  }
  #word(text, start, end, joint, group, weight) {
    const hash = hashWord(text, start, end);
    let term = this.#byHash.get(hash);
    if (term === void 0) {
      term = newTerm(this.terms.length, hash, text, start, end);
      this.terms.push(term);
      this.#byHash.set(hash, term);
    }
    if (term.lastGroup !== group) {
      term.lastGroup = group;
      term.spread += weight;
    }
    return { term, start, end, joint };
  }
  #scanRun(text, from, to, group, weight, words) {
    this.#segmenter ??= new Intl.Segmenter("en", { granularity: "word" });
    let katakana = -1;
    const push = (start, end) => words.push(this.#word(text, start, end, "apart", group, weight));
    for (const { index, segment, isWordLike } of this.#segmenter.segment(text.slice(from, to))) {
      const start = from + index;
      if (isWordLike && isKatakana(text.charCodeAt(start))) {
        if (katakana < 0) katakana = start;
        continue;
      }
      if (katakana >= 0) push(katakana, start);
      katakana = -1;
      if (isWordLike) push(start, start + segment.length);
    }
    if (katakana >= 0) push(katakana, to);
  }
  /**
   * Makes the small words of a language other than English count for nothing if enough of them occur: at least 3, and at least 2 for every 5
   * small words of English.
   */
  muteLanguages() {
    const counts = new Int32Array(LATIN_LANGUAGES.length);
    let english = 0;
    for (const { isStop, languages } of this.terms) {
      if (isStop) english++;
      if (languages !== 0) {
        for (let at = 0; at < counts.length; at++) if (languages & 1 << at) counts[at] = (counts[at] ?? 0) + 1;
      }
    }
    let mute = 0;
    counts.forEach((found, at) => {
      if (found >= 3 && found * 5 >= english * 2) mute |= 1 << at;
    });
    if (mute === 0) return;
    this.#small |= mute << FIRST_LANGUAGE;
    this.isGerman = (mute & 1) !== 0;
    for (const term of this.terms) if (term.languages & mute) muteTerm(term);
  }
  /** Whether a word, in any case, is a small one: of English, of a language with a script of its own, or of a muted language. */
  isSmall(word) {
    return (entryOf(hashWord(word, 0, word.length)) & this.#small) !== 0;
  }
  /** Makes a speaker's name and its short form ("Ste" for "Stella", written as a name) count for nothing. */
  muteName(name) {
    for (const word of name.split(/[^\p{L}\p{N}]+/u)) {
      for (let end = Math.min(word.length, 20); end >= 2; end--) {
        const term = this.#byHash.get(hashWord(word, 0, end));
        if (term !== void 0 && (end === word.length || term.isCapital)) muteTerm(term);
      }
    }
  }
};
function muteTerm(term) {
  term.isStop = true;
  term.rarity = 0;
}
function newTerm(number, hash, text, start, end) {
  const entry = entryOf(hash);
  const listed2 = rarityIn(entry);
  const shape = entry === 0 ? shapeOf(text, start, end) : "word";
  const isStop = (entry & STOP) !== 0 || isKana(text, start, end);
  const rarity = isStop || end - start < 2 ? 0 : listed2 || RAREST;
  const languages = languagesIn(entry);
  return { number, hash, shape, rarity, isStop, spread: 0, lastGroup: -1, languages, isCapital: isUpper(text.charCodeAt(start)) };
}
function isKana(text, start, end) {
  if (text.charCodeAt(start) < 12353) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 12353 || code > 12447) return false;
  }
  return true;
}
function jointBetween(text, previousEnd, start) {
  if (start !== previousEnd + 1) return "apart";
  const code = text.charCodeAt(previousEnd);
  if (code === HYPHEN) return "hyphen";
  return CODE_JOINTS.has(code) ? "code" : "apart";
}

// src/language/lines.ts
var LIST_MARKER = /[-*+•–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+/y;
var HEADING_MARKER = /#{1,6}\s+/y;
var FENCE = /(?:`{3}|~{3})/y;
var TAG = /<\/?[a-zA-Z][\w:-]{0,40}[ />]/y;
var LOG_LINE = /(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:|\[?\d\d:\d\d:\d\d|at [\w$.<> ]{1,120}\(|File "|Traceback|\$ |@@ |\+\+\+|---|\d+[→|│]|(?:diff|index) \S|[├└│╭╰]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} \d\d:\d\d|[+-][^\s+\d-]|"[\w$.-]+"\s*:)/y;
var PROMPT = /(?:\([\w.-]+\) )?\(?[\w.-]+@[\w.-]+[\s:][^\n]{0,80}?[>$%#] /y;
var PLACE = /[\w./\\@+-]{1,160}:\d+(?::|\b)/y;
var SCREEN = "\u276F\u23BF\u279C\u23FA\u273B\u273D\u29C9\u25CF\u25EF";
var QUOTES = "\u201C\u201D\u2018\u2019\xAB\xBB\u201E\u2014\u2026\u300C\u300E\uFF08";
var BRACKETS = "{}[](),;";
function as(kind, start) {
  return { kind, start, isQuoted: false };
}
function classifyLine(text, start, end) {
  let at = start;
  let indent = 0;
  let isQuoted = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 32) indent++;
    else if (code === 9) indent += 4;
    else if (code === 62 && text.charCodeAt(at + 1) === 32) {
      indent = 0;
      isQuoted = true;
    } else if (code !== 13) break;
    at++;
  }
  if (at >= end) return as("blank", at);
  const line = isPlain(text.charCodeAt(at)) ? plain(text, at, end, indent) : marked(text, at, end, indent);
  return isQuoted ? { ...line, isQuoted } : line;
}
function plain(text, at, end, indent) {
  if (indent >= 4 || isPrinted(text, at, end)) return as("code", at);
  const first = text.charCodeAt(at);
  return first < 48 || first > 57 ? special(text, at, end) : numbered(text, at, end);
}
function isPlain(code) {
  return code >= 48 && code <= 57 || code >= 65 && code <= 90 || code >= 97 && code <= 122 || code > 127;
}
function matchEnd(pattern, text, at, end) {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex <= end ? pattern.lastIndex : -1;
}
function isBox(code) {
  return code >= 9472 && code <= 9599;
}
var LOG_LETTERS = "aFTdiJMASOND";
function isPrinted(text, at, end) {
  let hasPath = false;
  for (let place = at; place < end; place++) {
    const code = text.charCodeAt(place);
    if (code === 32) return false;
    if (code === 64) return matchEnd(PROMPT, text, at, end) >= 0;
    if (code === 47) hasPath = true;
    if (code === 58 && hasPath && matchEnd(PLACE, text, at, end) > place) return true;
    if (place - at > 160) return false;
  }
  return hasPath;
}
function special(text, at, end) {
  const first = text.charCodeAt(at);
  if (first === 8226 || first === 8211) return listed(text, at, end);
  if (SCREEN.includes(text.charAt(at))) return as("code", at);
  if (first > 8192 && classOf(first) === OTHER && !QUOTES.includes(text.charAt(at)) && !isBox(first)) return as("listed", at);
  return as((LOG_LETTERS.includes(text.charAt(at)) || isBox(first)) && matchEnd(LOG_LINE, text, at, end) >= 0 ? "code" : "prose", at);
}
function numbered(text, at, end) {
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker >= 0) return as("listed", marker);
  return as(matchEnd(LOG_LINE, text, at, end) >= 0 ? "code" : "prose", at);
}
function listed(text, at, end) {
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker < 0) return as("prose", at);
  return text.charCodeAt(marker) === 124 ? as("noise", at) : as("listed", marker);
}
function marked(text, at, end, indent) {
  const heading = matchEnd(HEADING_MARKER, text, at, end);
  if (heading >= 0) return as(classOf(text.charCodeAt(at + 1)) === SPACE ? "headline" : "heading", heading);
  if (matchEnd(FENCE, text, at, end) >= 0) return as("fence", at);
  const marker = matchEnd(LIST_MARKER, text, at, end);
  if (marker >= 0) return as("listed", marker);
  const first = text.charCodeAt(at);
  if (first === 124) return as("noise", at);
  if (first === 60) return as(matchEnd(TAG, text, at, end) >= 0 || text.charCodeAt(end - 1) === 62 ? "tag" : "prose", at);
  if (first === 91 && lastOf(text, end) === 93) return as("noise", at);
  if (first === 27 || first === 155 || first === 40 && matchEnd(PROMPT, text, at, end) >= 0) return as("code", at);
  if ((first === 46 || first === 47) && isPrinted(text, at, end)) return as("code", at);
  if (BRACKETS.includes(text.charAt(at)) && BRACKETS.includes(text.charAt(end - 1))) return as("code", at);
  if (indent >= 4 || matchEnd(LOG_LINE, text, at, end) >= 0) return as("code", at);
  return as("prose", at);
}
function lastOf(text, end) {
  const code = text.charCodeAt(end - 1);
  return code === 13 ? text.charCodeAt(end - 2) : code;
}

// src/language/sentences.ts
var MACHINE_TAG = /<([a-z]{1,30}-[a-z-]{1,40})(?:\s[^>\n]{0,200})?>/y;
function cutSentences(text, from, to, withCode) {
  const found = [];
  let block = 0;
  let blockStart = -1;
  let blockEnd = -1;
  let kind = "prose";
  let fenced = false;
  let thinking = false;
  let closing = "";
  let pasted = false;
  const isSaid = () => kind === "prose" || kind === "item";
  const isOf = (other) => kind === other;
  const close = () => {
    if (blockStart >= 0) cutBlock(found, text, blockStart, blockEnd, block++, isSaid() && thinking ? "thought" : kind);
    blockStart = -1;
  };
  const open = (start, end, as2) => {
    close();
    blockStart = start;
    blockEnd = end;
    kind = as2;
  };
  for (let start = from; start < to; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 || newline > to ? to : newline;
    const line = classifyLine(text, start, end);
    const at = line.start;
    if (closing !== "") {
      if (text.slice(start, end).includes(closing)) closing = "";
    } else if (line.kind === "fence") {
      close();
      fenced = !fenced;
    } else if (isTripleQuote(text, start, end) && (pasted || text.indexOf('"""', end) >= 0)) {
      close();
      pasted = !pasted;
    } else if (fenced) {
      if (withCode && line.kind !== "blank") open(at, end, "code");
    } else {
      switch (line.kind) {
        case "prose": {
          const as2 = pasted || line.isQuoted ? "aside" : "prose";
          if (blockStart >= 0 && ((as2 === "prose" ? isSaid() : isOf(as2)) || goesOn(text, at))) blockEnd = end;
          else open(at, end, as2);
          break;
        }
        case "headline":
        case "heading":
          open(at, end, pasted ? "aside" : line.kind);
          break;
        case "listed":
          open(at, end, pasted || line.isQuoted ? "aside" : "item");
          break;
        case "code":
          if (blockStart >= 0 && isSaid() && goesOn(text, at) && end - at > 20) blockEnd = end;
          else if (withCode) open(at, end, "code");
          else close();
          break;
        case "tag": {
          close();
          if (text.startsWith("<thinking>", at)) thinking = true;
          else if (text.startsWith("</thinking>", at)) thinking = false;
          else {
            MACHINE_TAG.lastIndex = at;
            const name = MACHINE_TAG.exec(text)?.[1];
            if (name !== void 0 && !withCode && !text.slice(at, end).includes(`</${name}>`)) closing = `</${name}>`;
            if (withCode) open(at, end, "code");
          }
          break;
        }
        case "blank":
        case "noise":
          close();
          if (withCode && line.kind === "noise") open(at, end, "code");
          break;
      }
    }
    start = end + 1;
  }
  close();
  return found;
}
function isTripleQuote(text, start, end) {
  return text.charCodeAt(start) === 34 && end - start < 12 && text.startsWith('"""', start);
}
function goesOn(text, at) {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
}
var ABBREVIATIONS = /* @__PURE__ */ new Set([
  "dr",
  "mr",
  "mrs",
  "ms",
  "st",
  "vs",
  "eg",
  "ie",
  "e.g",
  "i.e",
  "etc",
  "no",
  "fig",
  "cf",
  "approx",
  "jr",
  "sr"
]);
var END = 1;
var WIDE_END = 2;
var CLOSER = 4;
var BACKTICK = 8;
var NEWLINE = 16;
var MARKS = new Uint8Array(65536);
for (const [characters, mark] of [
  [".!?\u2026", END | CLOSER],
  ["\u3002\uFF01\uFF1F\uFF61", WIDE_END | CLOSER],
  [`"'\u2019\u201D\xBB)]*_~\u300D\u300F\uFF09`, CLOSER],
  ["`", BACKTICK],
  ["\n", NEWLINE]
]) {
  for (const character of characters) MARKS[character.charCodeAt(0)] = mark;
}
function markAt(text, at) {
  return MARKS[text.charCodeAt(at)] ?? 0;
}
function cutBlock(found, text, from, to, block, kind) {
  let start = from;
  let inCode = false;
  for (let at = from; at < to; at++) {
    const mark = markAt(text, at);
    if (mark === 0 || mark === CLOSER) continue;
    if (mark === BACKTICK) {
      inCode = !inCode;
    } else if (mark === NEWLINE) {
      inCode = false;
      const next = skipSpace(text, at, to);
      if (next < to && goesOn(text, next)) continue;
      found.push({ from: start, to: at, block, kind });
      start = next;
    } else if (!inCode || mark & WIDE_END) {
      let end = at + 1;
      while (end < to && markAt(text, end) & CLOSER) end++;
      if (end < to && !(mark & WIDE_END) && !endsHere(text, start, at, end, to)) {
        at = end - 1;
        continue;
      }
      found.push({ from: start, to: end, block, kind });
      start = skipSpace(text, end, to);
      at = start - 1;
    }
  }
  if (start < to) found.push({ from: start, to, block, kind });
}
function skipSpace(text, from, to) {
  let at = from;
  while (at < to && classOf(text.charCodeAt(at)) === SPACE) at++;
  return at;
}
function endsHere(text, start, dot, end, to) {
  const behind = classOf(text.charCodeAt(end));
  if (behind !== SPACE) return behind === UNSPACED;
  if (text.charCodeAt(dot) !== 46) return true;
  const next = skipSpace(text, end, to);
  if (next < to && goesOn(text, next)) return false;
  let at = dot;
  while (at > start && dot - at < 7 && (classOf(text.charCodeAt(at - 1)) === WORD || text.charCodeAt(at - 1) === 46)) at--;
  if (dot - at > 6) return true;
  const word = text.slice(at, dot).toLowerCase();
  if (word.length === 1 && word !== "i") return false;
  return !ABBREVIATIONS.has(word);
}

// src/summarizers/extractive/passages.ts
var HEAD = 24e3;
var TAIL = 8e3;
var OPENING_BRACKET = 91;
var OPENING = new Set(Array.from("`\"'([\u201C\u2018\xAB/.~$@#&-\u300C\u300E\uFF08", (character) => character.charCodeAt(0)));
function readSentences(vocabulary, { text }, group, weight, withCode) {
  const sentences = [];
  partsOf(text).forEach(([from, to], part) => {
    for (const raw of cutSentences(text, from, to, withCode)) {
      const start = startOfSentence(text, raw.from, raw.to);
      const words = vocabulary.scan(text, start, raw.to, group, raw.kind === "code" ? weight * 0.3 : weight);
      if (words.length === 0) continue;
      const isAside = (raw.kind === "prose" || raw.kind === "item") && text.charCodeAt(start) === OPENING_BRACKET;
      const kind = isAside ? "aside" : raw.kind;
      sentences.push({ group, text, from: start, to: raw.to, block: raw.block + part * 1e6, kind, words, length: lengthOf(words) });
    }
  });
  return sentences;
}
function lengthOf(words) {
  let length = 0;
  for (const { joint } of words) if (joint === "apart") length++;
  return length;
}
function partsOf(text) {
  if (text.length <= HEAD + TAIL) return [[0, text.length]];
  return [
    [0, backToSpace(text, HEAD)],
    [onToSpace(text, text.length - TAIL), text.length]
  ];
}
function startOfSentence(text, from, to) {
  let at = from;
  while (at < to) {
    const kind = kindAt(text, at);
    if (kind === WORD || kind === UNSPACED) break;
    if (OPENING.has(text.charCodeAt(at)) && at + 1 < to && classOf(text.charCodeAt(at + 1)) !== SPACE) break;
    at++;
  }
  return at;
}
function backToSpace(text, at) {
  let cut = at;
  while (cut > at - 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut--;
  return cut > at - 200 ? cut : at;
}
function onToSpace(text, at) {
  let cut = at;
  while (cut < at + 200 && classOf(text.charCodeAt(cut)) !== SPACE) cut++;
  return cut < at + 200 ? cut : at;
}

// src/summarizers/extractive/talk/formulas.ts
var WORDS = 4;
var LEAST_EVENTS = 3;
function withoutFormulas(sentences) {
  const openings = sentences.map(({ words }) => keyOf(words, 0));
  const endings = sentences.map(({ words }) => keyOf(words, words.length - WORDS));
  const isOpening = repeatedIn(openings, sentences);
  const isEnding = repeatedIn(endings, sentences);
  return sentences.map(({ words }, at) => {
    const from = isOpening(openings[at] ?? NO_KEY) ? WORDS : 0;
    const to = words.length - (isEnding(endings[at] ?? NO_KEY) ? WORDS : 0);
    return from === 0 && to === words.length ? words : words.slice(from, Math.max(from, to));
  });
}
var NO_KEY = 0;
function keyOf(words, from) {
  if (from < 0 || words.length < WORDS) return NO_KEY;
  let key = 17;
  for (let at = from; at < from + WORDS; at++) key = Math.imul(key, 31337) ^ (words[at]?.term.number ?? 0);
  return key;
}
function repeatedIn(keys, sentences) {
  const events = /* @__PURE__ */ new Map();
  const seen = /* @__PURE__ */ new Set();
  keys.forEach((key, at) => {
    if (key === NO_KEY) return;
    if (seen.has(key)) events.set(key, (events.get(key) ?? /* @__PURE__ */ new Set()).add(sentences[at]?.group ?? 0));
    else seen.add(key);
  });
  return (key) => (events.get(key)?.size ?? 0) >= LEAST_EVENTS - 1;
}
function tellingTerms(words, leastRarity) {
  const terms = [];
  let isPath = false;
  for (const { term, joint } of words) {
    if (joint === "apart") isPath = false;
    else if (joint === "code") isPath = true;
    if (!isPath && term.rarity > leastRarity && !terms.includes(term)) terms.push(term);
  }
  return terms;
}

// src/summarizers/extractive/weights.ts
var WEIGHTS = {
  /** How a conversation among people is condensed: whole sentences that say much and repeat nothing. */
  talk: {
    /** Words of a summary, at most. */
    words: 118,
    /** Words of one bullet; a longer sentence is cut. */
    bulletWords: 38,
    /** Below this rarity a word tells nothing. */
    leastRarity: 5,
    /** How much faster than its rarity a word's worth grows: an exponent. */
    rarityPower: 1.25,
    /** A word that comes up in twice as many events is worth so much more (added to 1). */
    spread: 0.4,
    /** What is left of a word's worth when a bullet has said it. */
    residue: 0.15,
    /** An identifier is rare, but tells a reader less than a rare word. */
    code: 0.55,
    /** A gain is divided by (words + lengthShift) ** lengthPower: a longer sentence says more, but not in proportion. */
    lengthShift: 4,
    lengthPower: 0.75,
    /** Answers tell more than questions. */
    question: 0.65,
    /** "Hey …", "Thanks …": half of it is politeness. */
    greeting: 0.7,
    /** What somebody says of himself is news; what he says of the other is known to the other. */
    ofOneself: 1.6,
    /** What has a date happened, or will. */
    dated: 2,
    /** A picture's description, a quotation. */
    aside: 0.5,
    /** Code and print-outs. */
    print: 0.2,
    /** A sentence of which less than this share is new only repeats. */
    leastNews: 0.3,
    /** A third bullet says at least this share of what the best one says. */
    leastShare: 0.12,
    /** A sentence that prolongs a bullet is worth this much a word, at least. */
    leastProlonging: 0.8
  },
  /** How the turns of a coding session are condensed: what was asked, what came out, what stays open. */
  work: {
    /** Words of all bullets, at most. */
    words: 70,
    /** Words of one bullet, at most; a request or an outcome is cut at the border of a clause. */
    requestWords: 22,
    outcomeWords: 22,
    /** Words of one bullet that lists several commits, tasks or requests. */
    listWords: 26,
    /** Words of one request among several in a list. */
    listedRequestWords: 9,
    /** What a word is worth (added up) for each turn whose request, report, commit, plan or branch holds it. */
    inRequest: 2,
    inReport: 1,
    inCommit: 3,
    inPlan: 1,
    inBranch: 3,
    /** Below this rarity a word tells nothing. */
    leastRarity: 6,
    /** An identifier tells a reader less than a word. */
    code: 0.5,
    /** What is left of a word's worth when a bullet has said it. */
    residue: 0.1,
    /** A gain is divided by (words + lengthShift) ** lengthPower. */
    lengthShift: 8,
    lengthPower: 0.5,
    /** Each bullet of a turn after its first is worth this share of the one before. */
    perTurn: 0.6,
    /** What each kind of bullet is worth. */
    commit: 3,
    pull_request: 1.5,
    plan: 1.2,
    task: 1.2,
    request: 1.6,
    firstRequest: 1.3,
    /** A sentence of a message that asks for work. */
    asks: 1.2,
    question: 1.1,
    process: 0.15,
    assent: 0.05,
    pasted: 0.8,
    /** Of sentences of a report. */
    done: 1.3,
    found: 1.15,
    said: 0.8,
    leaning: 0.45,
    announced: 0.08,
    asked: 0.35,
    /** A sentence with two or more paths or identifiers tells details. */
    identifiers: 0.45,
    /** The last question of the last report, which nobody answered. */
    open: 0.8,
    /** The last report of the segment. */
    lastReport: 1.25,
    /** The first sentence of a report. */
    opening: 1.15,
    /** A sentence from the middle of a turn, where the turn has no report of its own to tell. */
    progress: 0.5,
    /** A further bullet says at least this share of what the best one says. */
    leastShare: 0.08
  }
};

// src/summarizers/extractive/talk/factors.ts
var { talk: W } = WEIGHTS;
var GREETING = /^(?:hey|hi|hello|hiya|wow|oh|ah|aw+|haha\w*|thanks|thank you|thx|great|good|nice|cool|awesome|amazing|sure|ok|okay|yes|yeah|yep|no|nah|right|exactly|absolutely|definitely|congrats|congratulations|sorry|bye|see you|take care|sounds|glad|hope|how about|what about|that's|it's)\b/i;
var ASKING = /[?？]/;
var OF_ONESELF = hashes(
  "I I'm I've I'd I'll we we're we've we'd we'll my our ich wir mein unser je j'ai nous mon notre yo nosotros mi \u044F \u043C\u044B \u043C\u043E\u0439 \u6211 \u6211\u4EEC \u79C1"
);
var DATES = hashes(
  `yesterday today tonight tomorrow ago monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
  october november december gestern heute morgen hier aujourd'hui demain ayer hoy ma\xF1ana \u0432\u0447\u0435\u0440\u0430 \u0441\u0435\u0433\u043E\u0434\u043D\u044F \u0437\u0430\u0432\u0442\u0440\u0430 \u6628\u5929 \u4ECA\u5929 \u660E\u5929 \u6628\u65E5 \u4ECA\u65E5 \u660E\u65E5`
);
var NEARNESS = hashes("last next this");
var SPANS = hashes("night week weekend month year summer winter spring fall autumn");
function factorOf({ text, from, to, kind, words }) {
  let factor = kind === "aside" || kind === "heading" || kind === "headline" ? W.aside : kind === "code" ? W.print : 1;
  if (ASKING.test(text.slice(Math.max(from, to - 4), to))) factor *= W.question;
  if (GREETING.test(text.slice(from, from + 24))) factor *= W.greeting;
  let isOfOneself = false;
  let isDated = false;
  let before = 0;
  for (const { term } of words) {
    const { hash } = term;
    if (!isOfOneself && OF_ONESELF.has(hash)) isOfOneself = true;
    if (!isDated && (DATES.has(hash) || SPANS.has(hash) && NEARNESS.has(before))) isDated = true;
    before = hash;
  }
  return factor * (isOfOneself ? W.ofOneself : 1) * (isDated ? W.dated : 1);
}
function hashes(list) {
  return new Set(list.split(/\s+/).map((word) => hashWord(word, 0, word.length)));
}

// src/summarizers/extractive/talk/choose.ts
var { talk: W2 } = WEIGHTS;
var MOST_BULLETS = 5;
var SENTENCES_PER_SPAN = 3;
var LEAST_WORDS = 4;
var SLOT_WORDS = 6;
var LEAST_FACTOR = 0.45;
var DIVISORS = Float64Array.from({ length: W2.bulletWords + 1 }, (_, length) => (length + W2.lengthShift) ** W2.lengthPower);
function chooseSpans(candidates, worth) {
  const choice = new Choice(candidates, worth.slice());
  const spans = [];
  let left = W2.words;
  let best = 0;
  while (spans.length < MOST_BULLETS && left >= LEAST_WORDS) {
    const kept = (MOST_BULLETS - spans.length - 1) * SLOT_WORDS;
    const found = choice.bestSpan(spans.length === 0 ? W2.bulletWords : Math.min(W2.bulletWords, left - kept));
    if (found === void 0 || spans.length >= 2 && found.score < best * W2.leastShare) break;
    best = Math.max(best, found.score);
    for (let at = found.span.first; at <= found.span.last; at++) choice.say(at);
    left -= found.span.words + 1;
    spans.push(found.span);
  }
  return choice.prolong(spans, left).sort((a, b) => a.first - b.first);
}
var Choice = class {
  #candidates;
  /** Of each term what it is worth now. */
  #worth;
  #telling;
  #gains;
  #firstGains;
  #isUsed;
  #lengths;
  /** Whether a candidate follows the one before it in the same paragraph and says something. */
  #isNext;
  #said = /* @__PURE__ */ new Set();
  constructor(candidates, worth) {
    this.#candidates = candidates;
    this.#telling = candidates.map(({ terms }) => terms);
    this.#worth = worth;
    this.#gains = new Float64Array(candidates.length);
    this.#isUsed = new Uint8Array(candidates.length);
    this.#lengths = candidates.map(({ sentence }) => Math.max(1, sentence.length));
    this.#isNext = candidates.map((next, at) => goesOn2(candidates[at - 1], next));
    this.#measure();
    this.#firstGains = this.#gains.slice();
  }
  #measure() {
    this.#candidates.forEach(({ factor }, at) => {
      let gain = 0.02;
      for (const { number } of this.#telling[at] ?? []) gain += this.#worth[number] ?? 0;
      this.#gains[at] = gain * factor;
    });
  }
  say(at) {
    this.#isUsed[at] = 1;
    for (const term of this.#telling[at] ?? []) {
      if (this.#said.has(term)) continue;
      this.#said.add(term);
      this.#worth[term.number] = (this.#worth[term.number] ?? 0) * W2.residue;
    }
    this.#measure();
  }
  bestSpan(room) {
    let bestScore = 0;
    let bestFirst = -1;
    let bestLast = -1;
    let bestWords = 0;
    for (let first = 0; first < this.#candidates.length; first++) {
      let gain = 0;
      let firstGain = 0;
      let length = 0;
      for (let last = first; last < first + SENTENCES_PER_SPAN && last < this.#candidates.length; last++) {
        if (this.#isUsed[last] === 1 || last > first && this.#isNext[last] !== true) break;
        const whole = this.#lengths[last] ?? 1;
        if (last > first && length + whole > W2.bulletWords) break;
        const shown = Math.min(whole, W2.bulletWords);
        gain += (this.#gains[last] ?? 0) * shown / whole;
        firstGain += (this.#firstGains[last] ?? 0) * shown / whole;
        length += shown;
        if (length > room) break;
        if (length < LEAST_WORDS || gain < firstGain * W2.leastNews) continue;
        const score = gain / (DIVISORS[length] ?? 1);
        if (score <= bestScore) continue;
        bestScore = score;
        bestFirst = first;
        bestLast = last;
        bestWords = length;
      }
    }
    return bestFirst < 0 ? void 0 : { span: { first: bestFirst, last: bestLast, words: bestWords }, score: bestScore };
  }
  /** Spends what is left of the words on the sentences that follow the chosen ones. */
  prolong(chosen, budget) {
    const spans = [...chosen];
    let left = budget;
    while (left >= LEAST_WORDS) {
      let best = -1;
      let bestScore = W2.leastProlonging;
      spans.forEach((span2, at) => {
        const next = span2.last + 1;
        if (next >= this.#candidates.length || this.#isUsed[next] === 1 || this.#isNext[next] !== true) return;
        const length2 = this.#lengths[next] ?? 1;
        const score = (this.#gains[next] ?? 0) / length2;
        if (length2 > left || span2.words + length2 > W2.bulletWords || score <= bestScore) return;
        bestScore = score;
        best = at;
      });
      const span = spans[best];
      if (span === void 0) break;
      const length = this.#lengths[span.last + 1] ?? 1;
      spans[best] = { first: span.first, last: span.last + 1, words: span.words + length };
      left -= length;
      this.say(span.last + 1);
    }
    return spans;
  }
};
function goesOn2(one, next) {
  if (one === void 0 || next.factor < LEAST_FACTOR) return false;
  return one.sentence.group === next.sentence.group && one.sentence.block === next.sentence.block;
}
function worthOf(term) {
  const rare = RARITIES[term.rarity * 2] ?? 0;
  if (rare === 0) return 0;
  const spread = 1 + W2.spread * Math.log2(Math.min(6, Math.max(0.5, term.spread)));
  return rare * (term.shape === "word" ? 1 : W2.code) * spread;
}
var RARITIES = Float64Array.from({ length: RAREST * 2 + 1 }, (_, step) => Math.max(0, step / 2 - W2.leastRarity) ** W2.rarityPower);

// src/summarizers/extractive/topics.ts
var MOST_TOKENS = 3;
var MOST_TOPICS = 40;
var MOST_CHARACTERS = 40;
var NO_NAME = new RegExp(" \\p{Ll}+ed$|^\\p{L}+ly | \\p{L}+ly ", "iu");
var BEFORE_NAME = new Set(
  `the a an my our your his her its their this that these those some any no of in on for with from at by about into new another each every all both via
  unser unsere unserem unseren mein meine dein deine sein seine ihr ihre der die das den dem des ein eine einen einem einer im am vom zum zur f\xFCr mit von le la les un une du des au aux el los las una unos unas del al o os as um uma il lo gli`.split(
    /\s+/
  )
);
function findTopics(passages, worth, isGerman = false) {
  const named = /* @__PURE__ */ new Map();
  const isBefore = /* @__PURE__ */ new Map();
  const introduces = (text, { term, start, end }) => {
    const known = isBefore.get(term);
    if (known !== void 0) return known;
    const found = BEFORE_NAME.has(text.slice(start, end).toLowerCase());
    isBefore.set(term, found);
    return found;
  };
  for (const { text, words, group } of passages) {
    for (let at = 0; at < words.length; ) {
      const end = endOfRun2(text, words, at, worth);
      const before = words[at - 1];
      const first = words[at];
      if (end > at && before !== void 0 && first !== void 0 && introduces(text, before) && isNextTo(text, before, first)) {
        const last = isVerbal(text, words[end - 1], words[end]) ? end - 1 : end;
        const whole = words.slice(at, last);
        const run = isGerman ? whole.filter(({ start }) => isUpper(text.charCodeAt(start))) : whole;
        note(named, text, run, group);
      }
      at = Math.max(end, at + 1);
    }
  }
  const scored = [...named.values()].map((name) => ({ name, score: scoreOf(name, worth) }));
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, MOST_TOPICS).flatMap(({ name, score }) => topicOf(name, score));
}
function endOfRun2(text, words, at, worth) {
  let end = at;
  for (let word = words[at]; word !== void 0; word = words[end]) {
    const before = words[end - 1];
    if (worth(word.term) === 0 && word.joint === "apart") break;
    if (end > at && before !== void 0 && !isNextTo(text, before, word)) break;
    end++;
  }
  return end;
}
function isNextTo(text, { end }, { start }) {
  return start - end <= 1 && (start === end || " -/._'\u2019".includes(text.charAt(end)));
}
var AFTER_VERB = new Set("a an the that this these those it its to no not your my our their his her".split(" "));
function isVerbal(text, last, next) {
  if (last === void 0 || next === void 0 || !/[^s]s$/.test(text.slice(last.start, last.end))) return false;
  const word = text.slice(next.start, next.end).toLowerCase();
  return isNextTo(text, last, next) && (AFTER_VERB.has(word) || /^\d+$/.test(word));
}
function note(named, text, run, group) {
  if (run.length === 0 || run.length > 2 * MOST_TOKENS || lengthOf(run) > MOST_TOKENS) return;
  let key = 17;
  for (const { term } of run) key = Math.imul(key, 31337) ^ term.number;
  const known = named.get(key);
  if (known === void 0) {
    named.set(key, { text, run, lastGroup: group, groups: 1, times: 1 });
    return;
  }
  known.times++;
  if (known.lastGroup !== group) known.groups++;
  known.lastGroup = group;
}
function scoreOf({ run, groups, times }, worth) {
  let sum = 0;
  for (const { term } of run) sum += worth(term);
  return sum / (run.length + 0.5) ** 0.5 * (1 + 0.5 * Math.log2(groups + (times - groups) / 2));
}
function topicOf({ text, run, times }, score) {
  const name = text.slice(run[0]?.start, run.at(-1)?.end).replace(/\s+/g, " ").replace(/['’]s$/, "");
  if (name.length > MOST_CHARACTERS || NO_NAME.test(name) || /[/\\=@]|\.\w/.test(name)) return [];
  return [{ text: name, terms: [...new Set(run.map(({ term }) => term))], times, score }];
}
function pickTopics(topics, said, most, mostWords) {
  const spent = new Set(said);
  const picked = [];
  let left = mostWords;
  let best = 0;
  for (const { text, terms, score } of topics) {
    const words = text.split(" ").length;
    if (words > left || score < best * 0.45 || terms.some((term) => spent.has(term))) continue;
    best = Math.max(best, score);
    picked.push(text);
    left -= words;
    for (const term of terms) spent.add(term);
    if (picked.length === most) break;
  }
  return picked;
}

// src/summarizers/extractive/keywords.ts
var MOST2 = 7;
var MOST_CODE = 4;
var MOST_CHARACTERS2 = 40;
var RANKED = 20;
function keywordsOf(terms, scanned, worth) {
  const ranked = bestOf(terms, worth);
  const places = placesOf(scanned, new Set(ranked));
  const keywords = /* @__PURE__ */ new Map();
  let codes = 0;
  for (const term of ranked) {
    const place = places.get(term);
    if (place === void 0) continue;
    const isCode = term.shape === "code" || !place.isAlone;
    const { start, end } = wholeToken(place.text, place.word.start, place.word.end);
    const keyword = place.text.slice(start, end).replace(/['’]s$/, "");
    if (keyword.length > MOST_CHARACTERS2 || keywords.has(keyword.toLowerCase()) || isCode && codes >= MOST_CODE) continue;
    if (isCode) codes++;
    keywords.set(keyword.toLowerCase(), keyword);
    if (keywords.size === MOST2) break;
  }
  return [...keywords.values()];
}
function bestOf(terms, worth) {
  const best = [];
  let least = 0;
  for (const term of terms) {
    const value = worth(term);
    if (value <= least || term.isStop || term.shape === "number") continue;
    let at = best.length;
    while (at > 0 && worth(best[at - 1] ?? term) < value) at--;
    best.splice(at, 0, term);
    if (best.length > RANKED) best.pop();
    if (best.length === RANKED) least = worth(best[RANKED - 1] ?? term);
  }
  return best;
}
function placesOf(scanned, terms) {
  const places = /* @__PURE__ */ new Map();
  const sought = new Set(terms);
  for (const { text, words } of scanned) {
    if (sought.size === 0) break;
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (word === void 0 || !sought.has(word.term)) continue;
      const known = places.get(word.term);
      const isAlone = word.joint === "apart" && (words[at + 1]?.joint ?? "apart") === "apart";
      if (known === void 0 || isAlone) places.set(word.term, { text, word, isAlone });
      if (isAlone) sought.delete(word.term);
    }
  }
  return places;
}
export {
  Vocabulary,
  chooseSpans,
  cutSentences,
  factorOf,
  findTopics,
  keywordsOf,
  pickTopics,
  readSentences,
  tellingTerms,
  withoutFormulas,
  worthOf
};
