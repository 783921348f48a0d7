/** English words that carry no meaning of their own. */
export const STOP_WORDS = `a about above across actually after again against ah all almost along alongside already also although always am amid among an and
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
