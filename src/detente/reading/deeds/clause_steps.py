"""From the verb of a clause, or a preposition, up to the word above it: what that makes of a deed in the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import embedding, lexicon, modality, standing, subjects
from detente.reading.deeds.embedding import Effect
from detente.reading.deeds.modality import Layer, Step

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATES: Final = frozenset(
    "have do know want need mean believe like belong exist remain control hold stand lie face".split()
)
"""Verbs that tell how things are, in the present whatever stands before them."""
_TIME_MARKS: Final = frozenset({"when", "after", "as", "once", "before", "until", "while"})
_SAID_OF_CLAIMS: Final = frozenset(
    """make level raise repeat face deny reject dismiss voice refuse ignore accept dispute contest resist oppose grant
    endorse support echo ridicule""".split()
)
_MEANS: Final = frozenset({"by", "through", "via"})
_OPEN: Final = frozenset({"hypothetical", "future", "would", "obliged", "conditional"})
_WISHING: Final = frozenset({"want", "need", "order"})
_DOUBTS: Final = frozenset({"doubt", "doubtful", "dispute", "question", "contest"})
_EMBEDDED: Final = frozenset({"ccomp", "xcomp", "pcomp", "acl", "acomp", "csubj", "parataxis"})
_OF_ANOTHER: Final = Effect("hypothetical", "expected of another")
_AS_LONG: Final = Effect("conditional", "“as long as”")
_PROVIDED: Final = Effect("conditional", "“provided that”")
_SHORT_OF: Final = Effect("negated", "“short of”: it was not done")
_INSTEAD: Final = Effect("negated", "“instead of”: it was not done")
_YET_TO: Final = Effect("negated", "“yet to”: it is still to come")
_WHETHER: Final = Effect("hypothetical", "whether it is so is left open")
_UNKNOWN: Final = {
    "to": Effect("hypothetical", "an infinitive under a word that no row knows"),
    "that": Effect("said", "a clause under a word that no row knows"),
}
"""What a word without a row does to the clause that completes it."""
_OF_ONES_OWN: Final = Effect("hypothetical", "no other is asked: a deed that one wants to do oneself")
_GOING_THERE: Final = Effect("purpose", "going somewhere to do it")
_WHAT_FOR: Final = Effect("purpose", "an infinitive that tells what for")
_INVERTED: Final = Effect("conditional", "an auxiliary before its subject makes a condition")
_DEADLINE: Final = Effect("demanded", "who gives another a time to do it demands it")
_GETTING_READY: Final = Effect("planned", "“getting ready to”")
_NOT_GUILTY: Final = Effect("denied", "a plea of “not guilty”")
_FAR_FROM: Final = Effect("negated", "“far from”: it was not done")
_NOT_TOLD: Final = Effect("hypothetical", "it is not told or not thought that it was done")
WHEN: Final = Effect("conditional", "a time that is still to come")
PHRASED: Final = Effect("conditional", "words that make a condition: “in the event that”, “on condition that”")
_NOT_BEFORE: Final = Effect("conditional", "“before … would”: it is held back until then")
_WHEN_ASKED: Final = Effect("conditional", "a question about a time that is still to come")
_BEFORE_SPEECH: Final = Effect("said", "a clause before its verb of saying")


def prepositional(preposition: Token) -> Step:
    """From a clause that is the object of a preposition to what that completes."""
    above, name = subjects.first_preposition(preposition).head, preposition.lower_
    is_party = above.dep_ in {"dobj", "nsubjpass"} and embedding.effect(above, name) is None
    if is_party and embedding.effect(above.head, name) in {"alleged", "denied", "negated"}:
        above = above.head  # "acquitted two Danes of spying": the parse hangs "of" on the accused
    if above.lower_ == "guilty" and name in {"to", "of"} and above.head.lemma_ == "plead":
        denied = modality.is_negated(above) or modality.is_negated(above.head)
        return Step(above.head, (Layer(_NOT_GUILTY, above),) if denied else (), given=True)
    if above.lower_ == "far" and name == "from":
        return Step(above, (Layer(_FAR_FROM, above),), given=True)
    if embedding.effect(above, name) is None:
        for topic in (t for c in above.children if c.dep_ == "prep" and c.i < preposition.i for t in c.children):
            # "went on trial for", "is under investigation for"
            if topic.dep_ == "pobj" and embedding.effect(topic, name) == "alleged":
                return _embedded(topic, name, preposition)
    return _embedded(above, name, preposition)


def clausal(verb: Token) -> Step:
    """From the verb (or adjective) of a clause to what the clause hangs on."""
    head, relation = verb.head, verb.dep_
    condition = _condition_at(verb)
    if condition is not None:
        return Step(head, (condition,), given=True)
    if relation == "advcl" and head.lower_ == "long":
        return Step(head, (Layer(_AS_LONG, head),), given=True)  # "as long as they agree"
    if relation == "ccomp" and head.dep_ == "conj" and grammar.is_said_of_claim(head):
        # "dismissed a charge by Togo, made on Monday, that it had fired"
        claims = [c for c in head.head.children if verb in grammar.that_clauses(c)]
        if claims:
            return _embedded(claims[0], "that", None)
    if relation == "conj":
        lost = _verb_above(verb)
        if lost is not None:
            return Step(lost, tuple(modality.shared(verb, lost)))
        if grammar.is_stray(verb) and embedding.effect(head, "to") is not None:
            return _embedded(head, "to", None)
        return Step(head, tuple(modality.shared(verb, head)))
    is_about_noun = embedding.effect(head, "acl") is not None or embedding.effect(head, "that") is not None
    if relation == "acl" and _is_that_clause(verb) and not is_about_noun:
        # "it was alleged at the inquest that": the parse hangs the clause on the nearest noun
        above, _ = standing.governor(head)
        if above.pos_ in grammar.VERBS and embedding.effect(above, "that") is not None:
            return _embedded(above, "that", None)
    if relation in {"relcl", "acl"} and head.lemma_ in grammar.TIMES and _is_one_of_a_row(head):
        return Step(head, given=True)  # "the first time that envoys have been abducted"
    if relation in {"relcl", "acl"} and _is_content(verb):
        return _embedded(head, "acl" if embedding.effect(head, "acl") is not None else "that", None)
    if relation == "advcl" and _is_that_clause(verb) and embedding.effect(head, "that") is not None:
        return _embedded(head, "that", None)
    if relation == "relcl" and grammar.is_infinitive(verb) and not _is_one_of_a_row(head):
        return _embedded(head, "to", None)  # "saw no reason to meet", "legislation to expel"
    if relation in {"relcl", "advcl"} or (relation == "acl" and not grammar.is_infinitive(verb) and verb.tag_ != "VB"):
        return _adjunct_step(verb)
    if relation in {"ccomp", "parataxis"} and any(
        t.text == ";" for t in verb.doc[min(verb.i, head.i) : max(verb.i, head.i)]
    ):
        return Step(head, given=True)
    if relation == "ccomp" and any(c.lower_ in {"why", "how"} and c.dep_ == "advmod" for c in verb.children):
        return Step(head, given=True)  # "asked to explain why they refused"
    if relation == "pcomp" and head.lower_ == "of" and any(c.lower_ == "short" for c in head.head.children):
        return Step(head, (Layer(_SHORT_OF, head),), given=True)  # "stopped short of asking"
    if relation == "pcomp" and any(c.lower_ == "instead" for c in head.children):
        return Step(head, (Layer(_INSTEAD, head),), given=True)  # "instead of attacking"
    if relation == "pcomp" and head.lower_ == "from" and any(c.lower_ == "far" for c in head.children):
        return Step(head, (Layer(_FAR_FROM, head),), given=True)  # "far from having agreed"
    if relation == "pcomp" and any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        return Step(head, (Layer(_WHETHER, head),), given=True)  # "pressed on whether it would sign"
    if relation == "pcomp" or (relation == "prep" and head.dep_ != "prep"):
        if relation == "prep" or subjects.first_preposition(head).head == head:
            return Step(head, tuple(modality.own(head)))
        return prepositional(head)
    if relation == "amod":
        return Step(head, given=True)
    if _is_yet_to(verb):
        return Step(head, (Layer(_YET_TO, head),))
    if relation == "csubj":
        step = _embedded(head, _link(verb), None)
        # "bombing them is not going to help" denies that it helps
        return Step(step.above, tuple(o for o in step.layers if o.effect != "negated"), step.given)
    if relation in _EMBEDDED or head.pos_ in grammar.VERBS:
        return _embedded(head, _link(verb), None)
    return Step(head)


def _is_one_of_a_row(noun: Token) -> bool:
    """Whether a noun is told apart by what it was the first, the last or the only one to do."""
    return any(
        c.tag_ in {"JJS", "RBS"} or c.ent_type_ == "ORDINAL" or c.lower_ in {"first", "last", "only", "latest"}
        for c in noun.children
    )


def _is_that_clause(verb: Token) -> bool:
    that = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    return that is not None and that.i > 0 and that.nbor(-1).lower_ not in {"so", "now", "such", "given"}


def _condition_at(verb: Token) -> Layer | None:
    """What makes a clause a condition wherever the parse hangs it; a relative or adverbial clause has its own rules."""
    phrase = modality.condition_before(verb)
    if phrase is not None:
        return Layer(PHRASED, phrase)
    if verb.dep_ not in {"ccomp", "xcomp", "conj", "pcomp", "acl", "parataxis"}:
        return None
    for mark in verb.children:
        if mark.dep_ == "mark" and mark.lower_ in {"if", "unless"} and mark.i < verb.i:
            if mark.lower_ == "if" and embedding.effect(verb.head, "whether") is not None:
                return None  # "asked if they had attacked"
            effect = embedding.of_word(mark.lower_, "mark")
            return Layer(effect, mark) if effect is not None else None
    return None


def _verb_above(verb: Token) -> Token | None:
    """The verb with which one is coordinated that the parse hangs on a noun: "had starved the town or bombed it"."""
    at = verb.head
    if verb.pos_ != "VERB" or at.pos_ not in {"NOUN", "PROPN"} or verb.tag_ not in {"VBN", "VBD", "VB"}:
        return None
    while at.pos_ not in grammar.VERBS and at.head != at:
        at = at.head
    return at if at.pos_ in grammar.VERBS and at.i < verb.i else None


def _is_content(clause: Token) -> bool:
    """Whether a clause says what its noun is about ("the claim that it fired") or which ("the claim that he made")."""
    that = next((c for c in clause.children if c.lower_ == "that"), None)
    if that is None:
        return False
    if that.dep_ == "mark":
        return True
    known = embedding.effect(clause.head, "that") or embedding.effect(clause.head, "acl")
    about = known is not None and lexicon.lemma(clause) not in _SAID_OF_CLAIMS
    return about and any(c.dep_ in {"nsubj", "nsubjpass"} and c != that for c in clause.children)


def _is_yet_to(verb: Token) -> bool:
    """Whether a deed is still to come: "has yet to sign"."""
    if not grammar.is_infinitive(verb) or verb.head.lemma_ not in {"have", "be"}:
        return False
    return any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children))


def _link(verb: Token) -> str:
    """How the clause of `verb` hangs on its head."""
    if any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in verb.children):
        return "whether"
    if grammar.is_infinitive(verb):
        return "to"
    if grammar.is_bare_predicate(verb):
        if verb.head.tag_ == "VBN" and verb.head.lemma_ != "find" and embedding.effect(verb.head, "to") == "alleged":
            return "to"  # "is believed captured"; who is found shot was shot
        if verb.head.lemma_ in _WISHING:
            return "to"  # "wants him expelled"
        return (
            "that" if embedding.effect(verb.head, "that") is not None else "made"
        )  # "reported killed", "had him shot"
    if verb.tag_ == "VBG" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return "ing"
    helpers = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ == "VBN" and helpers == ["being"]:
        return "ing"  # "faces being expelled"
    if is_subjunctive(verb):
        return "bare"
    return "that"


def is_subjunctive(verb: Token) -> bool:
    """Whether a finite clause stands in the subjunctive: "insisted that the junta lift the curfew".

    After a verb in the past so does one of many: "insisted that the trawlers leave" (who tells of them says "left").
    """
    if any(c.dep_ == "aux" for c in verb.children):
        return False
    if any(c.dep_ == "auxpass" and c.lower_ == "be" for c in verb.children):
        return True  # "recommended that talks be suspended"
    if verb.tag_ != "VBP" or verb.lower_ != verb.lemma_:
        return verb.tag_ == "VB"
    subjects_of = [c for c in verb.children if c.dep_ == "nsubj"]
    if any(c.tag_ in {"NN", "NNP"} and not c.conjuncts for c in subjects_of):
        return True
    own = any(c.tag_ == "PRP$" for subject in subjects_of for c in subject.children)  # "its forces control"
    many = not own and any(c.tag_ in {"NNS", "NNPS"} or c.conjuncts for c in subjects_of)
    return many and verb.head.tag_ == "VBD" and verb.dep_ == "ccomp" and verb.lemma_ not in _STATES


def _embedded(head: Token, link: str, preposition: Token | None) -> Step:
    """Through the word that a clause completes: its effect, and what stands around itself."""
    effect = embedding.effect(head, link)
    if effect is None and link == "that" and head.lower_ in {"provided", "providing"} and head.dep_ != "ROOT":
        effect = _PROVIDED
    if link == "to" and head.lemma_ == "give" and _is_given_time(head):
        effect = _DEADLINE
    if effect is None and link == "bare":
        effect, link = embedding.effect(head, "that"), "that"
    if effect is None and preposition is not None:
        effect = embedding.of_word(preposition.lower_, "prep")
    if link == "whether":
        # whether it is said or not said, known or not known, leaves it as open
        return Step(head, (Layer(effect if effect == "hypothetical" else _WHETHER, head),), given=True)
    if effect == "offered" and head.lower_ in {"ready", "prepared"} and head.head.lemma_ in {"get", "make"}:
        effect = _GETTING_READY
    if (
        lexicon.lemma(head) in _DOUBTS
        and effect in {"hypothetical", "denied"}
        and link == "that"
        and modality.is_negated(head)
    ):
        return Step(head)  # "nobody doubts that": a fact
    if (
        effect == "hypothetical"
        and head.lemma_ in {"allow", "permit"}
        and grammar.is_passive(head)
        and head.tag_ == "VBN"
    ):
        return Step(head, tuple(modality.own(head)))  # who was allowed to did
    if effect is None and head.lemma_ != "be" and head.pos_ != "AUX":
        effect = _UNKNOWN.get(link)
    if effect == "demanded" and link == "to" and head.pos_ == "VERB" and not _asks_another(head):
        effect = embedding.effect(head, "purpose") or _OF_ONES_OWN  # "wants to join", "called him to apologise"
    if effect == "planned" and head.lemma_ == "expect" and (grammar.is_passive(head) or _asks_another(head)):
        effect = _OF_ANOTHER  # "expects Finland to", "is expected to"
    if effect == "future" and head.lemma_ == "go" and head.tag_ != "VBG":
        effect = _GOING_THERE  # "went to talk"
    if effect == "presupposed":
        return Step(head, given=True)
    if preposition is not None and effect is None:
        # "after attacking", "by killing": told as a fact beside the main clause; what it is done by is put off with it,
        # "may strike by firing", but not denied with it
        means = preposition.lower_ in _MEANS
        shared = tuple(layer for layer in modality.own(head) if means and layer.effect in _OPEN)
        return Step(head, shared, given=not means and preposition.lower_ not in {"in", "of", "into"})
    if link in {"that", "ing", "bare"} and effect in {None, "fact"} and head.pos_ not in {"AUX", "ADJ"}:
        # "did not know that", "regretted attacking": true whatever the main verb's own negation
        factive = effect == "fact" and link == "that"
        return Step(head, () if factive else tuple(modality.own(head)), given=factive)
    crossed = (Layer(effect, head),) if effect not in {None, "fact"} else ()
    around: list[Layer] = list(modality.own(head))
    if link == "that" and effect in {"said", "suggested", "hypothetical", "alleged"} and head.pos_ == "VERB":
        # "nothing suggests that": what is not told is not told to be untrue
        around = [Layer(_NOT_TOLD, layer.token) if layer.effect == "negated" else layer for layer in around]
    return Step(head, (*crossed, *around))


def _asks_another(verb: Token) -> bool:
    """Whether a verb of asking names whom it asks: "urged Oman to", "called on Oman to", "want Oman to"."""
    if verb.lemma_ == "call":
        return any(child.lower_ in {"on", "upon", "for"} for child in verb.children)
    return any(
        child.dep_ in {"dobj", "dative", "nsubjpass", "prep"}
        or (child.dep_ in {"ccomp", "xcomp"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children))
        for child in verb.children
    )


def _adjunct_step(verb: Token) -> Step:
    """Out of a relative or adverbial clause: a condition, a purpose, or something told beside the main clause."""
    head = verb.head
    marks = [c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i]
    for mark in marks:
        effect = embedding.of_word(mark.lower_, "mark")
        if effect is not None and mark.dep_ == "mark":
            return Step(head, (Layer(effect, mark),), given=True)
    is_moment = head.dep_ == "npadvmod" and lexicon.lemma(head) in grammar.TIMES
    if is_moment and verb.dep_ == "relcl" and modality.is_future(head.head) and not _is_past(verb):
        return Step(head, (Layer(WHEN, verb),), given=True)  # "the moment it attacks, they will"
    if verb.dep_ == "advcl":
        helpers = [c for c in verb.children if c.dep_ == "aux"]
        if any(h.lower_ in modality.INVERTED for h in helpers) and modality.is_inverted(verb):
            return Step(head, (Layer(_INVERTED, helpers[0]),), given=True)
        if grammar.is_infinitive(verb):
            if head.tag_ == "VBD" and _has_outcome(verb):
                return Step(head, tuple(modality.own(head)))
            asked = head.pos_ == "VERB" and embedding.effect(head, "to") == "demanded" and bool(grammar.asked_by(head))
            wished = any(m.lower_ == "for" for m in marks)  # "is calling for the ban to be lifted"
            effect = embedding.effect(head, "for") if wished else None
            effect = effect or (embedding.effect(head, "purpose") if not asked else None)
            effect = effect or embedding.effect(head, "to") or _WHAT_FOR
            if head.lemma_ == "give" and _is_given_time(head):
                effect = _DEADLINE
            crossed = () if effect == "fact" else (Layer(effect, head),)
            return Step(head, (*crossed, *modality.own(head)))
        is_now = verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        if any(m.lower_ in _TIME_MARKS for m in marks) and verb.tag_ in {"VBZ", "VBP"} and modality.is_future(head):
            return Step(head, (Layer(WHEN, verb),), given=True)
        if any(m.lower_ == "before" for m in marks) and _is_still_to_come(verb):
            return Step(head, (Layer(WHEN, verb),), given=True)
        if is_now and any(m.lower_ in _TIME_MARKS and any(c.lower_ == "only" for c in m.children) for m in marks):
            return Step(head, (Layer(WHEN, verb),), given=True)
        if is_now and any(m.lower_ == "when" for m in marks) and modality.is_question(head, verb):
            return Step(head, (Layer(_WHEN_ASKED, verb),), given=True)
        if any(m.lower_ == "before" for m in marks) and modality.is_future(verb):
            return Step(head, (Layer(_NOT_BEFORE, verb),), given=True)
        if verb.tag_ == "VBG" and not marks and not any(c.dep_ == "nsubj" for c in verb.children):
            if embedding.effect(head, "ing") is not None and not any(t.text == "," for t in verb.doc[head.i : verb.i]):
                return _embedded(head, "ing", None)  # "ruled out sending troops"
            for earlier in head.children:
                # "accused it of burning villages, killing farmers": the parse hangs the second on accused
                if earlier.dep_ == "prep" and earlier.i < verb.i and any(c.dep_ == "pcomp" for c in earlier.children):
                    return _embedded(head, earlier.lower_, earlier)
            # "withdrew, ending the war": as real as the main clause, but not denied with it
            beside = verb.i > head.i and any(t.text == "," for t in verb.doc[head.i : verb.i])
            return Step(head, tuple(o for o in modality.own(head) if not beside or o.effect != "negated"))
        if _is_speech(head) and verb.i < head.i and not marks:
            return Step(head, (Layer(_BEFORE_SPEECH, head), *modality.own(head)))
    if lexicon.lemma(head) in lexicon.nouns("claim") and embedding.effect(verb, "that") in {"said", "alleged"}:
        return Step(head, tuple(modality.own(verb)))  # "a dispatch which claimed that": what becomes of it counts
    return Step(head, given=True)


def _is_still_to_come(verb: Token) -> bool:
    """Whether a clause after "before" stands in the present: "before any prisoner is freed" tells of none who was."""
    finite = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}] or [verb]
    return finite[0].tag_ in {"VBZ", "VBP"}


def _is_past(verb: Token) -> bool:
    finite = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}] or [verb]
    return any(t.tag_ == "VBD" for t in finite)


def _has_outcome(verb: Token) -> bool:
    """Whether a participle tells what came of a deed, which then was done: "flew in to bomb the camp, killing two"."""
    for clause in (*verb.children, *verb.head.children):
        result = clause.dep_ == "advcl" and clause.tag_ == "VBG" and clause.i > verb.i
        if result and clause.nbor(-1).text == "," and lexicon.is_hostile(clause):
            return not any(c.dep_ == "mark" for c in clause.children)
    return False


def _is_given_time(verb: Token) -> bool:
    """Whether somebody is given a time: "gave the crews until May", "gave them two weeks"."""
    return any(
        (c.dep_ == "prep" and c.lower_ in {"until", "till"})
        or (c.dep_ in {"dobj", "npadvmod"} and lexicon.lemma(c) in grammar.TIMES)
        for c in verb.children
    )


def _is_speech(verb: Token) -> bool:
    return embedding.of_word(lexicon.lemma(verb), "any") == "said"
