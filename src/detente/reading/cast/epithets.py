"""What a text calls the actors that it names, so that the same noun can take them up again.

"Ariel Henry, a surgeon", "the FARC guerrillas", "Hanjin Sakura, a shipbuilder based in Nagasaki", "his wife Ana": nouns
in apposition, as predicate, before or behind the name. A noun of one gender tells the gender.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from detente.reading.cast import affiliations, rolewords
from detente.reading.cast.casting import Casting, Draft
from detente.world import lexicon, tables
from detente.world.registry import Entry, person_id

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOON: Final = 800
"""Characters within which somebody introduced without a name gets it."""
_COPULAS: Final = frozenset({"be", "become", "remain"})


def find(casting: Casting) -> None:
    """Let every named actor be called by the nouns that go with its name, and by the offices that it has had."""
    for draft in casting.drafts.values():
        for term in _terms().get(draft.id, ()):
            if term.validity.begun(casting.on) and term.office in tables.roles():
                draft.nominals |= rolewords.called(tables.roles()[term.office])
    for i in sorted(casting.spans):
        if i not in casting.spans:
            continue
        ids = casting.heads.get(i, ())
        if len(ids) == 1 and casting.drafts[ids[0]].kind != "state":
            draft = casting.drafts[ids[0]]
            _crown(casting, draft, i)
            if draft.kind == "person":
                _naturalise(casting, draft, casting.doc[i])
            for noun in _beside(casting, casting.doc[i]):
                _call(draft, noun)
            if draft.kind == "person":
                draft.nominals |= _parties(casting, casting.doc[i])
    _introduce(casting)


@cache
def _terms() -> dict[str, list[tables.Term]]:
    """The terms of office on record, by person."""
    found: dict[str, list[tables.Term]] = {}
    for term in tables.terms():
        found.setdefault(person_id(term.person), []).append(term)
    return found


def party(entry: Entry) -> str | None:
    """The id of the party that a name or an adjective means."""
    return entry.id if entry.kind == "organisation" and "PTY" in entry.sectors else None


def is_trade(noun: str, draft: Draft) -> bool:
    """Whether a noun names the trade that the text has told of somebody: a singer is "the musician"."""
    called = (lexicon.of_kind(word, "person") for word in draft.nominals)
    return any(trade is not None and noun in trade.sorts for trade in called)


def _parties(casting: Casting, name: Token) -> set[str]:
    """The party named before a person's name: "Republican nominee Donald Trump"."""
    return {
        found
        for token in name.subtree
        if token.i < name.i and token.dep_ in {"amod", "compound", "nmod"}
        for entry in casting.modifiers.get(token.i, ())
        if (found := party(entry))
    }


def _introduce(casting: Casting) -> None:
    """Let "a judge" be the one whom the text goes on to name: how reports begin ("A federal judge … Judge Ana Duarte").

    So it is where the text has one such person without a name and names one soon after.
    """
    by_name = {actor for i in casting.spans if i in casting.taken for actor in casting.heads[i]}
    people = [draft for draft in casting.drafts.values() if draft.kind == "person" and draft.mentions]
    named = [draft for draft in people if draft.id in by_name]
    fresh = [
        draft
        for draft in people
        if draft.id not in by_name and all(_is_indefinite(casting, start) for start, _ in draft.mentions)
    ]
    for unnamed in sorted(fresh, key=lambda draft: -min(draft.mentions)[0]):  # who is joined is then named from there
        start, end = min(unnamed.mentions)
        noun = casting.text[start:end].rpartition(" ")[2].lower()
        same = [draft for draft in named if noun in draft.nominals or is_trade(noun, draft)]
        if len(same) == 1 and _follows(casting, unnamed, same[0]):
            casting.join(unnamed.id, same[0].id)


def _follows(casting: Casting, unnamed: Draft, named: Draft) -> bool:
    """Whether a name comes for the first time soon after somebody unnamed, and of no other nation."""
    away = min(named.mentions)[0] - min(unnamed.mentions)[0]
    return 0 < away < _SOON and (None in {unnamed.country, named.country} or unnamed.country == named.country)


def _is_indefinite(casting: Casting, start: int) -> bool:
    """Whether an indefinite article stands before a phrase, or nothing at all: "Judge rejects request", a headline."""
    return not start or casting.text[max(0, start - 3) : start].lower().strip() in {"a", "an"}


def _naturalise(casting: Casting, draft: Draft, name: Token) -> None:
    """Let a word for a nation beside a name be that person: "Hans Grundberg, a Swede"."""
    for child in name.children:
        ids = casting.heads.get(child.i, ())
        if child.dep_ == "appos" and len(ids) == 1 and ids[0].startswith("person:citizen-of-"):
            draft.country = draft.country or casting.drafts[ids[0]].country
            casting.unmention(child.i)
            casting.heads[child.i] = (draft.id,)


def _crown(casting: Casting, draft: Draft, i: int) -> None:
    """Let a title inside a name count: "Pope Francis" is the pope."""
    start, end = casting.spans[i]
    first = casting.doc.char_span(start, end, alignment_mode="expand")
    words = rolewords.ending_at(casting.doc, first.start) if first is not None and len(first) > 1 else None
    if words is not None and draft.kind == "person" and words.role.form == "office":
        draft.nominals |= rolewords.called(words.role)


def _call(draft: Draft, token: Token) -> None:
    words = rolewords.ending_at(token.doc, token.i)
    if words is not None and draft.kind == "person" and words.role.form in {"office", "member"}:
        draft.nominals |= rolewords.called(words.role)  # a vice-president is no president
        _tell_gender(draft, affiliations.GENDERS.get(words.role.gender))
        return
    word = lexicon.singular(token.lower_)
    noun = lexicon.of_kind(word, draft.kind)
    if noun is not None:
        draft.nominals.add(word)
        _tell_gender(draft, noun.gender)


def _tell_gender(draft: Draft, gender: str | None) -> None:
    """Let a noun tell the gender, more surely than a first name does: "the widow, Terry Strand"."""
    if gender and not draft.settled:
        draft.gender = gender


def _beside(casting: Casting, name: Token) -> Iterator[Token]:
    """The nouns that say what the bearer of a name is."""
    for child in name.children:
        if child.dep_ == "appos" and child.pos_ in {"NOUN", "ADJ"}:
            yield child
            yield from (inner for inner in child.children if inner.dep_ == "conj" and inner.pos_ == "NOUN")
        elif child.dep_ in {"compound", "nmod"} and child.pos_ == "NOUN" and child.i not in casting.taken:
            yield child
    if name.dep_ == "appos" and name.head.pos_ == "NOUN":
        yield name.head
    of_body = casting.drafts[casting.heads[name.i][0]].kind == "organisation"  # "FARC guerrillas", not "Trump lawyer"
    if of_body and name.dep_ in {"compound", "nmod"} and name.head.i == name.right_edge.i + 1:
        yield name.head
    if name.dep_ in {"nsubj", "nsubjpass"} and name.head.lemma_ in _COPULAS:
        yield from (child for child in name.head.children if child.dep_ == "attr" and child.pos_ == "NOUN")
