/**
 * Small words of languages other than English. Words in a script of their own count in any text. The others count only with enough other
 * words of their language ("die" and "war" are English words, too).
 */
export const OWN_SCRIPT_WORDS = `а без более больше бы был была были было быть в вам вас весь во вот все всё всего вы где да даже для до его ее её
если есть еще ещё же за здесь и из или им их к как какой когда кто ли либо мне можно мой мы на над надо наш не него нет ни них но ну нужно о об однако он она они
оно от очень по под потом потому поэтому при про с сам себя сейчас со спасибо так также такой там тебе тем то тогда тоже только том тот ты у уже хорошо хотя чего чем
через что чтобы это этого этой этом этот эту эти я пожалуйста давай привет
та те то цей ця це ці є був була було були що як який яка яке які або але й із зі від до для на не ні так також вже ще ми ви вони він вона воно мене нас вас
我先 我来 我会 我已 我已经 先 看 看看 看一下 那就 帮 帮我 之 其 并 而 但 还是 以后 之后 以前 时候 什么 怎么 为什么 每 每次 这里 那里 我们的 你的 他的 建议 我建议 同意 需要 里面 的 了 是 在 我 你 他 她 它 我们 你们 他们 这 那 这个 那个 这些 那些 有 和 与 或 就 也 都 很 还 不 没 没有 吗 呢 吧 啊 被 把 对 从 到 为 以 及 等 着 过 会 能 可以 要 想 需要 什么 怎么 为什么
因为 所以 但是 如果 然后 已经 现在 今天 昨天 明天 请 一个 一下 个 上 下 中 里 好 好的 谢谢 来 去 说 做 让 使 使用 再 又 才 只 更 最 並 這 這個 們 我們 嗎 沒有 還 會 說
は が を に へ と で も の から まで より や ね よ か な だ です ます でした ました ません ない する した して します しました いる いた いて います ある あった あります なる なった なりました
こと もの これ それ あれ この その あの ここ そこ どこ 何 私 ので のに けど でも しかし また そして ください という ため よう さん 今日 昨日 明日
이 그 저 것 수 등 및 를 을 은 는 이다 있다 하다 그리고 하지만 그래서 또는 에서 으로 있는 하는 합니다 했습니다 있습니다 입니다 우리 제가 저는`;

