"""Whom pronouns and taking-up nouns mean: "he", "its", "they", "the president", "the alliance", "both nations".

A light method over the parse. Every actor gathers salience from its mentions: a subject counts more than an object,
and what was said sentences ago fades. A pronoun or a definite noun takes the most salient actor that agrees with it and
that grammar allows; where none does, it stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language.grammar import RELATIVE, antecedent, conjuncts, is_infinitive
from detente.reading.cast import nominals, rolewords, speakers
from detente.reading.cast.casting import Casting, Draft
from detente.reading.speech import quotations
from detente.world.tables import roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_IT: Final = frozenset({"it", "its", "itself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_I: Final = frozenset({"i", "me", "my", "mine", "myself"})
_WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
_LINKING: Final = frozenset({"be", "seem", "appear", "remain", "become", "take", "happen", "turn", "rain", "snow"})
_REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_STATES: Final = frozenset(
    "country countries nation nations state states government governments capital capitals neighbor neighbors "
    "neighbour neighbours kingdom republic".split()
)
_SIDES: Final = frozenset(
    "side sides party parties rival rivals power powers foe foes enemy enemies ally allies".split()
)
_LEADING: Final = frozenset({"leaders", "men"})
_PEOPLE: Final = frozenset("leaders men presidents ministers candidates".split())
_WEIGHTS: Final = {"nsubj": 3.0, "nsubjpass": 3.0, "agent": 2.0, "poss": 1.2, "dobj": 1.6, "pobj": 1.2, "appos": 1.0}
_FADING: Final = 0.55
_REACH: Final = 4
"""Sentences after which a mention is forgotten."""
_ENOUGH: Final = 0.25


class _Salience:
    """How present each actor is, sentence by sentence."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = {}
        self.last: dict[str, int] = {}

    def next_sentence(self) -> None:
        self.weights = {actor: w * _FADING for actor, w in self.weights.items() if w * _FADING > _FADING**_REACH}

    def seen(self, actor: str, weight: float, at: int) -> None:
        self.weights[actor] = self.weights.get(actor, 0.0) + weight
        self.last[actor] = at

    def ranked(self) -> list[str]:
        """The actors, the most salient first; of equals, the one mentioned last."""
        return sorted(self.weights, key=lambda actor: (-self.weights[actor], -self.last[actor], actor))


def resolve(casting: Casting) -> None:
    """Let the pronouns and taking-up nouns of the text stand for the actors they mean."""
    quoted = sorted(piece for quotation in quotations.find(casting.text) for piece in quotation.pieces)
    salience = _Salience()
    for sentence in casting.doc.sents:
        salience.next_sentence()
        for token in sentence:
            i = token.i
            if i in casting.spans:
                for actor in casting.heads[i]:
                    salience.seen(actor, _weight(token), i)
                continue
            if i in casting.heads or i in casting.taken:
                continue
            found: tuple[str, ...] = ()
            if token.pos_ in {"PRON", "DET"}:
                found = _pronoun(casting, salience, token, quoted)
            elif token.pos_ in {"NOUN", "PROPN"}:
                found = _nominal(casting, salience, token)
            if found:
                start, end = _extent(token)
                casting.mention(i, found, start, end)
                for actor in found:
                    salience.seen(actor, _weight(token), i)


def _weight(token: Token) -> float:
    while token.dep_ == "conj":
        token = token.head
    relation = token.dep_
    if relation == "pobj" and token.head.dep_ == "agent":
        relation = "agent"
    return _WEIGHTS.get(relation, 0.8) + _in_main_subject(token)


def _in_main_subject(token: Token) -> float:
    """What an actor gains from standing in the subject of its sentence: "Putin's ease with him contrasts …"."""
    at = token
    while at.dep_ in {"poss", "pobj", "prep", "compound", "nmod", "conj"}:
        at = at.head
    return 1.0 if at.dep_ in {"nsubj", "nsubjpass"} and at.head.dep_ == "ROOT" else 0.0


