/** Verbs that name a piece of work: a title may begin with one. Those after the bar are also nouns. */
export const WORK_VERBS = `abort adapt add adjust aggregate allow analyse analyze append apply attach authenticate authorize automate avoid bump
calculate choose clarify cleanup clone collect combine compare compute condense configure consolidate convert correct create decide
decode deduplicate delete deploy describe detach detect diagnose disable discuss dispatch downgrade drop eliminate emit enable encode
encrypt ensure escape evaluate exclude expand explain explore expose extend extract fetch generate group handle harden hide ignore
implement improve include inject inline insert inspect install integrate introduce inverse invert investigate isolate keep limit list
make migrate move normalise normalize optimise optimize parse persist populate preserve prevent propagate propose protect prune publish
read rebase reduce refactor register remove rename render reorder repair replace reproduce resolve restore restructure retry
rewrite sanitize serialize shorten simplify skip speed split squash standardize store strip summarise summarize surface swap sync
tidy translate truncate tune tweak unify unlock upgrade upload validate verify wire write | audit backport change check
clean debug document export filter fix import merge mock polish refactor reset revert rework run scaffold set setup show stop stub switch
update use warn wrap | benchmark build cache commit design download draft format index lint lock log map measure monitor patch pin plan port
print profile prototype query rank release report review schedule search sort style support tag test track trigger`;

/** Verbs for events and actions: a run of words with one of them is a clause, not a name for something. */
export const OTHER_VERBS = `ate became began bought brought broke came caught chose drew drove fell felt flew forgot found gave got grew held hid kept knew lost
met paid ran rose sang sat saw sent sold spoke spent stood stuck swam taught thought threw told took understood went won wore wrote
accept accumulate acquire admire adopt affect agree amend announce appear arise arrive assert assign assure attend await bake belong
calm celebrate chase convey encourage express fascinate hate inspire motivate organise organize recharge relax remind represent scare
succeed suit supply tackle unwind upset vent assume become begin believe blame bail bring bypass carry catch come complain confirm
consider contain continue cover contradict decide depend derive die differ disappear enjoy exceed exist expect fail fall feel find
finish fire follow forget get give go grow guess happen hang hardcode hear hold hope imply indicate inherit involve join know lack lead
leave let live load lose love meet mention miss need obtain occur open pass pick prefer produce prove provide pull push put raise reach
realize receive recommend refer reflect rely reside remain remember require respond say see seem sell send share skip spend stay
suggest take teach tell think throw traverse treat try visit wait achieve acknowledge activate anticipate argue assemble assess attract
bind bloat boil bother bubble clamp coerce collapse compile comply compose conclude confuse connect consume correspond declare defer
define demonstrate deny depict destroy detach deviate dictate digest disagree disconnect discourage discover dismiss distinguish
distribute divide earn embed emerge employ empty encounter enforce engage enter equal establish exhaust expire facilitate fulfil
fulfill identify illustrate indent infer inform insist instruct intend interact intercept interfere interpret interrupt invalidate
invoke iterate justify lean listen maintain mutate neglect notify obey observe omit overlook overwrite own perceive pertain possess
postpone proceed propagate pursue quit reassemble recall recognize recover recreate recur refuse relate reopen reproduce resemble
resend resist resume retain retire retrieve reveal serve settle simulate solve sort speak specify steal strengthen stumble submit
subscribe suffer suffice suppress surround survive suspend swallow tempt tend terminate tolerate transmit undergo undo unify unmarshal
unwrap utilize vanish vary verify violate yield win wonder | act ache answer boost camp chat chill cook cry dance drink dream feature
feel hike host hug laugh paint perform picture play practice rest reward ride rock shape sleep smile spark study surprise thrill train
travel treat trip wear wish ask attempt block break call cause claim close complete conflict control cost count crash cut drive end
flag force fuel guard help hit hook hurt kick leak look overlap span match mean move note offer pay point process question reference
regress reply request return rise save signal sound stand start state step struggle touch trace turn visit walk watch work abuse aim face
alias alternate amount advance assist borrow boot clash collide concern construct copy crawl decline degrade demand display duplicate
estimate exploit favor fetch flip float flush forward freeze gain glue grab grant halt hint jump lag launch lie mask mismatch orphan
overflow override panic pause poll promise prompt redirect release reject rescue render reuse roll scatter shift shrink silence slip
spawn spread stall stem strike tear toggle transform trick trust`;

/** Irregular past forms: a sentence that begins with one of them says what was done. */
export const PAST_FORMS = `built:build chose:choose found:find hid:hide kept:keep made:make ran:run rebuilt:rebuild rewrote:rewrite shown:show wrote:write`;

/** A name for something does not end like this. */
export const ADJECTIVES = `absent actual available aware bad based big broken clean clear consistent correct different difficult driven early easy empty
existing false fine first friendly full good great happy hidden important inconsistent incorrect invalid large last late legitimate like likely long
main many misleading missing more necessary new nice nil null old only own possible previous ready real redundant relevant right safe same scoped separate several short similar simple single small specific stale standard strict such true unique unnecessary unrelated unused
useful valid various whole wide wrong comfortable entire near today tomorrow tonight twice yesterday`;
