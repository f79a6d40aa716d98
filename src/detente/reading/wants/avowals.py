"""Positions that a statement takes by its own words: "you must leave", "we will not accept that", "only if …".

No word names the position there; the mood of the statement's clauses does, and the speaker takes it. Only clauses in
the speaker's name count: a forecast about others is no position.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.statements import Saying, Sayings
from detente.reading.wants import bids, hinges, predicates, wording
from detente.reading.wants.bids import Bid

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FIRST_PERSON: Final = frozenset({"i", "we", "us", "our", "my", "me", "ours", "mine"})
_OBLIGATION: Final = frozenset({"must", "should", "ought"})
_WILL: Final = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d"})
_NOT: Final = frozenset({"not", "n't", "n’t", "never", "cannot", "no", "neither", "nor"})
_PLAIN: Final = frozenset({"state", "demand", "request", "warn", "offer", "promise", "refuse", "agree", "threaten"})
"""Acts of statements whose clauses are the speaker's own will; in a prediction or a question they are not."""

_DIRECTING: Final = frozenset({"state", "demand", "request", "warn"})
"""Acts of statements in which "must" asks for something."""

_UNWILLED: Final = frozenset(
    """be have know see say comment happen like love think believe expect forget remember want need seem become mean
    matter deny tell go get do feel hear find lose win defeat solve succeed achieve reach""".split()
)
"""Verbs whose negated future is no refusal."""

_KEPT: Final = frozenset(
    """withdraw release lift send provide give deliver supply support back help assist aid end stop halt cease join sign
    ratify return allow open reopen resume talk negotiate meet respect honour honor implement accept recognise
    recognize pay build rebuild restore protect defend cut reduce free grant extend ease pull vacate suspend pause
    dismantle repeal abide comply cooperate disarm evacuate compensate hand host""".split()
)
"""Verbs whose future, said of oneself, is a promise."""

_NOTHING: Final = frozenset({"nothing", "none", "nobody", "neither"})
_SPARING: Final = frozenset({"spare", "lose", "waste", "leave", "stop", "brook"})
"""Verbs that with "no" tell how much somebody will do: "will spare no effort"."""

_ABLE: Final = frozenset({"can", "ca", "could", "cannot"})
_BORNE: Final = frozenset(
    """accept agree tolerate support allow permit recognise recognize sign endorse approve consent countenance condone
    ratify acquiesce""".split()
)
"""Verbs that with "cannot" tell what somebody will not have."""

_HAD: Final = frozenset({"guarantee", "assurance", "concession", "protection", "compensation", "recognition"})
_ENDED: Final = frozenset({"end", "stop", "halt", "cease", "cut", "reduce", "suspend", "pause", "withdraw"})

_ISSUES: Final = frozenset(
    """step decision response action move withdrawal resumption progress return normalisation normalization future
    settlement peace ceasefire truce outcome lifting release sanction""".split()
)
"""Things that can hinge on something in a position; what else "depends" is a state of affairs."""


def find(saying: Saying, doc: Doc, cast: Cast, sayings: Sayings) -> Iterator[tuple[Bid, Token | None]]:
    """The positions in a statement's content, each with the head of its condition where the grammar shows one."""
    source = saying.record.source
    if source is None or source.actor is None or saying.record.act not in _PLAIN:
        return
    own = allegiance.side(source.actor, cast)
    official = _is_an_official_of_nobody(source.actor, cast)
    for i in sorted(saying.content):
        verb = doc[i]
        if _is_lost_verb(verb) and sayings.around(verb) == saying:
            yield from _hinging(verb)
        if verb.pos_ not in grammar.VERBS or verb.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
            continue
        innermost = sayings.around(verb)
        if innermost is None or innermost.content != saying.content or not _heads_content(verb, saying):
            continue
        yield from _clause(verb, own, cast, directs=saying.record.act in _DIRECTING, official=official)