def _pronoun(casting: Casting, salience: _Salience, token: Token, quoted: list[tuple[int, int]]) -> tuple[str, ...]:
    word = token.lower_
    if word in RELATIVE:
        noun = antecedent(token)
        return casting.heads.get(noun.i, ()) if noun != token else ()
    if word in _I or word in _WE:
        return speakers.first_person(casting, token, quoted, plural=word in _WE)
    if word in _HE | _SHE and token.dep_ == "poss" and token.head.dep_ == "conj":
        beside = [casting.drafts[a] for a in casting.heads.get(token.head.head.i, ())]
        if len(beside) == 1 and beside[0].kind == "person" and beside[0].gender in {"m" if word in _HE else "f", None}:
            return (beside[0].id,)  # "arrested Diallo and his son"
    speaker = speakers.around(casting, token, quoted)
    barred = {*_barred(casting, token), *speaker}
    candidates = [a for a in salience.ranked() if a not in barred and salience.weights[a] >= _ENOUGH]
    drafts = [casting.drafts[a] for a in candidates]
    if word in _HE or word in _SHE:
        gender = "m" if word in _HE else "f"
        people = [d for d in drafts if d.kind == "person" and d.gender in {gender, None}]
        if people:
            people[0].gender = people[0].gender or gender
            return (people[0].id,)
    elif word in _IT and not _is_empty(token):
        return _it(casting, salience, token, [d for d in drafts if d.kind in {"state", "organisation"}])
    elif word in _THEY:
        return _they(casting, token, drafts)
    return ()


def _it(casting: Casting, salience: _Salience, token: Token, things: list[Draft]) -> tuple[str, ...]:
    """A state or organisation, where no other thing is the nearer antecedent."""
    if not things:
        return ()
    subject = _near_subject(token)
    if subject is not None and subject.i not in casting.heads and subject.tag_ in {"NN", "NNP"}:
        # "The plan failed because it …" means the plan, which is no actor; "Iran's plan and its …" means Iran.
        owners = [a for child in subject.children if child.dep_ == "poss" for a in casting.heads.get(child.i, ())]
        whose = [d.id for d in things if d.id in owners] if token.lower_ == "its" else []
        return tuple(whose[:1])
    if subject is not None:
        named = casting.heads.get(subject.i, ())
        for draft in things:
            if draft.id in named:
                return (draft.id,)
    return (things[0].id,)


def _they(casting: Casting, token: Token, drafts: list[Draft]) -> tuple[str, ...]:
    """A group, a body of people, or all members of a coordination that is the nearest subject."""
    subject = _near_subject(token)
    if subject is not None:
        members = conjuncts(subject)
        if len(members) > 1:
            ids = tuple(dict.fromkeys(a for m in members for a in casting.heads.get(m.i, ())))
            if len(ids) > 1:
                return ids
        named = casting.heads.get(subject.i, ())
        if len(named) > 1:
            return named
        if subject.i not in casting.heads and subject.tag_ in {"NNS", "NNPS"}:
            return ()
    plural = [d for d in drafts if d.plural or d.kind == "group"]
    bodies = [d for d in drafts if d.kind == "organisation"]
    for draft in plural or bodies:
        return (draft.id,)
    return ()


