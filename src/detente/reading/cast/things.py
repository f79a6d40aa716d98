"""Whether "it" or "them" may mean a thing, which is no actor: "drafted a bill and threatened to veto it".

What something is done to may be a thing as easily as an actor, unless the verb is done to actors alone ("urged it to").
Where a thing of that number has just been spoken of, nobody can be sure that an actor is meant, and it is left open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS
from detente.reading.cast import binding, rolewords
from detente.reading.cast.discourse import SUBJECTS, Discourse, governing_subjects
from detente.world import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_TO_ACTORS: Final = frozenset(
    """accuse advise aid allow arm arrest ask assist assure attack bar beat beg blame bomb castigate censure challenge
    coerce compel condemn convict convince counter criticise criticize defeat defend deny deport deprive detain
    deter encourage exclude expel feed fight fine forbid force free fund help implore imprison inform instruct
    invade invite isolate jail join kill lambast lead leave let notify oblige offer order outlaw outnumber overthrow
    permit persuade please press pressure prevent provoke punish push recognise recognize recruit release remind
    represent rescue rule sanction shell stop strike sue supply support surprise suspect suspend teach tell thank
    threaten topple trust urge warn weaken worry""".split()
)
"""Verbs whose objects are mostly actors."""
_UNDER: Final = frozenset({"of", "about", "after", "before", "into", "from", "on", "over", "under", "against"})
"""Prepositions under which things stand as easily as actors."""
_ANSWERING: Final = frozenset(
    "agree object react consent respond reply refer commit adhere stick subscribe accede put add".split()
)
"""Verbs whose "to" is said of a plan as easily as of an actor."""
_DATED: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_LANDED: Final = frozenset("inhabitant territory border frontier soil coast coastline airspace citizen shore".split())
"""What states have and no other actors."""
_SHARES: Final = frozenset({"all", "both", "each", "most", "none"})
_VAGUE: Final = frozenset("fact way case part place order return addition person one".split())
"""Nouns that stand in set phrases."""


def is_of_land(token: Token) -> bool:
    """Whether a possessor can only be a state or a land: "its inhabitants"."""
    return token.dep_ == "poss" and token.head.lemma_.lower() in _LANDED


def may_be_meant(discourse: Discourse, token: Token) -> bool:
    """Whether a pronoun that something is done to may mean a thing of this sentence or the one before."""
    if not _is_patient(token) or _goes_on(discourse, token):
        return False
    plural = token.lower_ == "them"
    last = max((noun.i for noun in _things(discourse, token) if (noun.tag_ == "NNS") == plural), default=-1)
    return last > (_last_people(discourse, token) if plural else -1)


def _last_people(discourse: Discourse, token: Token) -> int:
    """Where actors in the plural stand last before a pronoun: "used ropes to hold back reporters"."""
    doc, heads = token.doc, discourse.casting.heads
    return max((i for i in heads if i < token.i and doc[i].tag_ in {"NNS", "NNPS"}), default=-1)


def _goes_on(discourse: Discourse, token: Token) -> bool:
    """Whether an actor stands where the pronoun goes on: "besieged Kenya and invaded it", "Chad says it is bound"."""
    before = binding.object_before(token)
    if token.dep_ in SUBJECTS:
        before = next(iter(governing_subjects(token)), None)
    drafts = discourse.casting.drafts
    heads = discourse.casting.heads.get(before.i, ()) if before is not None else ()
    return any(drafts[actor].kind != "person" for actor in heads)


def _is_patient(token: Token) -> bool:
    """Whether a pronoun stands where a thing may stand: as the object of a verb that is not done to actors alone."""
    if token.dep_ == "pobj":
        if token.head.head.lower_ in _SHARES:
            return False  # "nine people, all of them foreigners"
        above, to = token.head.head, token.head.lower_ == "to"
        answers = to and (above.lemma_ in _ANSWERING or above.pos_ == "ADJ")
        if token.head.lower_ == "by" and token.head.dep_ == "prep":
            return True  # "abide by it"; who does something is an agent
        return answers or (token.head.lower_ in _UNDER and above.lemma_ not in _TO_ACTORS)
    if token.dep_ not in {"dobj", "nsubjpass"} or token.head.pos_ not in VERBS:
        return False
    verb = token.head
    return verb.lemma_ not in _TO_ACTORS and not any(child.dep_ == "dative" for child in verb.children)


def _things(discourse: Discourse, token: Token) -> Iterator[Token]:
    """The common nouns before a pronoun, in its sentence and the one before, that stand for no actor."""
    sentence = token.sent
    start = token.doc[sentence.start - 1].sent.start if sentence.start else 0
    for noun in token.doc[start : token.i]:
        if noun.tag_ not in {"NN", "NNS"} or noun.i in discourse.casting.heads or noun.i in discourse.casting.taken:
            continue
        placed = noun.dep_ in {*SUBJECTS, "dobj", "attr", "conj"}
        named = noun.dep_ == "pobj" and any(child.dep_ in {"det", "amod"} for child in noun.children)
        if (placed or named) and not noun.is_ancestor(token) and _is_thing(noun):
            yield noun


def _is_thing(noun: Token) -> bool:
    if noun.ent_type_ in _DATED or noun.lemma_.lower() in _VAGUE:
        return False
    human = any(lexicon.of_kind(noun.lower_, kind) for kind in ("person", "organisation", "state"))
    return not human and rolewords.ending_at(noun.doc, noun.i) is None
