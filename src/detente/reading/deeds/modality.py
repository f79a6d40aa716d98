"""What stands at a verb or noun itself and bears on whether its deed happened: negation, auxiliaries, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import embedding, lexicon
from detente.reading.deeds.embedding import Effect

if TYPE_CHECKING:
    from spacy.tokens import Token

INVERTED: Final = frozenset({"should", "had", "were"})
"""Auxiliaries that make a condition where they open its clause."""

_NOBODY: Final = frozenset({"no", "neither", "none", "nobody", "no-one"})
_SPARING: Final = frozenset({"spare", "lose", "waste"})
"""Verbs that with "no" leave a deed as it is: "spared no effort to free them"."""
_ANYTHING: Final = frozenset({"whatever", "whoever", "whomever"})
_CONDITIONS: Final = frozenset({"if", "unless", "provided", "assuming"})
_PHRASES: Final = (
    ("in", "the", "event"),
    ("in", "the", "unlikely", "event"),
    ("in", "case"),
    ("on", "condition"),
    ("on", "the", "condition"),
    ("on", "the", "understanding"),
    ("on", "the", "proviso"),
    ("so", "long", "as"),
    ("as", "long", "as"),
    ("provided",),
    ("providing",),
    ("assuming",),
    ("supposing",),
)
"""Words before a clause that make it a condition, with "that" or without."""

_TIMES_TO_COME: Final = (
    ("the", "moment"),
    ("the", "minute"),
    ("the", "instant"),
    ("as", "soon", "as"),
)
"""Words before a clause in the present that put off what the main clause tells until then."""

_NO: Final = Effect("negated", "a negation at the word itself")
_NO_LONGER: Final = Effect("ended", "“no longer”: what was done before")
_AT_NO_TIME: Final = Effect("negated", "a phrase that denies what follows: “at no point”")
_BY_NOBODY: Final = Effect("negated", "nobody is named as who did or suffered it")
_WHATEVER: Final = Effect("hypothetical", "“whatever”, “whoever”: it is left open")
_UNDER_CONDITION: Final = Effect("conditional", "a clause beside it makes it depend on something")
_OPENED_BY_CONDITION: Final = Effect("conditional", "the sentence opens with a condition")
OPENED_BY_QUESTION: Final = Effect("hypothetical", "the sentence opens as a question")
_NEAR: Final = 6
_ASKING: Final = frozenset(
    "did does do will would is are was were has have had can could may might should shall".split()
)


@dataclass(frozen=True)
class Layer:
    """One thing around a deed: its effect, which says why it has it, and the word."""

    effect: Effect
    token: Token


@dataclass(frozen=True)
class Step:
    """From one word up to the next: what was crossed, and whether the deed is taken for granted from there on."""

    above: Token
    layers: tuple[Layer, ...] = ()
    given: bool = False


def own(token: Token) -> Iterator[Layer]:
    """What stands at a word itself: negation, auxiliaries, adverbs, adjectives, the conditions of its clause."""
    if token.pos_ not in grammar.VERBS:
        for child in token.children:
            if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither", "not"}:
                if token.dep_ != "dobj" or lexicon.lemma(token.head) not in _SPARING:
                    yield Layer(_NO, child)
            elif child.dep_ in {"amod", "compound", "advmod"}:
                yield from _looked_up(child, "mod")
        return
    for child in token.children:
        if child.dep_ == "neg" and child.nbor(-1 if child.i else 0).lower_ in {"may", "might"}:
            continue  # "might not have attacked" leaves it as open as "might have"
        joined = child.dep_ in {"preconj", "cc"} and child.lower_ in {"neither", "nor"} and child.i < token.i
        if joined or child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in {"no", "never"}):
            yield Layer(_NO, child)
        elif child.dep_ == "prep" and child.i < token.i and _is_never(child, token):
            yield Layer(_AT_NO_TIME, child)
        elif child.dep_ == "aux":
            yield from _looked_up(child, "aux")
        elif child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
            yield Layer(_NO_LONGER, child)
        elif child.dep_ in {"advmod", "npadvmod"}:
            yield from _looked_up(child, "adv")
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and child.lower_ in _ANYTHING:
            yield Layer(_WHATEVER, child)
        elif (
            child.dep_ in {"nsubj", "nsubjpass", "dobj"} and _is_nobody(child) and lexicon.lemma(token) not in _SPARING
        ):
            yield Layer(_BY_NOBODY, child)
    if token.dep_ == "conj":
        for nor in token.head.children:
            if nor.dep_ == "cc" and nor.lower_ == "nor" and token.head.i < nor.i < token.i:
                yield Layer(_NO, nor)
    for child in token.children:
        if child.dep_ in {"advcl", "conj"} and _is_condition(child):
            yield Layer(_UNDER_CONDITION, child)
        elif token.tag_ != "VBD" and (clause := _phrased_condition(child)) is not None:
            yield Layer(_UNDER_CONDITION, clause)
        elif child.lower_ == "long" and child.dep_ == "advmod" and any(c.dep_ == "advcl" for c in child.children):
            yield Layer(_UNDER_CONDITION, child)  # "as long as"


def shared(verb: Token, first: Token) -> Iterator[Layer]:
    """What a coordinated verb shares with the first: all, if it has no subject or auxiliary and no tense of its own."""
    has_own = any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children)
    if has_own or verb.tag_ in {"VBD", "VBZ", "VBP"} or first.pos_ not in grammar.VERBS:
        return
    yield from (layer for layer in own(first) if verb.tag_ == "VB" or layer.token.dep_ != "advcl")


def opened(token: Token) -> Iterator[Layer]:
    """A condition or a question that opens the sentence, whatever the parse has made of the words after it."""
    sentence = token.sent
    first = next((t for t in sentence if not (t.is_space or t.is_punct)), sentence[0])
    if first.lower_ in {"even", "only"} and first.i + 1 < sentence.end:
        first = first.nbor()
    if first.lower_ in _CONDITIONS or (first.lower_ in INVERTED and sentence[-1].text != "?"):
        if not any(t.text == "," for t in token.doc[first.i : token.i]):
            yield Layer(_OPENED_BY_CONDITION, first)
    elif first.lower_ in _ASKING and sentence[-1].text == "?":
        yield Layer(OPENED_BY_QUESTION, first)


def is_question(top: Token, token: Token) -> bool:
    """Whether the sentence of `token`, whose topmost word is `top`, asks; "Why?", he asked, does not."""
    sentence = token.sent
    last = next((t for t in reversed(list(sentence)) if not t.is_space and not t.is_quote), sentence[-1])
    return last.text == "?" and embedding.of_word(lexicon.lemma(top), "any") != "said"


def is_future(verb: Token) -> bool:
    """Whether an auxiliary puts `verb` off: "will", "would", "must"."""
    helpers = (layer for child in verb.children if child.dep_ == "aux" for layer in _looked_up(child, "aux"))
    return any(layer.effect in {"future", "would", "obliged"} for layer in helpers)


def is_inverted(verb: Token) -> bool:
    """Whether an auxiliary opens the clause before its subject: "should they attack"."""
    subjects = [c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    helpers = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return bool(subjects and helpers and min(helpers) < min(subjects))


def is_negated(token: Token) -> bool:
    """Whether a negation stands at a word itself."""
    return any(layer.effect == "negated" for layer in own(token))


def _looked_up(token: Token, place: str) -> Iterator[Layer]:
    effect = embedding.of_word(token.lower_, place)
    if effect is not None:
        yield Layer(effect, token)


def only_on_condition(verb: Token) -> bool:
    """Whether a deed is held back until something happens: "would reopen it only after", "would only pay if"."""
    conditions = [c for c in verb.children if c.dep_ in {"advcl", "prep"}]
    return bool(conditions) and any(
        c.lower_ == "only" and c.dep_ == "advmod" for at in (verb, *conditions) for c in at.children
    )


def condition_before(clause: Token) -> Token | None:
    """The last word of what makes a clause a condition, as "event" in "in the event that they attack"."""
    if clause.pos_ not in grammar.VERBS:
        return None
    subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass", "expl", "compound"} and c.i < clause.i]
    that = next((c for c in clause.children if c.lower_ == "that" and c.dep_ == "mark"), None)
    if that is not None:
        first = that.i
    elif subjects:
        first = subjects[0].left_edge.i
    elif clause.dep_ == "advcl":
        # in "provided Baghdad paid" the parse may give the subject to "provided"
        taken = (t for t in clause.doc[max(clause.sent.start, clause.i - _NEAR) : clause.i] if t.lower_ == "provided")
        return next(
            (t for t in taken if not any(u.pos_ in grammar.VERBS for u in clause.doc[t.i + 1 : clause.i])), None
        )
    else:
        return None
    if first > clause.sent.start and clause.doc[first - 1].lower_ == "that":
        first -= 1
    before = tuple(t.lower_ for t in clause.doc[max(clause.sent.start, first - 4) : first])
    phrases = _PHRASES if clause.tag_ not in {"VBZ", "VBP"} else (*_PHRASES, *_TIMES_TO_COME)
    if any(before[-len(phrase) :] == phrase for phrase in phrases):
        word = clause.doc[first - 1]
        return None if any(c.dep_ in {"aux", "auxpass", "nsubj"} for c in word.children) else word
    return None


def _phrased_condition(child: Token) -> Token | None:
    """The clause below a child that words like "on condition that" make a condition, past no other verb."""
    if child.dep_ not in {"advcl", "ccomp", "conj", "prep", "advmod"}:
        return None
    for token in child.subtree:
        if token.pos_ in grammar.VERBS and condition_before(token) is not None:
            at = token
            while at != child and (at == token or at.pos_ not in grammar.VERBS or at.dep_ == "prep"):
                at = at.head
            if at == child and (token == child or child.pos_ not in grammar.VERBS or child.dep_ == "prep"):
                return token
    return None


def _is_condition(clause: Token) -> bool:
    marks = [c.lower_ for c in clause.children if c.dep_ in {"mark", "advmod"} and c.i < clause.i]
    if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in clause.children):
        return True
    if "once" in marks or ("only" in marks and len(marks) > 1):
        return is_future(clause.head)  # "would reopen it once", "will pay only after"
    return is_inverted(clause) and any(c.dep_ == "aux" and c.lower_ == "should" for c in clause.children)


def _is_never(preposition: Token, verb: Token) -> bool:
    """Whether a phrase denies what follows: "at no point did they attack", "by no means"."""
    empty = any(c.lower_ == "no" for t in preposition.children if t.dep_ == "pobj" for c in t.children)
    return empty and (is_inverted(verb) or preposition.lower_ == "by")


def _is_nobody(token: Token) -> bool:
    if any(t.lower_ == "not" and t.i < token.i for t in (*token.lefts, *(u for c in token.lefts for u in c.lefts))):
        return True  # "not one soldier"
    if any(t.lower_ in {"hardly", "scarcely", "barely"} and t.i < token.i for t in token.subtree):
        return True  # "hardly any of the villages"
    if token.lower_ == "nothing":
        return token.dep_ != "dobj"  # who "said nothing about the attack" leaves it as it is
    return token.lower_ in _NOBODY or any(
        c.lower_ in _NOBODY and c.dep_ in {"det", "preconj", "cc", "advmod"} and c.i < token.i for c in token.children
    )
