"""Whether a deed lies ahead of the words that report it: what a date phrase without a year has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

FUTURE: Final = frozenset("will 'll wo shall may might can could should must would".split())
_SCHEDULED: Final = frozenset("schedule set expect plan due slate tip earmark pencil timetable reschedule".split())
"""Words whose dates lie ahead even in the past tense: "was scheduled for Thursday"."""

_TIMETABLE: Final = frozenset(
    """begin start open resume convene meet arrive leave depart return travel visit host expire end close vote
    take run hold fly be""".split()
)
"""Verbs that a timetable puts in the present: "the truce expires on Monday"."""

_AGENDA: Final = frozenset(
    """go come play face head land sail publish unveil launch elect choose decide debate appear address
    speak sign inaugurate receive welcome chair lapse cast pick retire step kick fall join enter rally march strike
    gather attend reopen conclude reconvene restart commence testify tour deploy sit stop shut walk wed""".split()
)
"""Verbs that do so with the day of what they tell; not with its subject or object: "Monday's attack comes as …"."""

_UNFOLDING: Final = frozenset("begin start open resume convene expire end close conclude reconvene reopen".split())
"""What the things of a timetable do themselves: "Monday's talks open in Geneva"."""

_AFTER_THE_FACT: Final = frozenset(
    """manage force begin start continue go come use help try fail compel cause lead allow enable let make see hear
    appear seem happen claim decline refuse cease stop proceed join decide""".split()
)
"""Verbs whose infinitive is dated like themselves: "was forced to resign on Monday"."""

_ANNOUNCING: Final = frozenset("plan schedule propose expect await prepare set arrange organise organize".split())
"""Verbs whose object lies ahead: "plans talks on Monday"."""

_CONDITIONS: Final = frozenset("if unless when once until till before after".split())
"""Words that put the present tense of their clause ahead: "if parliament rejects it on Thursday"."""

_PRELUDES: Final = frozenset("ahead run-up runup preparation preparations build-up countdown".split())
"""Words for the time before something: "ahead of talks on Tuesday"."""

_MISSED: Final = frozenset("miss pass expire lapse ignore defy come elapse".split())
"""What happens to a deadline that is over."""

RESCHEDULING: Final = frozenset("move postpone reschedule push put bring shift delay defer adjourn extend".split())
"""Verbs that give something another day: "moved to Wednesday"."""

CALLING: Final = frozenset("call convene summon fix propose order".split())
"""Verbs that appoint something for a month to come: "called elections for June"."""

_PREPARING: Final = frozenset("prepare brace gear ready hope campaign call wait".split())
"""Verbs with "for" something ahead: "are preparing for talks on Monday"."""

_APPOINTED: Final = frozenset(
    "election referendum poll ballot runoff run-off summit hearing inauguration ceremony deadline trial".split()
)
"""What is known of before its day, so that the present tense says that it is ahead: "Sunday's election is a test"."""

_ARRANGED: Final = frozenset("announce release swear hear try bury crown sentence".split())
"""Verbs that a timetable puts in the present of the passive: "the appeal is heard on Monday"."""

BIDDING: Final = frozenset(
    """demand order request require ask urge tell want seek call promise pledge vow offer threaten give command
    direct instruct oblige""".split()
)
"""Verbs whose deadline is of what they want: "demanded a reply by Friday"."""


def is_ahead(token: Token) -> bool:
    """Whether the deed that `token` names is still to come, seen from the clause that reports it."""
    if token.pos_ in grammar.VERBS:
        return _verb_is_ahead(token)
    if token.pos_ == "ADJ":
        opens = token.lower_ == "open" and any(child.dep_ == "nsubj" for child in token.children)  # "the talks open"
        return (
            token.lower_ in {"due", "upcoming"}
            or opens
            or (token.head != token and token.head.pos_ in grammar.VERBS and _verb_is_ahead(token.head))
        )
    return _noun_is_ahead(token)


def is_obliged(verb: Token) -> bool:
    """Whether a deed is due by a time, not at it: "must leave in two days", "urged them to leave in two days"."""
    helpers = set(grammar.auxiliaries(verb))
    return bool(helpers & {"must", "should"}) or ("to" in helpers and verb.head.lemma_ in BIDDING | {"have", "need"})


def _noun_is_ahead(noun: Token) -> bool:
    at = noun
    if noun.lemma_ == "deadline":
        return noun.head.lemma_ not in _MISSED
    for child in noun.children:
        if child.lower_ in {"upcoming", "forthcoming", "planned", "scheduled", "proposed"}:
            return True
        if child.dep_ == "acl" and child.lemma_ in _SCHEDULED:
            return True
    while at.head != at and at.pos_ not in grammar.VERBS:
        if at.head.lower_ in {"before", "eve"} and is_going_on(at):
            return True
        if at.head.lower_ in _PRELUDES or (at.lower_ in _PRELUDES and at != noun):
            return True
        if at.head.lower_ == "for" and at.head.head.lemma_ in _PREPARING:
            return True
        if at.dep_ in {"nsubj", "nsubjpass", "dobj"} and at.head.pos_ in grammar.VERBS:
            verb = at.head
            if at.dep_ == "dobj":
                return verb.lemma_ in _ANNOUNCING or (
                    noun == at and not _is_present(verb, _AGENDA) and _verb_is_ahead(verb)
                )
            return _subject_is_ahead(at, verb)
        at = at.head
    return at != noun and at.pos_ in grammar.VERBS and _verb_is_ahead(at)


def is_going_on(token: Token) -> bool:
    """Whether the verb above a token is in the present: "before talks on Tuesday, both sides are digging in"."""
    at = token
    while at.head != at and at.pos_ not in grammar.VERBS:
        at = at.head
    return _is_present(at)


def _subject_is_ahead(noun: Token, verb: Token) -> bool:
    """Whether what a verb says of a thing tells that it is ahead; "Monday's attack is the worst" does not."""
    if not _is_present(verb):
        return _verb_is_ahead(verb)
    objects = {child.lower_ for child in verb.children if child.dep_ in {"dobj", "attr", "acomp"}}
    if noun.lemma_ in _APPOINTED or objects & {"due", "set", "likely", "ready"}:
        return True
    return (verb.lemma_ in _UNFOLDING | {"be"} and not objects) or (verb.lemma_ == "take" and "place" in objects)


def _is_present(verb: Token, lemmas: frozenset[str] | None = None) -> bool:
    """Whether a verb, of these lemmas, is in the present tense; a planned thing is what "is due"."""
    if lemmas is not None and verb.lemma_ not in lemmas:
        return False
    helpers = set(grammar.auxiliaries(verb))
    present = verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ in {"VBN", "VBG"} and bool(helpers & {"is", "are"}))
    return present and verb.lemma_ not in _SCHEDULED


def _verb_is_ahead(verb: Token) -> bool:
    if verb.pos_ == "AUX" and verb.dep_ in {"aux", "auxpass"}:
        verb = verb.head
    helpers = set(grammar.auxiliaries(verb))
    if helpers & FUTURE:
        return not helpers & {"have"} or bool(helpers & {"will", "'ll"})
    if "to" in helpers:
        return "have" not in helpers and _infinitive_is_ahead(verb)
    if verb.tag_ in {"VBZ", "VBP"} and (verb.lemma_ in _ANNOUNCING or _prepares(verb)):
        return True
    if verb.lemma_ in _SCHEDULED:
        return verb.tag_ in {"VBN", "VBD"} and not is_dropped(verb)
    if verb.tag_ == "VB":
        if helpers & {"do", "does", "did"} or verb.dep_ == "conj":
            return verb.dep_ == "conj" and verb.head.pos_ in grammar.VERBS and _verb_is_ahead(verb.head)
        return True
    if verb.tag_ in {"VBZ", "VBP"}:
        return verb.lemma_ in _TIMETABLE | _AGENDA or _is_conditional(verb)
    if verb.tag_ == "VBN" and helpers & {"is", "are"}:
        return verb.lemma_ in _TIMETABLE | _AGENDA | _ARRANGED
    if verb.tag_ == "VBG":
        if helpers & {"is", "are", "am", "'s", "'re"}:
            return verb.lemma_ in _TIMETABLE | _AGENDA
        return verb.head != verb and verb.head.pos_ in grammar.VERBS and _verb_is_ahead(verb.head)
    return False


def is_dropped(verb: Token) -> bool:
    """Whether a plan is one of the past: "had been scheduled for Monday", "originally set for Monday"."""
    return any(child.lower_ in {"had", "originally", "initially"} for child in verb.children)


def _prepares(verb: Token) -> bool:
    return verb.lemma_ in _PREPARING and any(child.lower_ == "for" for child in verb.children)


def _is_conditional(verb: Token) -> bool:
    return any(child.dep_ in {"mark", "advmod"} and child.lower_ in _CONDITIONS for child in verb.children)


def _infinitive_is_ahead(verb: Token) -> bool:
    head = verb.head
    if head.lemma_ in _SCHEDULED and is_dropped(head):
        return False
    if head == verb or verb.dep_ == "advcl" or head.lemma_ in _AFTER_THE_FACT:
        # "flew to Geneva to meet": a purpose is dated with the deed that serves it.
        return head != verb and head.pos_ in grammar.VERBS and _verb_is_ahead(head)
    return True
