"""Words that show what a content does where its cue does not: wrongs, judgements, dangers, deeds of goodwill or force.

All are lemmas in lower case, of any part of speech unless the name says otherwise.
"""

from __future__ import annotations

from typing import Final

WRONGS: Final = frozenset(
    """steal rob loot plunder lie cheat defraud deceive mislead betray poison murder massacre slaughter torture rape
    abduct bribe embezzle launder rig falsify forge fabricate sabotage violate breach flout defy meddle interfere
    smuggle traffic orchestrate mastermind oppress persecute silence terrorize terrorise exploit abuse conspire collude
    instigate incite provoke""".split()
)
"""Verbs of wrongdoing: who says them of another accuses."""

CRIMES: Final = frozenset(
    """crime atrocity genocide fraud corruption treason bribery aggression terrorism massacre murder violation breach
    abuse espionage""".split()
)
"""What somebody commits or is guilty of."""

CULPRITS: Final = frozenset(
    """thief liar traitor criminal murderer killer terrorist crook spy dictator tyrant aggressor culprit accomplice
    puppet butcher fraudster guilty responsible complicit culpable corrupt behind""".split()
)
"""What somebody is called who is accused."""

SORROWS: Final = frozenset("regret sorrow grief remorse sadness apology".split())
"""What one expresses of one's own deeds, or of a misfortune."""

UNTRUE: Final = frozenset(
    """false untrue baseless unfounded groundless lie fabrication invention fiction falsehood hoax myth slander libel
    smear nonsense fake bogus fabricated concocted rumour rumor""".split()
)
"""What an allegation is called by who denies it."""

UNCHARGED: Final = frozenset(
    """expect want wish hope know think believe intend mean plan aim dispute doubt question mind see understand foresee
    like need agree come reach decide bind concern""".split()
)
"""What nobody is charged with: who says that he did not expect it denies nothing."""

ALLEGED: Final = frozenset(
    """allegation accusation claim report charge rumour rumor assertion suspicion insinuation story account""".split()
)
"""What is denied when it is rejected or dismissed."""

GOOD: Final = frozenset(
    """good great excellent wonderful outstanding remarkable admirable brilliant heroic brave courageous historic
    impressive exemplary magnificent superb fantastic terrific extraordinary proud grateful thankful best invaluable
    triumph success victory milestone landmark beacon breakthrough masterpiece model hero heroine achievement
    inspiration
    honour honor pride delighted pleased commendable laudable praiseworthy courage bravery""".split()
)
BAD: Final = frozenset(
    """shameful disgraceful unacceptable unforgivable inexcusable outrageous appalling horrific barbaric brutal cruel
    despicable disgusting deplorable reprehensible reckless irresponsible cowardly cynical immoral illegal unlawful
    illegitimate unjust unfair absurd ridiculous hypocritical provocative intolerable scandalous monstrous heinous
    unjustified unjustifiable indefensible abhorrent evil terrible awful disappointing pathetic wrong foolish stupid
    shame disgrace outrage insult affront betrayal mistake blunder scandal farce travesty mockery vandalism barbarity
    barbarism failure hypocrisy injustice provocation piracy humiliation sham folly blackmail stain""".split()
)
DANGERS: Final = frozenset(
    """danger dangerous risk risky threat peril perilous hazard alarming worrying worrisome catastrophe catastrophic
    disaster disastrous calamity crisis escalation emergency famine collapse chaos bloodbath abyss brink precipice
    fire fragile grave explosive devastating devastation unsafe""".split()
)

HOSTILE: Final = frozenset(
    """crush punish destroy retaliate strike bomb attack shell kill shoot hang execute sink invade annihilate eliminate
    obliterate avenge hunt cut expel impose ban seize blockade sanction arrest jail prosecute sue suspend sever target
    raid storm shut burn behead break annex overthrow topple""".split()
)
"""Deeds that are threatened, whoever says that he will do them: "we will strike back"."""

REACTING: Final = frozenset("act respond retaliate react intervene".split())
"""What somebody threatens to do who says that he will, if others do something."""

LAUNCHING: Final = frozenset(
    """launch carry conduct mount make impose stage wage begin start continue order intensify resume step expand
    unleash declare enforce tighten organise organize direct fire use""".split()
)
"""Verbs whose object is the hostile deed: "launch a strike", unlike "lift the blockade"."""

REPRISALS: Final = frozenset("consequence retaliation revenge reprisal punishment retribution price war".split())
ANSWERS: Final = frozenset("response answer reply reaction revenge retaliation".split())
SEVERE: Final = frozenset(
    "swift painful harsh severe crushing devastating decisive merciless ruthless tough firm overwhelming".split()
)

HELPING: Final = frozenset(
    """provide send supply host mediate help assist lend share give deliver support train facilitate contribute donate
    offer receive arrange organize organise broker""".split()
)
READY: Final = frozenset("ready willing prepared open happy glad pleased eager keen".split())
ACCEPTING: Final = frozenset("accept approve join comply attend ratify honour honor respect participate".split())
DEALS: Final = frozenset(
    """negotiation talk deal concession retreat compromise surrender ceasefire cease-fire truce amnesty withdrawal
    meeting dialogue agreement recognition discussion pardon exception""".split()
)
"""What is refused by saying that there will be none."""

STEADFAST: Final = frozenset("rest forget abandon fail hesitate forsake desert relent waver stop flag".split())
"""What nobody will do who promises: "we will not rest until"."""

LIKELY: Final = frozenset(
    """likely unlikely probably possibly perhaps inevitably inevitable undoubtedly certainly surely eventually soon
    bound sure certain confident convinced destined maybe""".split()
)
OUTCOMES: Final = frozenset(
    """win lose fail succeed collapse rise fall grow shrink slow double triple halve reach exceed last happen recover
    decline worsen improve deteriorate ease drop climb prevail increase decrease survive vanish disappear erupt crumble
    falter rebound stagnate suffer remember become cost prove spread fade soar plunge peak""".split()
)
"""Verbs that say how things turn out, which nobody decides: who says them of the future predicts."""
