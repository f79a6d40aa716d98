"""What stands around a deed in its sentence and bears on whether it happened, from the inside out.

`layers` climbs the parse from the word that names a deed to the top of its sentence and notes each negation, auxiliary,
condition, question and embedding word on the way: for "strike" in "denied that it had threatened to strike" a threat,
then a denial. data/embedding.csv holds the words; `status` makes a status of the layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import frames, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

REPORTS: Final = frozenset({"said", "alleged", "denied"})
"""Effects that stand for somebody's word."""

_GIVEN: Final = frozenset({"the", "this", "that", "these", "those", "both", "such", "ongoing", "recent", "last"})
_NOBODY: Final = frozenset({"no", "neither", "none", "nobody", "no-one"})
_TIME_MARKS: Final = frozenset({"when", "after", "as", "once", "before", "until", "while"})
_SAID_OF_CLAIMS: Final = frozenset({"make", "level", "raise", "repeat", "face", "deny", "reject", "dismiss", "voice"})
_LINKS: Final = frozenset({"that", "bare", "to", "ing", "obj", "claim", "subj", "whether"})
_GOVERNED: Final = frozenset({"of", "to", "for", "on", "against", "from", "about", "into", "over", "with", "in", "as"})
"""Prepositions that can bring in what a word is about; others only tell when or how."""

_ABOUT: Final = frozenset({"on", "about", "over", "for"})
_EMBEDDED: Final = frozenset({"ccomp", "xcomp", "pcomp", "acl", "acomp", "csubj", "parataxis"})


@dataclass(frozen=True)
class Layer:
    """One thing around a deed: its effect (data/embedding.csv) and the word that has it."""

    effect: str
    token: Token


def layers(token: Token) -> list[Layer]:
    """The layers around the deed that `token` names, innermost first.

    Past a clause or noun phrase that takes the deed for granted ("after the attack", "which had attacked") only reports
    still count: what is told is told by somebody.
    """
    found = list(_own(token))
    at, given = token, False
    while at.head != at:
        step = _clause_step(at) if _heads_clause(at) else _noun_step(at)
        found += [layer for layer in step.layers if not given or layer.effect == "said"]
        given = given or step.given
        if step.above.i == at.i:
            break
        at = step.above
    if not given and _is_question(at, token):
        found.append(Layer("hypothetical", at))
    return found


def _heads_clause(token: Token) -> bool:
    """Whether a word is a verb or adjective, or stands where only these do ("attack" taken for a noun)."""
    return token.pos_ in grammar.VERBS or token.pos_ == "ADJ" or token.dep_ in {"ccomp", "advcl", "relcl"}


@dataclass(frozen=True)
class _Step:
    """From one word up to the next: what was crossed, and whether the deed is taken for granted from there on."""

    above: Token
    layers: tuple[Layer, ...] = ()
    given: bool = False


def _clause_step(verb: Token) -> _Step:
    """From the verb (or adjective) of a clause to what the clause hangs on."""
    head, relation = verb.head, verb.dep_
    if relation == "conj":
        if grammar.is_stray(verb) and _effect(head, "to") is not None:
            return _embedded(head, "to", None)
        return _Step(head, tuple(_shared(verb, head)))
    if relation in {"relcl", "acl"} and _is_content(verb):
        return _embedded(head, "that", None)
    if relation in {"relcl", "advcl"} or (relation == "acl" and not _is_infinitive(verb) and verb.tag_ != "VB"):
        return _adjunct_step(verb)
    if relation == "pcomp" or (relation == "prep" and head.dep_ != "prep"):
        above, preposition = head.head, head.lower_
        if relation == "prep" or above == head:
            return _Step(head, tuple(_own(head)))
        return _embedded(above, preposition, head)
    if relation == "amod":
        return _Step(head, given=True)
    if _is_yet_to(verb):
        return _Step(head, (Layer("negated", head),))
    if relation in _EMBEDDED or head.pos_ in grammar.VERBS:
        return _embedded(head, _link(verb), None)
    return _Step(head)


def _is_content(clause: Token) -> bool:
    """Whether a clause says what its noun is about ("the claim that it fired") or which ("the claim that he made")."""
    that = next((c for c in clause.children if c.lower_ == "that"), None)
    if that is None:
        return False
    if that.dep_ == "mark":
        return True
    about = _effect(clause.head, "that") is not None and lexicon.lemma(clause) not in _SAID_OF_CLAIMS
    return about and any(c.dep_ in {"nsubj", "nsubjpass"} and c != that for c in clause.children)


def _is_yet_to(verb: Token) -> bool:
    """Whether a deed is still to come: "has yet to sign"."""
    if not _is_infinitive(verb) or verb.head.lemma_ not in {"have", "be"}:
        return False
    return any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children))