def _clause(
    verb: Token, own: frozenset[str], cast: Cast, *, directs: bool, official: bool
) -> Iterator[tuple[Bid, Token | None]]:
    subject = _subject(verb)
    if subject is None or any(c.dep_ == "aux" and c.i < subject.i for c in verb.children):
        return  # "should Niger agree" is a condition, "will it leave" a question
    helpers = _helpers(verb)
    # "Will not mine and would support a ban": what has helpers of its own is negated by itself.
    begun = verb.head.i + 1 if verb.dep_ == "conj" and grammar.auxiliaries(verb) else subject.left_edge.i
    negated = any(t.lower_ in _NOT for t in verb.doc[begun : verb.i])
    is_own = subject.lower_ in FIRST_PERSON or bool(own & set(cast.at(subject)))
    owners = (subject,) if is_own else ()
    if helpers & _OBLIGATION:
        others = [] if is_own else [s for s in grammar.conjuncts(subject) if _is_of_a_country(s, cast)]
        if directs and others and subject.pos_ != "PRON" and "have" not in helpers and verb.lemma_ != "be":
            yield Bid("demand", verb, (), tuple(others), (verb,), because="what another must do is demanded"), None
    elif (is_own or (official and _is_of_a_state(subject, cast))) and helpers & _WILL:
        owners = (subject,)
        restriction = _restriction(verb)
        none = _none_undergo(verb)
        if none is not None:
            if not negated and lexicon.lemma(verb) not in _UNWILLED | _SPARING:
                named = tuple(noun for noun in none if bids.none_of(noun) is not None)
                reason = "one's own deed that will be done to none of them"
                if named:
                    yield Bid("refuse", verb, owners, (), named, True, because=reason), None
        elif restriction is not None and not negated:
            yield Bid("condition", verb, owners, (), (verb,), because="one's own deed, and “only if”"), restriction
        elif negated and lexicon.lemma(verb) not in _UNWILLED and not grammar.is_passive(verb):
            yield Bid("refuse", verb, owners, (), (verb,), True, because="one's own deed that will not be"), None
        elif not negated and predicates.stands_against(verb) and (opposed := _opposed(verb)):
            yield Bid("oppose", verb, owners, (), opposed, because="one's own stand against it that will be"), None
        elif not negated and lexicon.lemma(verb) in _KEPT and "have" not in helpers and not _is_threat(verb):
            yield Bid("promise", verb, owners, (), (verb,), because="one's own deed that will be"), None
    elif is_own and negated and helpers & _ABLE and lexicon.lemma(verb) in _BORNE and not grammar.is_passive(verb):
        yield Bid("refuse", verb, (subject,), (), (verb,), True, because="what one says one cannot accept"), None
    elif is_own and not negated and not helpers and lexicon.lemma(verb) == "need" and (needed := _needed(verb)):
        yield Bid("demand", verb, (subject,), (), needed, because="what one says that one needs is demanded"), None
    elif subject.pos_ != "PRON" and not grammar.is_negated(verb) and predicates.ruled_out(verb):
        yield Bid("refuse", verb, (), (), (subject,), because="what cannot be is refused"), None
    elif not negated and not cast.at(subject):
        grounds = hinges.grounds(verb)
        if grounds and (lexicon.lemma(subject) in _ISSUES | lexicon.nouns("talks") | lexicon.nouns("pact")):
            yield (
                Bid("condition", verb, (), (), (subject,), because="one thing hinges on another"),
                grounds[0],
            )


def _none_undergo(verb: Token) -> tuple[Token, ...] | None:
    """The objects of a verb where there are none of them: "will accept no inspectors", "will sign nothing".

    None where no such word stands there: the deed itself will be done.
    """
    things = (*grammar.undergoers(verb), *grammar.objects_of(verb, "to", "in", "with", "for"))
    found = tuple(t for t in things if t.lower_ in _NOTHING or bids.none_of(t) is not None)
    return found or None


def _needed(verb: Token) -> tuple[Token, ...]:
    """What can be had from others among the objects of "need"."""
    things = lexicon.nouns("aid") | lexicon.nouns("arms") | lexicon.nouns("force") | lexicon.nouns("truce") | _HAD
    return tuple(noun for noun in grammar.undergoers(verb) if lexicon.lemma(noun) in things)


def _opposed(verb: Token) -> tuple[Token, ...]:
    things = grammar.undergoers(verb) or grammar.objects_of(verb, "to", "against")
    return tuple(thing for thing in things if thing.pos_ in {"NOUN", "PROPN"})