def _near_subject(token: Token) -> Token | None:
    """The subject that a pronoun most likely takes up: of the clause above its own, else of the sentence before."""
    at = token
    while at.head != at:
        at = at.head
        for child in at.children:
            if child.i < token.i and child.dep_ == "advcl":
                child = next((c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}), child)
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i < token.i and child.pos_ != "PRON":
                return child
    start = token.sent.start
    if start == 0:
        return None
    before = token.doc[start - 1].sent
    return next((c for c in before.root.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON"), None)


def _is_empty(token: Token) -> bool:
    """Whether "it" stands for nothing or for a clause: "it is useless to …", "it seems that …"."""
    verb = token.head
    if token.dep_ == "expl" or (token.dep_ == "dobj" and verb.lemma_ in speakers.SPEAKING):
        return True  # "Denied it": the claim.
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if verb.lemma_ not in _LINKING:
        return False
    # "it takes years to", but not "it would take measures if"
    return verb.lemma_ == "be" or any(
        c.dep_ in {"ccomp", "xcomp", "csubj"} or (c.dep_ == "advcl" and is_infinitive(c)) for c in verb.children
    )


def _barred(casting: Casting, token: Token) -> Iterator[str]:
    """The actors that a pronoun cannot mean: the other arguments of its own verb, unless it is reflexive."""
    if token.lower_ in _REFLEXIVE or token.dep_ == "poss":
        return
    verb = token.head.head if token.dep_ == "pobj" else token.head
    for child in verb.children:
        if child.i != token.i and child.dep_ in {"nsubj", "nsubjpass", "dobj", "dative"}:
            yield from casting.heads.get(child.i, ())
        if child.dep_ in {"prep", "agent"} and token.dep_ in {"nsubj", "nsubjpass"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from casting.heads.get(noun.i, ())


def _nominal(casting: Casting, salience: _Salience, token: Token) -> tuple[str, ...]:
    """Whom a definite or paired common noun takes up; a role that takes up nobody is somebody new."""
    word = token.lower_
    before = {child.lower_ for child in token.children if child.i < token.i}
    if before & nominals.PAIRED and token.tag_ in {"NNS", "NNPS"} and (pair := _pair(casting, salience, word)):
        return pair
    words = rolewords.ending_at(casting.doc, token.i) or _of_phrase(casting, token)
    if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children):
        return nominals.enter_unresolved(casting, words) if words is not None else ()
    if not before & (_DEFINITE | nominals.PAIRED):
        return ()
    bare = not any(child.dep_ in {"amod", "poss", "nmod"} for child in token.children)
    if bare and (words is not None or not any(child.dep_ == "compound" for child in token.children)):
        nouns = {word, token.lemma_.lower()} | ({words.role.phrase.rsplit(" ", 1)[-1]} if words is not None else set())
        plural = token.tag_ in {"NNS", "NNPS"}
        for draft in (casting.drafts[a] for a in salience.ranked()):
            if draft.kind == "state" and not plural and word in _STATES - {"government", "capital", "state"}:
                return (draft.id,)
            if (draft.kind == "group") == plural and nouns & draft.nominals:
                return (draft.id,)
            if plural and word in draft.nominals:
                return (draft.id,)  # "The rebels" are an organisation.
    return nominals.enter_unresolved(casting, words) if words is not None else ()


def _of_phrase(casting: Casting, token: Token) -> rolewords.RoleWords | None:
    """The role phrase that `token` heads and "of" goes on: "the minister of defence"."""
    for end in range(token.i + 2, min(token.i + 5, len(casting.doc))):
        words = rolewords.ending_at(casting.doc, end)
        if words is not None and words.head == token.i:
            return words
    return None


def _pair(casting: Casting, salience: _Salience, word: str) -> tuple[str, ...]:
    """The two most salient actors of the kind that "both nations" or "the two leaders" names."""
    ranked = [casting.drafts[a] for a in salience.ranked()]
    if word in _STATES:
        found = [d.id for d in ranked if d.kind == "state"]
    elif word in _PEOPLE or ((role := roles().get(word.removesuffix("s"))) is not None and role.form == "office"):
        people = [d for d in ranked if d.kind == "person"]
        titled = [d.id for d in people if word.removesuffix("s") in d.nominals]
        # "the two presidents" are presidents; "both leaders" may be anybody who leads
        found = titled if len(titled) > 1 or word not in _LEADING else [d.id for d in people]
    elif word in _SIDES:
        found = [d.id for d in ranked if d.kind == "state"]
        found = found if len(found) > 1 else [d.id for d in ranked if d.kind in {"state", "organisation"}]
    else:
        return ()
    return tuple(sorted(found[:2])) if len(found) > 1 else ()


def _extent(token: Token) -> tuple[int, int]:
    """A pronoun alone; a noun with "both" or "the two" before it."""
    first = token
    for child in token.children:
        if child.i < first.i and child.lower_ in nominals.PAIRED:
            first = child
    return first.idx, token.idx + len(token)