def _link(verb: Token) -> str:
    """How the clause of `verb` hangs on its head."""
    if any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in verb.children):
        return "whether"
    if _is_infinitive(verb):
        return "to"
    if verb.tag_ == "VBG" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return "ing"
    if verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children):
        return "bare"
    return "that"


def _embedded(head: Token, link: str, preposition: Token | None) -> _Step:
    """Through the word that a clause completes: its effect, and what stands around itself."""
    effect = _effect(head, link)
    if effect is None and link == "bare":
        effect, link = _effect(head, "that"), "that"
    if effect is None and preposition is not None:
        effect = _table().get((preposition.lower_, "prep"))
    if effect is None and link == "whether":
        effect = "hypothetical"
    if effect is None and head.lemma_ != "be" and head.pos_ != "AUX":
        effect = {"to": "hypothetical", "that": "said"}.get(link)
    if effect == "demanded" and link == "to" and head.pos_ == "VERB" and not _asks_another(head):
        effect = _effect(head, "purpose") or "hypothetical"  # "wants to join", "called him to apologise"
    if effect == "presupposed":
        return _Step(head, given=True)
    if preposition is not None and effect is None:
        # "after attacking", "by killing": told as a fact beside the main clause
        return _Step(head, given=preposition.lower_ not in {"by", "in", "of", "into"})
    if link in {"that", "ing", "bare"} and effect in {None, "fact"} and head.pos_ not in {"AUX", "ADJ"}:
        # "did not know that", "regretted attacking": true whatever the main verb's own negation
        factive = effect == "fact" and link == "that"
        return _Step(head, () if factive else tuple(_own(head)), given=factive)
    crossed = (Layer(effect, head),) if effect not in {None, "fact"} else ()
    return _Step(head, (*crossed, *_own(head)))


def _asks_another(verb: Token) -> bool:
    """Whether a verb of asking names whom it asks: "urged Oman to", "called on Oman to", "want Oman to"."""
    if verb.lemma_ == "call":
        return any(child.lower_ in {"on", "upon", "for"} for child in verb.children)
    return any(
        child.dep_ in {"dobj", "dative", "nsubjpass", "prep"}
        or (child.dep_ in {"ccomp", "xcomp"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children))
        for child in verb.children
    )


def _adjunct_step(verb: Token) -> _Step:
    """Out of a relative or adverbial clause: a condition, a purpose, or something told beside the main clause."""
    head = verb.head
    marks = [c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i]
    for mark in marks:
        effect = _table().get((mark.lower_, "mark"))
        if effect is not None and mark.dep_ == "mark":
            return _Step(head, (Layer(effect, mark),), given=True)
    if verb.dep_ == "advcl":
        helpers = [c for c in verb.children if c.dep_ == "aux"]
        if any(h.lower_ in {"should", "had", "were"} for h in helpers) and _is_inverted(verb):
            return _Step(head, (Layer("conditional", helpers[0]),), given=True)
        if _is_infinitive(verb):
            effect = _effect(head, "purpose") or _effect(head, "to") or "purpose"
            crossed = () if effect == "fact" else (Layer(effect, head),)
            return _Step(head, (*crossed, *_own(head)))
        if any(m.lower_ in _TIME_MARKS for m in marks) and verb.tag_ in {"VBZ", "VBP"} and _is_future(head):
            return _Step(head, (Layer("conditional", verb),), given=True)
        if verb.tag_ == "VBG" and not marks and not any(c.dep_ == "nsubj" for c in verb.children):
            # "withdrew, ending the war": as real as the main clause
            return _Step(head, tuple(_own(head)))
        if _is_speech(head) and verb.i < head.i and not marks:
            return _Step(head, (Layer("said", head), *_own(head)))
    return _Step(head, given=True)


def _noun_step(noun: Token) -> _Step:
    """From a noun to what its phrase hangs on."""
    above, relation = frames.governor(noun)
    if above.i == noun.i or relation == "ROOT":
        return _Step(above)
    link = "claim" if relation == "obj" and lexicon.lemma(noun) in lexicon.nouns("claim") else relation
    if relation in {"compound", "nmod", "poss", "amod"}:
        effect = _effect(above, "of")
        return _Step(above, (Layer(effect, above),) if effect not in {None, "fact", "presupposed"} else ())
    effect = _effect(above, link) or (_effect(above, "obj") if link == "claim" else None)
    preposition = _table().get((relation, "prep"))
    if effect is None and preposition is not None:
        effect = preposition
    if effect is None and relation in _ABOUT:
        topics = [c for c in above.children if c.dep_ == "dobj" and c.i < noun.i]
        effect = next((found for topic in topics if (found := _effect(topic, relation)) is not None), None)
    if effect == "presupposed":
        return _Step(above, given=True)
    if (effect == "hypothetical" and _is_given(noun)) or (effect == "said" and link != "obj"):
        return _Step(above, given=True)
    crossed = (Layer(effect, above),) if effect not in {None, "fact"} else ()
    if above.pos_ not in grammar.VERBS:
        return _Step(above, (*crossed, *(_own(above) if crossed else ())))
    if crossed or _lends(above, relation) or not (_is_given(noun) or relation not in {"obj", "subj", "attr", "acomp"}):
        return _Step(above, (*crossed, *_own(above)))
    return _Step(above, given=True)


