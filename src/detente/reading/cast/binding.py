"""What the grammar around a pronoun says of whom it means: whom it cannot mean, and whether it stands for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS, conjuncts, is_infinitive, surface_subject
from detente.reading.cast.discourse import SUBJECTS, Discourse
from detente.reading.cast.speakers import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})
_AROUND: Final = frozenset("behind beside around near inside".split())
_JUDGING: Final = frozenset(
    """accuse admonish applaud arrest attack award berate blame castigate censure charge chide commend condemn
    congratulate convict criticise criticize deride denounce dismiss fault fine fire forgive grill honour honor jail
    lambast lambaste mock pardon praise prosecute punish rebuke reprimand ridicule sack scold slam sue suspect thank
    upbraid remind""".split()
)
"""Verbs that are done to somebody for what he has or does."""
_WILLING: Final = frozenset(
    "ready willing unwilling prepared unprepared determined eager keen reluctant committed anxious".split()
)
"""What only somebody is, so that "it" is no clause: "it was ready to mediate"."""
_LINKING: Final = frozenset({"be", "seem", "appear", "remain", "become", "take", "happen", "turn", "rain", "snow"})
_OF_FACTS: Final = frozenset(
    """clear likely possible unlikely impossible late early true unclear necessary important hard easy time day night
    difficult good bad better best sad wrong right fine too enough over unfair worse great""".split()
)
"""What is said of facts, so that "it" is one."""
_OF_DEEDS: Final = frozenset({"amount", "constitute", "entail", "imply"})
"""Verbs of which only deeds, plans and words are subjects."""
_SHARED: Final = frozenset(
    """relationship relation tie border frontier rivalry friendship marriage divorce alliance partnership feud quarrel
    encounter romance courtship rapprochement""".split()
)
"""Nouns of what two have with each other."""
_RESULTING: Final = frozenset("allow bring cause cost earn force give grant leave let make put send set".split())
"""Verbs whose participle says what an event has led to: its subject is the event."""
_TAKEN: Final = frozenset(
    """accept adopt approve back condemn criticise criticize defend denounce endorse oppose praise ratify receive reject
    sign support welcome""".split()
)
"""Verbs of which plans and deeds are objects as easily as actors are."""
_OPPOSING: Final = frozenset("demonstrate protest vote march rally speak".split())
_BACK: Final = 3
"""Sentences before a pronoun in which what it stands for is looked for."""
_PAPERS: Final = frozenset(
    """accord agreement announcement arrangement attack boycott bombing ceasefire cease-fire compromise concession deal
    decision declaration demand document draft extension framework idea initiative invasion invitation journey letter
    measure meeting memorandum move offer pact plan policy proposal protocol raid referendum request resolution sanction
    settlement statement strike summit treaty trip truce vote visit withdrawal""".split()
)
"""What is supported, condemned or received and is no actor."""
_WRITTEN: Final = frozenset(
    "document draft invitation letter memorandum message offer plan proposal protocol report request resolution".split()
)
"""What is received and is no guest."""
_CAUSING: Final = _JUDGING | frozenset("question doubt investigate criticize hate fear admire envy mock tease".split())
"""Verbs that are done to somebody because of what he is or does (Garvey & Caramazza's implicit causality)."""
_OF_THINGS: Final = frozenset(
    """be become have include contain cost fail work happen occur begin start end last continue remain seem appear mean
    show come go take make cause lead help allow provide require involve apply expire pass collapse fall rise grow
    carry stand lie follow result arise get need run""".split()
)
"""Verbs of which plans and treaties are subjects as easily as actors are."""


def barred(discourse: Discourse, token: Token) -> set[str]:
    """The actors that a pronoun cannot mean: what else its verb takes, what is named after it below it, and the very
    noun that it possesses ("Ana Duarte, his deputy")."""
    if token.lower_ in REFLEXIVE:
        return set()
    nouns = _possessed(token) if token.dep_ == "poss" else _beside(discourse, token)
    return {actor for noun in nouns for actor in discourse.casting.heads.get(noun.i, ())}


def _possessed(token: Token) -> Iterator[Token]:
    """What a possessive pronoun possesses, under each of its names."""
    noun = token.head
    yield noun
    yield from (child for child in noun.children if child.dep_ == "appos")
    if noun.dep_ in {"appos", "compound", "nmod"}:
        yield noun.head
    if noun.dep_ == "attr":
        yield from (child for child in noun.head.children if child.dep_ in SUBJECTS)  # "Ana Duarte is his wife"


def _beside(discourse: Discourse, token: Token) -> Iterator[Token]:
    """The other arguments of the verb of a pronoun, and for a subject all that is named below it."""
    at = token
    while at.dep_ in {"conj", "pobj", "prep", "agent", "dative"} and at.head != at and at.pos_ not in VERBS:
        if at.dep_ == "conj":
            yield at.head
        at = at.head
    verb = at if at.pos_ in VERBS else at.head
    if verb.pos_ not in VERBS or (token.dep_ == "pobj" and token.head.lower_ in _AROUND):
        return  # "Korp saw a car behind him": a place may take up the subject
    for child in verb.children:
        doubled = child.dep_ in SUBJECTS and token.dep_ in SUBJECTS  # "again the nominee, she …"
        if child.i != token.i and child.dep_ in {*SUBJECTS, "dobj", "dative"} and not doubled:
            yield from conjuncts(child)
            yield from (noun for noun in child.children if noun.dep_ == "appos")
    if token.dep_ in SUBJECTS:
        yield from _below(discourse, token, verb)
    elif verb.dep_ != "advcl" or (verb.tag_ == "VBG" and verb.lemma_ not in _RESULTING):
        # "admires Korp, comparing him to …"; but "has won, giving him …"
        subject = surface_subject(verb)
        if subject is not None and subject != token:
            yield subject
        writer = _writer(verb)
        if writer is not None:
            yield from conjuncts(writer)


def _writer(verb: Token) -> Token | None:
    """Who writes or sends what a participle tells more of: "sent Duarte a letter asking him to", "a letter to Duarte
    asking him to", which the parse hangs on Duarte.
    """
    noun = verb.head
    while noun.dep_ in {"pobj", "prep", "appos", "conj"}:
        noun = noun.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or noun.lemma_ not in _WRITTEN or noun.dep_ != "dobj":
        return None
    return surface_subject(noun.head)


def _below(discourse: Discourse, token: Token, verb: Token) -> Iterator[Token]:
    """What is named after a subject in its clause, and who wants that it should do something."""
    bare = verb.tag_ == "VB" or (verb.tag_ == "VBP" and token.lower_ in {"he", "she", "it"})
    if bare and verb.dep_ == "ccomp" and not any(child.dep_ == "aux" for child in verb.children):
        above = surface_subject(verb.head)  # "suggested that he resign": not he who suggests it
        if above is not None:
            yield above
    for inner in verb.subtree:
        if inner.i > token.i and inner.pos_ != "PRON" and inner.i in discourse.casting.spans:
            yield inner


def is_of_paper(token: Token) -> bool:
    """Whether "it" or "them" may be a plan or a deed of which the text has just spoken: "Mali supported it".

    Whoever else is spoken of may be meant as well, so that it is taken to stand for nobody.
    """
    verb = token.head
    opposed = token.dep_ == "pobj" and verb.lower_ == "against" and verb.head.lemma_ in _OPPOSING
    if not opposed and (token.dep_ != "dobj" or verb.lemma_ not in _TAKEN):
        return False
    first = token.sent.start
    for _ in range(_BACK):
        first = token.doc[first - 1].sent.start if first else first
    plural = token.lower_ == "them"
    papers = _WRITTEN if verb.lemma_ == "receive" else _PAPERS
    return any(
        noun.lemma_.lower() in papers
        and noun.pos_ == "NOUN"
        and (noun.tag_ == "NNS") == plural
        and noun.dep_ in {*SUBJECTS, "dobj", "pobj", "conj", "attr"}
        for noun in token.doc[first : token.i]
    )


def near_subject(token: Token) -> Token | None:
    """The subject that a pronoun most likely takes up: of the clause above its own, else of the sentence before."""
    at = token
    if token.dep_ not in {*SUBJECTS, "poss"}:
        while at.head != at and at.pos_ not in VERBS:
            at = at.head  # what it is the object of has another subject
    while at.head != at:
        at = at.head
        for child in at.children:
            first = child.dep_ in {"ccomp", "parataxis"} and not any(c.dep_ == "mark" for c in child.children)
            if child.i < token.i and (child.dep_ == "advcl" or first):
                child = next((c for c in child.children if c.dep_ in SUBJECTS), child)
            if child.dep_ in SUBJECTS and child.i < token.i and child.pos_ != "PRON":
                return child
    start = token.sent.start
    if start == 0:
        return None
    before = token.doc[start - 1].sent
    return next((c for c in before.root.children if c.dep_ in SUBJECTS and c.pos_ != "PRON"), None)


def object_before(token: Token) -> Token | None:
    """The object of the verb with which the pronoun's own is coordinated: "besiege the town and take it"."""
    verb = token.head
    if token.dep_ not in {"dobj", "dative"} or verb.dep_ != "conj" or verb.head.pos_ not in VERBS:
        return None
    return next((child for child in verb.head.children if child.dep_ == "dobj"), None)


def judged(token: Token) -> Token | None:
    """Whom a possessor goes back to that says what for: "criticised Korp for his silence"."""
    at = token
    while at.head != at and at.dep_ in {"poss", "pobj", "dobj", "pcomp", "conj"}:
        at = at.head
    if at.dep_ != "prep" or at.lower_ not in {"for", "over", "of"}:
        return None
    if at.head.dep_ == "dobj" and at.head.head.lemma_ in _JUDGING and at.lower_ == "of":
        return at.head  # "accused the rebels of hiding their arms": the parse hangs it on either
    if at.head.lemma_ not in _JUDGING:
        return None
    return next((child for child in at.head.children if child.dep_ in {"dobj", "nsubjpass"}), None)


def blamed(token: Token) -> Token | None:
    """Whom the subject of a reason most likely takes up: "questioned Korp's loyalty because he …"."""
    clause = token.head
    verb = clause.head
    while verb.lemma_ not in _CAUSING and verb.dep_ in {"acl", "xcomp", "dobj", "prep", "pobj"}:
        verb = verb.head  # "questioned Korp's right to run because he …"
    reason = token.dep_ in SUBJECTS and clause.dep_ == "advcl" and verb.lemma_ in _CAUSING
    if not reason or not any(c.dep_ == "mark" and c.lower_ == "because" for c in clause.children):
        return None
    whom = next((child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    owner = next((child for child in whom.children if child.dep_ == "poss"), None) if whom is not None else None
    return owner or whom


def is_empty(token: Token) -> bool:
    """Whether "it" stands for nothing or for a clause: "it is useless to …", "it seems that …"."""
    verb = token.head
    if token.dep_ == "expl" or (token.dep_ == "dobj" and verb.lemma_ in SPEAKING | {"do", "mean", "play"}):
        return True  # "Denied it": the claim.
    if token.dep_ in SUBJECTS and verb.lemma_ in _OF_DEEDS:
        return True  # "rejected the plan, saying that it amounted to surrender"
    if token.dep_ not in SUBJECTS or verb.lemma_ not in _LINKING:
        return False
    # "it takes years to", but not "it would take measures if"
    said = [verb, *(c for c in verb.children if c.dep_ in {"acomp", "attr"})]
    if any(at.lemma_ in _WILLING for at in said):
        return False
    clauses = {"ccomp", "xcomp", "csubj", "relcl", "acl"}
    if any(c.dep_ in clauses or (c.dep_ == "advcl" and is_infinitive(c)) for at in said for c in at.children):
        return True
    # "It is late"; but "the court met; it was unanimous"
    return verb.lemma_ == "be" and (near_subject(token) is None or any(at.lemma_ in _OF_FACTS for at in said[1:]))


def is_mutual(token: Token) -> bool:
    """Whether what "they" do is done to each other, or by both, or what they have is had with another."""
    if token.dep_ == "poss":
        return token.head.lemma_.lower() in _SHARED
    words = [inner.lower_ for inner in token.head.subtree]
    pairs = {("each", "other"), ("one", "another"), ("they", "both")}
    return token.dep_ in SUBJECTS and any(pair in pairs for pair in pairwise(words))


def is_doer(token: Token) -> bool:
    """Whether a pronoun is the subject of a verb that takes a doer."""
    return token.dep_ == "nsubj" and token.head.pos_ == "VERB" and token.head.lemma_ not in _OF_THINGS
