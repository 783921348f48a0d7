/** Words that carry no meaning of their own. */
export const STOP_WORDS = `hm uhm underneath beneath alongside across along amid among versus during despite except regarding besides beyond inside outside throughout upon whereas therefore thus hence meanwhile a about above actually after again against ah all almost along already also although always am an and another any anybody anymore anyone
anything anyway apparently are aren't around as at aw away b back basically be became because become been before behind being below
between both but by bye c came can can't cannot could couldn't d definitely did didn't do does doesn't doing don't done down during e each
either else enough especially even ever every everybody everyone everything exactly f few finally first for from further g get gets
getting given gives giving go goes going gone gonna gosh got gotta gotten h had hadn't haha has hasn't have haven't having he he's hello
her here here's hers herself hey hi him himself his hmm how how's however i i'd i'll i'm i've if in indeed instead into is isn't it it'd
it'll it's its itself j just k keep kind kinda l last later least less let let's like likely little ll lol lot lots m made mainly make
makes making many may maybe me mean means might mine more most mostly much must my myself n nah neither never next no nobody none nope nor
not nothing now o of off often oh ok okay on once one ones only onto or other others otherwise ought our ours ourselves out over own p per
perhaps please possibly pretty probably put q quite r rather re really right s said same say says see seem seems seen she she's should
shouldn't since so some somebody somehow someone something sometimes somewhere soon sort still such sure t take taken takes taking than
thank thanks that that'll that's the their theirs them themselves then there there's these they they'd they'll they're they've thing
things this those though through thus till to together too took toward towards tried two u uh um under unless until up upon us use used
uses using usually v ve very via vs w wanna want wanted wants was wasn't way ways we we'd we'll we're we've well went were weren't what
what's whatever when when's where where's whether which while who who's whole whom whose why why's will with within without won't would
wouldn't wow x y ya yay yeah yep yes yet you you'd you'll you're you've your yours yourself yourselves yup z`;

/** Words that say how somebody feels or how the work goes on: they may stand in a title but do not make one. */
export const WEAK_WORDS = `root monday tuesday wednesday thursday friday saturday sunday january february march april june july september october november december twice import imports typo pattern patterns side elsewhere approaches typical able absolutely actual add added adding additional addressed addressing afternoon ago allow already amaze amazing another answer apply
appreciate appreciated approach appropriate appropriately area asked asking assistant available awesome bad based beautiful behavior
behaviour behind believe best bet better big bit blast call called care case cases catch certain chance change changed changes chat check
checking clean clear clearly code come comes coming comment comments commit committed complete completed completely confirm congrats
congratulations consider consistent contain contained contains continue cool correct correctly couple course create created creating
current currently cute day days deal decide default defaults detail details difference different difficult directly easier easy edit eight
end enjoy enjoyed enjoying ensure entire evening everyday example excellent excited exciting exist existing exists expect expected
experience explain explore fair fantastic far fascinating feel feeling feels felt file files find fine five fix fixed fixes fixing focus
follow following forward found four full fully fun function functions future general glad good gorgeous grateful great group guess guy
guys half hand handle handled handles handling happen happened happening happens happiness happy hard hear heard help helpful helping
helps here here's hit honestly hope hopefully hoping hour hours huge idea identify implement implementation implemented implementing
implements important impressive include included includes including incredible input inspire inspired inspiring instance interest
interested interesting issue issues journey joy keeping keeps key kid knew know knowing knows large lately later lead learn learned
learning leave left level life line lines list live logic long look looked looking looks love loved lovely loves luck main makes man
manage match matched matches matching matter meaning meant mentioned message method mind minute missing moment moments month months
morning motivate motivated motivation move moved moving multiple name need needed needs new nice night nine note notice nowadays number
old open option options order original output part parts pass passed passing passion passionate past path people perfect perfectly person
photo photos pic pics picture piece place plan planning plans play plus point possible powerful practice pre previous previously problem
problems proceed proceeding process produces project properly proud provide pull push pushed question questions quick quickly ready real
realize reason recently reference referenced references related relevant remember remove removed replies reply report require required
resist result results return returned returns review run running runs sad said save scenario second section send sense separate separately
set seven share shared sharing should show showed showing shows similar simple simply single six small solid solution somethin sound
sounds special specific specifically specified spend spent start started starting starts state statement stay step steps stop stress
stressed stressful strong struggle stuff stunning suggest suggestion summary super support supporting supportive surely sweet switch
system talk talked talking task tasks tell ten terms terrific test tested testing tests text thankful think thinking thought thoughts
three time times today together told tomorrow tonight tool top total totally touch tough treat trick true truly try trying turn type types
understand understanding unfortunately update updated updates updating upset usage usages user valid value values verified verify version
vibe vibes view visit wait walk wanting warm watch week weekend weeks welcome wish wonder wonderful wondering word words work worked
working works world worry worth wrap write writing wrong year years yesterday young yours`;