def _lends(verb: Token, relation: str) -> bool:
    """Whether `verb` only says that the deed took place: "held talks", "the attack occurred", "is under attack"."""
    name = lexicon.lemma(verb)
    if relation in {"obj", "attr", "in", "into", "on", "under"}:
        return name in lexicon.nouns("light") or verb.pos_ == "AUX" or name in {"be", "come", "go", "put", "place"}
    return relation == "subj" and (name in lexicon.nouns("occur") or name == "be")


def _own(token: Token) -> Iterator[Layer]:
    """What stands at a word itself: negation, auxiliaries, adverbs, adjectives, the conditions of its clause."""
    if token.pos_ not in grammar.VERBS:
        for child in token.children:
            if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither", "not"}:
                yield Layer("negated", child)
            elif child.dep_ in {"amod", "compound", "advmod"}:
                yield from _looked_up(child, "mod")
        return
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in {"no", "never"}):
            yield Layer("negated", child)
        elif child.dep_ == "aux":
            yield from _looked_up(child, "aux")
        elif child.dep_ in {"advmod", "npadvmod"}:
            yield from _looked_up(child, "adv")
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and _is_nobody(child):
            yield Layer("negated", child)
    for child in token.children:
        if child.dep_ == "advcl" and _is_condition(child):
            yield Layer("conditional", child)


def _looked_up(token: Token, place: str) -> Iterator[Layer]:
    effect = _table().get((token.lower_, place))
    if effect is not None:
        yield Layer(effect, token)


def _shared(verb: Token, first: Token) -> Iterator[Layer]:
    """What a coordinated verb shares with the first: all, if it has no subject or auxiliary and no tense of its own."""
    own = any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children)
    if own or verb.tag_ in {"VBD", "VBZ", "VBP"} or first.pos_ not in grammar.VERBS:
        return
    yield from (layer for layer in _own(first) if verb.tag_ == "VB" or layer.token.dep_ != "advcl")


def _is_condition(clause: Token) -> bool:
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "provided", "assuming"} for c in clause.children):
        return True
    return _is_inverted(clause) and any(c.dep_ == "aux" and c.lower_ == "should" for c in clause.children)


def _is_inverted(verb: Token) -> bool:
    """Whether an auxiliary opens the clause before its subject: "should they attack"."""
    subjects = [c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    helpers = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return bool(subjects and helpers and min(helpers) < min(subjects))


def _is_nobody(token: Token) -> bool:
    return token.lower_ in _NOBODY or any(
        c.lower_ in _NOBODY and c.dep_ in {"det", "preconj", "cc", "advmod"} and c.i < token.i for c in token.children
    )


def _is_given(noun: Token) -> bool:
    """Whether a phrase points at something known: "the attack", "Iran's attack"."""
    return any(c.dep_ == "poss" or (c.dep_ in {"det", "amod"} and c.lower_ in _GIVEN) for c in noun.children)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_future(verb: Token) -> bool:
    return any(layer.effect in {"future", "would", "obliged"} for layer in _own(verb))


def _is_speech(verb: Token) -> bool:
    return _table().get((lexicon.lemma(verb), "any")) == "said"


def _is_question(top: Token, token: Token) -> bool:
    sentence = token.sent
    last = next((t for t in reversed(list(sentence)) if not t.is_space and not t.is_quote), sentence[-1])
    return last.text == "?" and not _is_speech(top)


def _effect(token: Token, link: str) -> str | None:
    """The effect of `token` on a deed that hangs on it by `link`; of a copula that of its predicate or subject."""
    name = lexicon.lemma(token)
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    for key in (f"{name}_{particle}", name) if particle else (name,):
        effect = _table().get((key, link))
        if effect is None and (link in _LINKS or link in _GOVERNED):
            effect = _table().get((key, "any"))
        if effect is not None and name != "be":
            return effect
    if name == "be" and link in {"that", "to", "bare"}:
        for child in token.children:
            if child.dep_ in {"acomp", "attr", "nsubj"} and not (child.dep_ == "nsubj" and link == "that"):
                effect = _table().get((lexicon.lemma(child), link)) or _table().get((lexicon.lemma(child), "any"))
                if effect is not None:
                    return effect
        return _table().get((name, link))
    return None


@cache
def _table() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in lexicon.table("embedding.csv"):
        for word in row["words"].split():
            found.setdefault((word, row["link"]), row["effect"])
    return found
