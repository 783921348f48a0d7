/** English words that say nothing alone. What a query consists of only is refused; inside of quotes they count. The list is that of the Snowball project. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above after again against all am an and any are as at be because been before being below between both but by can cannot could ' +
    'did do does doing don down during each few for from further had has have having he her here hers herself him himself his how i if in into ' +
    'is it its itself just let ll me more most my myself no nor not of off on once only or other ought our ours ourselves out over own same ' +
    'shan she should so some such than that the their theirs them themselves then there these they this those through to too under until up ' +
    've very was we were what when where which while who whom why with would you your yours yourself yourselves ' +
    'arent cant couldnt didnt doesnt dont hadnt hasnt havent hed hell hes heres hows id ill im ive isnt lets mustnt shant shed shell shes ' +
    'shouldnt thats theres theyd theyll theyre theyve wasnt wed weve werent whats whens wheres whos whys wont wouldnt youd youll youre youve ' +
    's t d m re'
  ).split(' '),
);