/** The languages with Latin letters. */
export const LATIN_LANGUAGES: readonly string[] = [
  `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte da dabei dafür damit danach dann daran darauf das dass daß
davon dazu dein deine dem den denn der des deshalb dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er
es etwas euch für ganz gegen gern gestern gibt habe haben hast hat hatte hatten heute hier hin ich ihm ihn ihnen ihr ihre im immer in ins ist ja jede jeder jetzt kann kannst
kein keine keinen können könnte man mal mehr mein meine mich mir mit morgen muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit
sich sie sind so soll sollen sollte sondern soweit über um und uns unser unsere unter vom von vor war waren warum was weil wenn wer werden wie wieder will wir wird wo
wollen worden wurde wurden würde zu zum zur zwar zwischen danke hallo`,
  `ai alors après au aucun aussi autre aux avait avant avec avez avons bien bonjour c'est car ce ceci cela ces cet cette ceux chaque chez comme comment d'un d'une dans de depuis des deux
doit donc du elle elles en encore entre est et étaient était été être eu faire fait faut hier ici il ils j'ai je jusqu la là le les leur leurs lui ma mais me
même merci mes moins mon ne nos notre nous on ont ou où par parce pas peu peut plus pour pourquoi pouvez qu'il quand que quel quelle quelques qui quoi sa sans se sera ses
si son sont sous sur ta tes toi ton toujours tous tout toute toutes très trop tu un une va vers voici voilà vos votre vous y`,
  `a ahora al algo algunos ante antes aquí así aunque ayer bien cada como con contra cual cuando cuál cómo de del desde después donde dos durante e el él ella ellas ellos en
entonces entre era eran es esa ese eso esta está están estas este esto estos estoy fue fueron gracias ha había hace hacer hacia han hasta hay he hola hoy la las le les
lo los más mañana me mi mientras mis mucho muy nada ni no nos nosotros nuestra nuestro o otra otro para pero poco podemos por porque puede pueden pues que qué quién
se sea según ser si sí sin sino sobre solo son su sus también tan te tengo tiene tienen todo todos tu tus un una uno unos usted va vamos y ya yo`,
  `a agora ainda além algo ao aos aquela aquele aqui às assim até bem boa cada com como da das de dela dele depois desde do dos e é ela elas ele eles em então entre era eram essa
esse esta está estamos estão estava este estou eu fazer foi foram há hoje isso isto já la lhe mais mas me mesmo meu minha muito na não nas nem no nos nós nossa nosso num numa o
obrigado olá ontem os ou para pela pelo pode podemos por porque pra quais qual quando quase que quem são se seja sem ser será seu sim só sobre sua também tem temos
tenho ter todo todos tudo um uma umas uns vai vamos você vocês`,
  `a abbiamo adesso ai al alla alle allora anche ancora anzi c'è che chi ci ciao come con cosa così cui da dai dal dalla dalle de degli dei del della delle dello dentro di dopo dove due e è era
erano essere fa fare fatto fino fra fu gli grazie ha hai hanno ho i ieri il in io l'ha la le lei li lo loro lui ma me meno mentre mi mia mio molto ne nei nel nella nelle no noi non
nostra nostro o oggi ogni ora per perché però più poi possiamo posso prima può qual quale quando quella quelle quelli quello questa queste questi questo qui quindi sarà se sei sempre
senza si sia siamo solo sono sopra sta stata stato su sua sul sulla suo te tra tu tutti tutto un una uno va verso vi voi`,
  `aan al alle als altijd andere ben bij daar dan dat de der deze die dit doen door dus een eens en er gaan gaat geen geweest gisteren haar had hallo heb hebben heeft hem het hier hij hoe hun iets
ik in is ja je jij jullie kan kunnen maar me meer met mij mijn moet moeten morgen na naar niet niets nog nu of om omdat onder ons onze ook op over te tegen toch toen tot u uit uw van
vandaag veel voor waar waarom want waren was wat we wel werd wie wij wil wordt worden zal ze zei zelf zich zij zijn zo zonder zou`,
  `a aby ale albo bardzo bez bo by był była było były być ci co czy dla do dobrze dziś dziękuję go gdy gdzie i ich ile im ja jak jako je jego jej jest jestem już kiedy każdy która które który
lub ma mam mamy mi mnie może można my na nad nam nas nasz nie nic niż o od on ona one oni oraz po pod ponieważ potem proszę przed przez przy są się sobie ta tak także tam te tego tej ten teraz też to trzeba tu
ty tych tylko tym w we więc wszystko wy z za ze że żeby`,
  `alla allt att av blev bli blir då de dem den denna deras dess det detta dig din dina dit du där efter ej eller en er ett från för ha hade han hans har hej henne hon hur här i icke idag igår
inte ja jag kan kunde man med mellan men mig min mina mot mycket måste ni nu när och också om oss på sedan sig sin ska skulle som så tack till under upp ut utan vad var vara varför vi vid vill
vår även år og ikke er til det af på jeg vi kan skal være blev hvor hvad ikke noen også etter`,
  `acaba ama artık az bana bazı belki ben beni benim bir biraz birçok biz bize bu bugün bunu bütün çok çünkü da daha de değil diye dün en gibi göre hem hep her hiç için ile ilgili ise kadar kendi ki
kim mı mi mu mü nasıl ne neden nerede o olan olarak oldu olduğu olur ona onlar onu sana sen şey şimdi şu tarafından teşekkürler tüm üzere var ve veya ya yani yarın yok zaten`,
];
