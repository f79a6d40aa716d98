"""How a position is worded: the minimal phrase of what is wanted, its condition, and its deadline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.wants import families
from detente.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONAL: Final = frozenset({"if", "unless", "once", "until"})
_ASIDE: Final = frozenset({"relcl", "appos", "advcl", "conj"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_NONE: Final = frozenset({"no", "neither"})
_CIRCUMSTANCES: Final = frozenset({"day", "time", "moment", "week", "month", "year", "way", "reason", "place"})
"""Nouns whose relative clause says when or how: "the day it promised to leave"."""
_BEFORE: Final = frozenset({"nsubj", "nsubjpass", "aux", "neg", "advmod", "expl", "prep", "npadvmod"})
_AS_LONG_AS: Final = frozenset({("as", "long", "as"), ("so", "long", "as"), ("on", "condition", "that")})
_EXCHANGE: Final = frozenset({"exchange", "return", "condition"})
_COMPLETING: Final = frozenset({"to", "of", "on", "in", "into", "for", "over", "against"})
"""Prepositions that complete the noun of a deed: "an end to the raids", "the entry into the union"."""
_INVERTED: Final = frozenset({"should", "were", "had"})
_DEADLINES: Final = ("by", "within", "until")


def what(
    content: Token,
    parsed: Parsed,
    calendar: Calendar,
    *,
    condition: Span | None = None,
    avowed: bool = False,
    without: Iterable[Token] = (),
    until: Token | None = None,
    taken: Collection[int] = (),
    named: Token | None = None,
) -> Span:
    """The minimal phrase of what is wanted: no "that" or "to", no `condition`, no date, no coordinated member.

    What is wanted is not cut down to something else: one of two things stays one of two, and a plan of which only some
    kind is meant keeps the clause that says which. Of an `avowed` clause ("we will not accept it") what stands after
    its auxiliaries. `without` heads what is left out; nothing counts from `until` on. `taken` are the tokens that name
    of whom it is wanted. With `named` the phrase begins there: "an embargo, which Oman promised to block".
    """
    clauses = (c for c in content.children if c.dep_ == "relcl")
    without = (*without, *(c for clause in clauses for c in clause.children if c.dep_ == "conj"))
    aside = {t.i for head in without for t in head.subtree}
    if until is not None:
        aside |= {t.i for t in content.subtree if t.i >= until.i}
    tokens = [content]
    for child in content.children:
        if not _is_left_out(child, content, calendar, taken) and not (avowed and _is_before(child, content)):
            tokens.extend(t for t in child.subtree if t.i not in aside and not _is_inside(t, condition))
    tokens.extend(t for t in _strays(content, calendar, taken) if not _is_inside(t, condition))
    beside = (t for t in tokens if t != content and t.dep_ in {"relcl", "appos"} and _follows_comma(t))
    told_aside = {inner.i for t in beside for inner in t.subtree}
    kept = [t for t in tokens if t.i not in told_aside]
    if content.i + 2 < len(content.doc) and content.nbor(1).text == "-":  # "re-open": the parse may part it
        kept += [content.nbor(1), *content.nbor(2).subtree]
    if named is not None:
        kept = list(content.doc[named.left_edge.i : max(t.i for t in kept) + 1])
    return _span(kept, content, parsed)


def named_before(content: Token, trigger: Token) -> Token | None:
    """What a verb is about, where a relative clause takes it up: the embargo of "an embargo that Oman vowed to end"."""
    clause = trigger
    while clause.dep_ in {"conj", "xcomp", "ccomp"}:
        clause = clause.head
    noun = clause.head
    if clause.dep_ != "relcl" or content.pos_ not in grammar.VERBS or content == trigger:
        return None
    if noun.ent_type_ in {"DATE", "TIME"} or noun.lemma_ in _CIRCUMSTANCES:
        return None
    relatives = [t for t in clause.subtree if t.tag_ in {"WDT", "WP", "WRB"} or t.lower_ == "whose"]
    if any(t.tag_ == "WRB" or t.lower_ == "whose" or t.dep_ in {"nsubj", "nsubjpass", "pobj"} for t in relatives):
        return None
    if not _subjects(clause) or any(t in clause.children and t.lower_ in grammar.RELATIVE for t in _subjects(clause)):
        return None
    objects = [c for c in content.children if c.dep_ in {"dobj", "ccomp", "xcomp"}]
    return noun if all(c in relatives or c.lower_ in grammar.RELATIVE for c in objects) else None


def _strays(content: Token, calendar: Calendar, taken: Collection[int]) -> list[Token]:
    """What completes the noun of a deed and hangs on the verb before it: "to the raids" in "demanded an end to …"."""
    last = content.right_edge
    if content.pos_ != "NOUN" or last.pos_ != "NOUN" or last.i + 1 >= len(content.doc):
        return []
    stray = last.nbor(1)
    if stray.dep_ != "prep" or not stray.head.is_ancestor(content) or stray.lower_ not in _COMPLETING:
        return []
    if grammar.clause_head(stray) != grammar.clause_head(content):
        return []  # the evidence is one clause
    known = stray.lower_ == "of" or families.of(last.lower_) is not None
    if not known or _is_date(stray, calendar) or any(t.i in taken for t in stray.children):
        return []
    if stray.lower_ == "in" and not any(t.pos_ == "PROPN" for t in stray.children):
        return []  # "demanded talks in a letter"
    return list(stray.subtree)


def _is_inside(token: Token, span: Span | None) -> bool:
    return span is not None and span.start <= token.idx < span.end


def _is_before(child: Token, content: Token) -> bool:
    return child.i < content.i and child.dep_ in _BEFORE


def _is_left_out(child: Token, content: Token, calendar: Calendar, taken: Collection[int]) -> bool:
    if child.dep_ in {"cc", "conj"} and child.i > content.i:
        return not is_choice(content)
    if child.dep_ in {"cc", "preconj", "mark", "parataxis"}:
        return True
    if content.pos_ in grammar.VERBS or grammar.is_infinitive(content):
        to_whom = [] if not grammar.is_infinitive(content) else _subjects(content)
        told = not to_whom or any(t.i in taken for t in to_whom)
        if child.dep_ == "aux" and child.lower_ == "to":
            # but "not to repeat it", "the trial to be suspended"
            return told and not any(c.dep_ == "neg" for c in content.children)
        if child in to_whom:
            return told
        if child.dep_ == "advcl" and (child.i < content.i or _follows_comma(child)):
            return True
    elif child.dep_ == "det" and child.lower_ in _NONE and child.i < content.i:
        return True  # "will accept no inspectors" refuses inspectors
    elif child.dep_ in _ASIDE:
        return child.dep_ != "relcl" or not _says_which(child, content)
    return child.dep_ in {"prep", "npadvmod"} and _is_date(child, calendar)


def is_choice(content: Token) -> bool:
    """Whether it is one of several things, any of which would do: "an apology or compensation"."""
    return any(c.dep_ == "cc" and c.lower_ == "or" for member in grammar.conjuncts(content) for c in member.children)


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]


def _says_which(clause: Token, noun: Token) -> bool:
    """Whether a relative clause says which of several is meant: "any plan that …", not "the plan, which …".

    What is definite is known without it.
    """
    if _follows_comma(clause):
        return False
    return not any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for c in noun.children)


def _is_date(child: Token, calendar: Calendar) -> bool:
    start, end = child.left_edge.idx, child.right_edge.idx + len(child.right_edge)
    return any(start <= p.start and p.end <= end and p.start - child.idx < 16 for p in calendar.phrases)


def condition(content: Token, trigger: Token, parsed: Parsed) -> Span | None:
    """The clause or phrase on which it depends, with its "if", "unless" or "in exchange for"."""
    provided = _provided(content, trigger)
    if provided:
        return _span(provided, provided[0], parsed)
    for host in dict.fromkeys([content, trigger, _verb_of(trigger)]):
        for child in host.children:
            if (child.dep_ == "advcl" and is_conditional(child)) or (child.dep_ == "ccomp" and _inverted(child)):
                return _span(list(child.subtree), child, parsed)
            if child.dep_ == "prep" and child.lower_ in {"in", "on"}:
                for noun in child.children:
                    if noun.dep_ == "pobj" and noun.lemma_ in _EXCHANGE and noun.n_rights:
                        return _span(list(child.subtree), child, parsed)
        if host.dep_ == "ccomp" and host.head.i < host.i and is_conditional(host.head):
            # "If they want that, we are ready" may come out with the condition on top
            return _span(_up_to_comma(host.head, host), host.head, parsed)
        if host.dep_ == "ccomp" and host.i < host.head.i and (inverted := _inverted(host.head)) is not None:
            return _span(list(host.doc[inverted.i : host.head.right_edge.i + 1]), host.head, parsed)
    return None


def _up_to_comma(condition: Token, content: Token) -> list[Token]:
    stretch = condition.doc[condition.left_edge.i : content.i]
    comma = next((n for n, t in enumerate(stretch) if t.text == "," and t.i > condition.i), len(stretch))
    return list(stretch[:comma])


def _provided(content: Token, trigger: Token) -> list[Token]:
    """What follows "provided that" or "as long as", wherever the parse hangs it."""
    end = max(content.right_edge.i, trigger.right_edge.i)
    doc = content.doc
    for token in doc[content.i + 1 : min(end + 3, len(doc))]:
        words = tuple(t.lower_ for t in doc[token.i : token.i + 3])
        if words[:2] in {("provided", "that"), ("providing", "that")} or words in _AS_LONG_AS:
            if token.i < end - 1:
                return list(doc[token.i : end + 1])
            # the parse may hang it on the verb above: "was ready to sign, provided that"
            return list(doc[token.i : max(token.right_edge.i, token.head.right_edge.i * (token.dep_ == "mark")) + 1])
    return []


def whole(head: Token, parsed: Parsed) -> Span:
    """The whole phrase or clause of `head`."""
    return _span(list(head.subtree), head, parsed)


def _verb_of(token: Token) -> Token:
    return token.head if token.dep_ in {"acomp", "oprd", "xcomp", "dobj"} else token


def is_conditional(clause: Token) -> bool:
    """Whether a clause opens with "if" or the like, or with an auxiliary before its subject: "should the siege end"."""
    if _inverted(clause) is not None:
        return True
    return any(
        child.dep_ in {"mark", "advmod"} and child.lower_ in _CONDITIONAL and child.i < clause.i
        for child in clause.children
    )


def _inverted(clause: Token) -> Token | None:
    """The auxiliary that makes a condition of a clause, as it stands before the subject."""
    first = next((c for c in clause.children if c.dep_ in {"aux", "auxpass"} and c.lower_ in _INVERTED), None)
    return first if first is not None and any(first.i < subject.i for subject in _subjects(clause)) else None


def _follows_comma(clause: Token) -> bool:
    first = clause.left_edge
    return first.i > 0 and first.nbor(-1).text == ","


def due(content: Token, trigger: Token, calendar: Calendar, *, said: str | None, conditional: bool) -> str | None:
    """The deadline. A length of time ("within 24 hours") runs from the day of the words, on a condition from none."""
    phrase = calendar.of(content, *_DEADLINES) or calendar.of(trigger, *_DEADLINES)
    if phrase is None:
        return None
    if phrase.relation != "within":
        return phrase.value
    if conditional or "/" not in phrase.value:
        return None
    if said is None:
        return phrase.value
    try:
        first, last = (date.fromisoformat(day) for day in phrase.value.split("/"))
        spoken = date.fromisoformat(said)
    except ValueError:
        return None
    return f"{spoken}/{spoken + timedelta((last - first).days)}"


def _span(tokens: list[Token], around: Token, parsed: Parsed) -> Span:
    start, end = grammar.span_of([t for t in tokens if not t.is_space], around=around)
    return Span(text=parsed.document.text[start:end], start=start, end=end)
