/** Words that are not simply capitalized, by their lower case. */
const ODD_WORDS: ReadonlyMap<string, string> = new Map(
  (
    'of es au ACT LHI NSW IN CET EET MET WET EST MST HST PST CST EDT CDT MDT PDT GMT UCT UTC GB NZ CHAT PRC ROC ROK SU US ' +
    'McMurdo DumontDUrville ComodRivadavia DeNoronha EasterIsland BajaNorte BajaSur'
  )
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/**
 * The name of a time zone as the IANA database spells it, for each name of release 2025b. Systemd and cron know no other spelling. It is a
 * rule about words: a table of all names would be longer, and `Intl` spells only those names that it does not take for aliases.
 * @param name of an IANA time zone, in any case; another text gives another text
 */
export function zoneSpelling(name: string): string {
  return name.toLowerCase().replace(/[a-z]+/g, (word) => ODD_WORDS.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1));
}