/** Words of decisions, outcomes and happenings: a sentence with one of them tells more than one without. */
export const CUE_WORDS = `abandoned accepted accident adding adopted agreed approved because blocked bought broke broken bug cause caused causes celebrated chose
chosen committed conclusion conclusions crash crashed decided decision deployed died engaged error failed failing fails failure finished
fixed graduated hired implemented introduced joined launched lost married merged moved must need needs never passed planned planning
problem proposed rejected released removed renamed replaced reverted root shipped signed solution solved switched tomorrow tonight visited
volunteered wants won yesterday`;

/** Words that name what a heading is, not what it is about. */
export const HEADING_WORDS = `after analysis approach architecture background before change changes conclusion context critical current decisions design details example
examples existing file files findings goal goals how implementation issue issues key modified modify new next notes objective option
options overview part phase plan problem recommendation recommendations requirements result results scope section solution status step
steps summary task tasks testing tests usage verification what why`;

/** How sentences open that only announce what comes next, or say hello. A sentence that opens so counts for little. */
export const BOILERPLATE_OPENERS = `absolutely| actually| all| also check| any| anything| appreciate| awesome| both| build| bye| can't wait| catch| caveat| check| clean|
commit| congrats| congratulations| continue| cool| definitely| do you| done| exactly| excellent| first let| for sure| glad| glad to| good|
good luck| got it| great| haha| happy| have you| hello| here are| here is| here's| hey| hi| hmm| hope| how about| how are| how's| i can| if you|
i have| i need| i see| i should| i understand| i want| i will| i'll| i'm going| interesting| keep| let me| let us| let's| look| looking|
looks| next| nice| no problem| no worries| now add| now also| now build| now check| now clean| now commit| now create| now fix| now i|
now let| now look| now remove| now rewrite| now run| now that| now the| now update| now we| now write| oh| ok| okay| only| perfect|
please| re-run| rerun| run| same| see ya| see you| shall i| should i| so glad| so happy| sorry| sounds| still| sure| take care| take it|
talk| tests pass| thank| thanks| that's| then| this session| verify| wait| waiting| want me| what about| what do| what else| what's up|
will do| would you| wow| yeah| yes| you're right| you're welcome`;

/** Small words that may stand inside a phrase of a title. */
export const LINK_WORDS = 'of the a an in for to on and with from into';

/** What may stand between the beginning of a sentence and the verb that says what is to be done or was done. */
export const LEAD_WORDS = `ah alright also am and can could done first going good got great had has have help hey hmm i i'd i'll i'm i've just
let let's lets like me must need next nice now oh ok okay please should simply so still successfully sure thanks then to us want we we'd
we'll we're we've will would yeah yep yes you`;

/** Words of a sentence that says that something failed, what was decided, and why: a period is remembered by them. */
export const WEIGHTY_WORDS = `abandoned accident agreed because blocked broke broken bug chose chosen conclusion corrupted crash crashed deadlock decided decision
deployed died duplicate error exposed fail failed failing fails failure leaked lose losing lost merged migrated mistake outage panic problem
race regression reason rejected released replaced reverted root shipped solved vulnerability wrong`;

/** Words with which people speak to each other: what has none of them in a long message was pasted, as a rule. */
export const PERSONAL_WORDS = `gonna i i'd i'll i'm i've let let's lets me my mine our ours please think us want wanna we we'd we'll we're we've yeah you
you'd you'll you're you've your yours`;
