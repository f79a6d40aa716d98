"""From a noun that names a deed up to the word above it: what that makes of the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import embedding, lexicon, modality, standing
from detente.reading.deeds.clause_steps import WHEN
from detente.reading.deeds.embedding import Effect
from detente.reading.deeds.modality import Layer, Step

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVEN: Final = frozenset({"the", "this", "that", "these", "those", "both", "such", "ongoing", "recent", "last"})
ANSWERS: Final = frozenset({"response", "retaliation", "reprisal", "reaction", "revenge", "answer", "reply"})
"""Nouns that tell that a deed answers another, which was done: "in response to the expulsion"."""
_MEANWHILE: Final = frozenset({"during", "after", "following", "since"})
"""Prepositions by which a deed only tells the time of another."""
PUT_OFF: Final = frozenset({"threatened", "planned", "promised", "offered", "demanded"})
_TRIES: Final = frozenset({"attempt", "bid", "plot"})
_ABOUT: Final = frozenset({"on", "about", "over", "for"})
_FUTILE: Final = frozenset({"unsuccessful", "fruitless", "futile", "vain"})
_LINKING: Final = frozenset({"be", "look", "seem", "appear", "remain"})
_ANNOUNCED: Final = frozenset({"threat", "plan", "ultimatum", "intention", "decision"})
"""What can be carried out like a pledge."""
_ARRANGED: Final = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "SANCTION"})
"""Types of deeds that are done by plan."""
_WEIGHING: Final = frozenset({"consider", "contemplate", "weigh", "mull", "envisage", "ponder", "propose", "suggest"})
"""Verbs of what one may do: "is considering the expulsion of the envoy" tells of none."""
_TALKING: Final = frozenset({"talk", "discuss", "discussion", "negotiate", "negotiation"})
_UNTRUE: Final = Effect("denied", "what is claimed is called untrue")
_NAUGHT: Final = Effect("negated", "it came to nothing")
_FOILED: Final = Effect("foiled", "an attempt that failed")
_IN_CASE: Final = Effect("conditional", "“in case of”")
_IS_TO: Final = Effect("planned", "it “is to” take place")
_OF_A_KIND: Final = Effect("hypothetical", "a bare plural in the present names deeds of a kind")


def _is_called_false(noun: Token, above: Token, relation: str) -> bool:
    """Whether what a noun claims is called untrue: "claims … are false", "called reports … a fabrication"."""
    if lexicon.lemma(noun) not in lexicon.nouns("claim"):
        return False
    if relation in {"as", "obj"} and above.pos_ in grammar.VERBS:
        # "described as baseless a report that", which the parse takes for a baseless report
        named = any(
            {c.lower_, lexicon.lemma(c)} & lexicon.nouns("falsehood")
            and any(t.lower_ == "as" for t in noun.doc[above.i : c.i])
            for t in (noun, above, *above.children)
            for c in t.children
            if above.i < c.i
        )
        if named:
            return True
    if relation in {"in", "to", "for", "behind"} and lexicon.lemma(above) in {
        "truth",
        "substance",
        "basis",
        "foundation",
    }:
        return modality.is_negated(above) or modality.is_negated(above.head)
    return (relation == "subj" and embedding.is_false(above)) or (relation == "obj" and embedding.calls_false(above))


def _came_to_nothing(copula: Token) -> bool:
    return any(c.dep_ in {"acomp", "oprd"} and c.lower_ in _FUTILE for c in copula.children)


def _put_off(copula: Token) -> Layer | None:
    """What puts the subject of a copula off: "the talks are due to open", "a withdrawal looks possible"."""
    if copula.lemma_ not in _LINKING:
        return None
    for clause in copula.children:
        # "the talks are to resume", "was to begin"
        if (
            copula.lemma_ == "be"
            and clause.dep_ == "xcomp"
            and grammar.is_infinitive(clause)
            and lexicon.lemma(clause) in lexicon.nouns("occur")
        ):
            return Layer(_IS_TO, copula)
    for predicate in copula.children:
        if predicate.dep_ in {"acomp", "oprd"}:
            inner = [c for c in predicate.children if c.dep_ == "xcomp"]
            happens = any(lexicon.lemma(c) in lexicon.nouns("occur") for c in inner)
            effect = embedding.effect(predicate, "to") if happens else embedding.effect(predicate, "that")
            if effect is not None and (happens or (effect == "hypothetical" and not inner)):
                return Layer(effect, predicate)
    return None


def _is_naught(verb: Token) -> bool:
    return any(t.lower_ in {"nothing", "naught", "nought"} for t in grammar.objects_of(verb, "to"))


def nominal(noun: Token, *, named: bool = False) -> Step:
    """From a noun to what its phrase hangs on; `named` where it names the deed itself."""
    above, relation = standing.governor(noun)
    if above.pos_ == "ADV" and above.dep_ == "advmod" and above.head.pos_ in grammar.VERBS:
        above = above.head  # "backed away from its threat"
    if above.i == noun.i or relation == "ROOT":
        return Step(above)
    if named and lexicon.lemma(noun) in lexicon.nouns("wish") and any(c.dep_ == "poss" for c in noun.children):
        return Step(above, given=True)  # "rejects the minister's request": it was made
    if named and lexicon.lemma(noun) in lexicon.nouns("claim") and _is_denied(noun, above):
        return Step(above, given=True)  # "dismissed an accusation by Togo": it was made
    link = next(
        (kind for kind in ("claim", "pledge") if relation == "obj" and lexicon.lemma(noun) in lexicon.nouns(kind)),
        relation,
    )
    if lexicon.lemma(noun) in lexicon.nouns("pledge") | _ANNOUNCED:
        link = "pledge" if relation == "obj" else f"pledge-{relation}"
        if embedding.of_word(lexicon.lemma(above), link) is None and embedding.effect(above, link) is None:
            link = relation
    if relation == "of" and lexicon.lemma(above) == "case" and above.head.lower_ == "in" and not _is_given(noun):
        return Step(above, (Layer(_IN_CASE, above),), given=True)
    if _is_called_false(noun, above, relation):
        return Step(above, (Layer(_UNTRUE, above),), given=True)
    if relation == "subj" and not named and _came_to_nothing(above):
        return Step(above, (Layer(_NAUGHT, above),), given=True)  # "the move to expel them was unsuccessful"
    put_off = _put_off(above) if relation == "subj" else None
    if put_off is not None:
        return Step(above, (put_off, *modality.own(above)))
    if relation in {"compound", "nmod", "poss", "amod"}:
        effect = embedding.effect(above, "of")
        return Step(above, (Layer(effect, above),) if effect not in {None, "fact", "presupposed"} else ())
    effect = embedding.effect(above, link) or (embedding.effect(above, "obj") if link != relation else None)
    if relation == "subj" and above.lemma_ == "come" and _is_naught(above):
        effect = _NAUGHT
    if effect == "negated" and lexicon.lemma(noun) in _TRIES:
        effect = _FOILED
    called = relation == "obj" and lexicon.lemma(above) == "call"
    if called and lexicon.lemma(noun) not in lexicon.nouns("meeting") | lexicon.nouns("protest"):
        effect = None  # "what it called shelling" only names it; "called a strike" puts it off
    if lexicon.lemma(noun) == "responsibility":
        effect = None  # to claim it is to admit
    if effect == "said" and link == "obj" and lexicon.lemma(noun) in lexicon.nouns("wish"):
        effect = None  # who repeats a demand makes it, and reports nothing
    if named and relation in {"after", "following", "upon"} and _is_to_come(noun, above):
        return Step(above, (Layer(WHEN, above),), given=True)
    preposition = embedding.of_word(relation, "prep")
    if effect is None and preposition is not None:
        effect = preposition
    if effect is None and relation in _ABOUT:
        topics = [c for c in above.children if c.dep_ == "dobj" and c.i < noun.i]
        effect = next((found for topic in topics if (found := embedding.effect(topic, relation)) is not None), None)
    if effect == "presupposed":
        return Step(above, given=True)
    if effect in PUT_OFF | {"hypothetical", "intended"} and lexicon.lemma(noun) in lexicon.nouns("claim") and not named:
        return Step(above, given=True)  # "wants an answer to reports that": they were made
    if effect == "alleged" and relation in {"into", "over"} and above.pos_ not in grammar.VERBS:
        return Step(above, (Layer(effect, above),), given=True)  # "demanded an inquiry into": there is a suspicion
    known = effect == "hypothetical" and _is_given(noun) and not (named and _is_open(noun, above))
    if known or (effect == "said" and link != "obj"):
        return Step(above, given=True)
    if relation in {"to", "for"} and lexicon.lemma(above) in ANSWERS:
        return Step(above, given=True)
    if effect is None and relation in _MEANWHILE and _is_given(noun):
        return Step(above, given=True)  # "plans for a fund during his visit": it took place, whatever the plans are
    if effect is None and relation == "obj" and _is_of_a_kind(noun, above):
        effect = _OF_A_KIND
    if (
        effect is None
        and named
        and relation in {"about", "behind"}
        and above.pos_ not in grammar.VERBS
        and _is_given(noun)
    ):
        return Step(above, given=True)  # "demanded the truth about the murder"
    crossed = (Layer(effect, above),) if effect not in {None, "fact"} else ()
    if above.pos_ not in grammar.VERBS:
        return Step(above, (*crossed, *(modality.own(above) if crossed else ())))
    if crossed or _lends(above, relation) or not (_is_given(noun) or relation not in {"obj", "subj", "attr", "acomp"}):
        return Step(above, (*crossed, *modality.own(above)))
    return Step(above, given=True)


def _is_open(noun: Token, above: Token) -> bool:
    """Whether a deed that is talked about may be still to come: the arrest in "talk about the arrest of two men"."""
    kinds = {sense.type for sense in lexicon.entries(noun)} - {None}
    whose = any(c.dep_ == "poss" or c.lower_ in {"by", "last", "recent"} for c in noun.children)
    if lexicon.lemma(noun) in lexicon.nouns("pact"):
        return False  # an agreement that is talked about has been made
    return (
        lexicon.lemma(above) in _TALKING | _WEIGHING and bool(kinds) and kinds <= _ARRANGED | {"COERCE"} and not whose
    )


def _is_to_come(noun: Token, verb: Token) -> bool:
    """Whether a deed after which something will be done is still to come: "will open after the first withdrawal".

    What is done to harm is not planned with others: "will mourn after the attack" tells of one that was.
    """
    if verb.pos_ not in grammar.VERBS or not modality.is_future(verb):
        return False
    kinds = {sense.type for sense in lexicon.entries(noun)} - {None}
    return bool(kinds) and kinds <= _ARRANGED


def _is_denied(claim: Token, verb: Token) -> bool:
    """Whether a verb denies a claim, and not that it was made: "denied an accusation that", "rejects the charge of"."""
    about = grammar.that_clauses(claim) or grammar.objects_of(claim, "of", "by", "from")
    return bool(about) and embedding.effect(verb, "claim") == "denied"


def _is_of_a_kind(noun: Token, verb: Token) -> bool:
    """Whether a bare plural in the present names deeds of a kind: "the treaty covers attacks on ships"."""
    if verb.tag_ not in {"VBZ", "VBP"} or noun.tag_ != "NNS" or _lends(verb, "obj"):
        return False
    told = lexicon.lemma(verb) in lexicon.nouns("undergo") or any(c.dep_ == "aux" for c in verb.children)
    return not told and not any(c.dep_ in {"det", "poss", "nummod"} for c in noun.children)


def _lends(verb: Token, relation: str) -> bool:
    """Whether `verb` only says that the deed took place: "held talks", "the attack occurred", "is under attack"."""
    name = lexicon.lemma(verb)
    if relation == "subj" and name == "be" and any(c.dep_ == "acomp" for c in verb.children):
        return False  # "the arrests were motivated by": taken for granted where they are known
    if relation == "into" and name == "draw":
        return False  # "refuses to be drawn into the war": it is fought whoever is
    if relation in {"obj", "attr", "in", "into", "on", "under"}:
        return (
            name in lexicon.nouns("light") | lexicon.nouns("cause")
            or verb.pos_ == "AUX"
            or name in {"be", "come", "go", "put", "place"}
            or (relation != "obj" and name in {"enter", "engage", "participate", "mediate"})
        )
    return relation == "subj" and (name in lexicon.nouns("occur") or name == "be")


def _is_given(noun: Token) -> bool:
    """Whether a phrase points at something known: "the attack", "Iran's attack"."""
    return any(c.dep_ == "poss" or (c.dep_ in {"det", "amod"} and c.lower_ in _GIVEN) for c in noun.children)