def _is_threat(verb: Token) -> bool:
    """Whether something good is to end on a condition: "we will end our aid if …"."""
    good = lexicon.nouns("aid") | lexicon.nouns("relation") | lexicon.nouns("talks")
    ends = lexicon.lemma(verb) in _ENDED and any(lexicon.lemma(noun) in good for noun in grammar.undergoers(verb))
    clauses = [verb.head] if verb.dep_ == "ccomp" else []  # the condition may come out on top
    return ends and any(wording.is_conditional(c) for c in (*verb.children, *clauses) if c.dep_ != "aux")


def _is_lost_verb(token: Token) -> bool:
    """Whether it is a "hinges" that the tagger takes for a noun, which it does before "on" as a rule."""
    return token.lower_ == "hinges" and token.pos_ == "NOUN" and token.nbor(1).lower_ in {"on", "upon"}


def _hinging(lost: Token) -> Iterator[tuple[Bid, Token | None]]:
    grounds = [c for c in lost.nbor(1).children if c.dep_ == "pobj"]
    subject = next((c for c in lost.children if c.dep_ == "nsubj"), lost)
    while subject.head.i < subject.i and subject.head != subject and subject.head.pos_ not in grammar.VERBS:
        subject = subject.head
    if (
        grounds
        and subject != lost
        and lexicon.lemma(subject) in _ISSUES | lexicon.nouns("talks") | lexicon.nouns("pact")
    ):
        reason = "one thing hinges on another"
        yield Bid("condition", lost, (), (), (subject,), until=lost, because=reason), grounds[0]


def _helpers(verb: Token) -> set[str]:
    """The auxiliaries of a verb, those that coordination lends it among them: "must stop and withdraw"."""
    helpers = set(grammar.auxiliaries(verb))
    while not helpers and verb.dep_ == "conj" and verb.tag_ == "VB":
        verb = verb.head
        helpers = set(grammar.auxiliaries(verb))
    return helpers


def _is_of_a_country(token: Token, cast: Cast) -> bool:
    ids = set(cast.at(token))
    return any(actor.id in ids and actor.country is not None for actor in cast.actors)


def _is_an_official_of_nobody(actor_id: str, cast: Cast) -> bool:
    """Whether the text calls somebody a minister or the like and leaves it to the reader of which state."""
    actor = next((actor for actor in cast.actors if actor.id == actor_id), None)
    if actor is None or actor.kind != "person" or actor.country is not None or actor.acts_for is not None:
        return False
    return "GOV" in actor.sectors


def _is_of_a_state(token: Token, cast: Cast) -> bool:
    """Whether a word stands for a state or its government."""
    ids = set(cast.at(token))
    return any(
        a.id in ids and (a.kind == "state" or (a.acts_for == a.country and "GOV" in a.sectors)) for a in cast.actors
    )


def _restriction(verb: Token) -> Token | None:
    """What "only" makes the condition: "would talk only if …", "would only enter talks that …"."""
    for child in verb.children:
        marked = any(c.lower_ in {"if", "when", "once"} for c in child.children)
        if child.dep_ == "advcl" and marked and _is_only(child, verb):
            return child
    if any(c.lower_ == "only" and c.dep_ == "advmod" for c in verb.children):
        for child in verb.children:
            if child.dep_ == "dobj":
                return next((c for c in child.children if c.dep_ == "relcl"), None)
    return None


def _is_only(clause: Token, verb: Token) -> bool:
    return any(c.lower_ == "only" for c in (*clause.children, *verb.children))


def _subject(verb: Token) -> Token | None:
    """The subject of a finite clause: its own, or that of the clause it is coordinated with."""
    at = verb
    while True:
        for child in at.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
        if at.dep_ != "conj":
            return None
        at = at.head


def _heads_content(verb: Token, saying: Saying) -> bool:
    """Whether a clause is a main one of the content: nothing between it and the edge but coordination."""
    at = verb
    while at.head != at and at.head.i in saying.content:
        if at.dep_ not in {"conj", "ccomp", "parataxis"}:
            return False
        if at.dep_ == "ccomp" and at.head.i < at.i and any(c.lower_ == "that" for c in at.children):
            return False
        at = at.head
    return True
