"""Whom pronouns and taking-up nouns mean: "he", "its", "they", "the president", "the alliance", "both nations".

What stands outside quotations is resolved first, then what stands in them: who speaks is by then known. Both times in
the order of the text, so that a resolved phrase counts as a mention for the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import RELATIVE, antecedent, conjuncts
from detente.reading.cast import craft, epithets, nominals, phrases, plurals, pronouns, rolewords, takeup
from detente.reading.cast.casting import Casting
from detente.reading.cast.discourse import Discourse
from detente.reading.cast.speakers import Speeches
from detente.world import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_I: Final = frozenset({"i", "me", "my", "mine", "myself"})
_WE: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
_FIGHTING: Final = frozenset({"REB", "PRM", "UAF"})
"""Sectors of bodies that are called by what their men are: "the militants"."""
_RESOLVED: Final = frozenset({"PRON", "DET", "NOUN", "PROPN", "ADJ", "NUM"})
"""Parts of speech of what may mean somebody."""
_MODIFYING: Final = frozenset({"amod", "compound", "nmod", "nummod"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})


def resolve(casting: Casting) -> None:
    """Let the pronouns and taking-up nouns of the text stand for the actors they mean."""
    epithets.find(casting)
    speeches = Speeches(casting)
    discourse = Discourse(casting, speeches)
    plurals.couple(discourse)
    tokens = [token for token in casting.doc if token.pos_ in _RESOLVED or token.i in casting.modifiers]
    for quoted in (False, True):
        for token in tokens:
            if (speeches.piece_of(token) >= 0) == quoted:
                _resolve(discourse, token)


def _resolve(discourse: Discourse, token: Token) -> None:
    casting = discourse.casting
    found = takeup.of_nation(discourse, token)
    if found:
        casting.unmention(token.i)  # the name of the state was found before
    elif token.i in casting.heads or token.i in casting.taken:
        return
    elif token.lower_ in {"former", "latter"}:
        found = plurals.one_of_two(discourse, token)
    elif token.lower_ == "two":
        found = plurals.bare(discourse, token)
    elif token.pos_ in {"PRON", "DET"}:
        found = _pronoun(discourse, token)
    elif token.pos_ in {"NOUN", "PROPN"}:
        found = _nominal(discourse, token)
    elif token.pos_ == "ADJ":
        named = lexicon.of_kind(token.lower_, "person") and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
        found = _nominal(discourse, token) if named else takeup.of_age(discourse, token)
    if found:
        casting.mention(token.i, found, *_extent(token))
        discourse.add(token, found)


def _pronoun(discourse: Discourse, token: Token) -> tuple[str, ...]:
    word = token.lower_
    if glossed := _glossed(discourse.casting, token):
        return glossed
    if word in RELATIVE:
        noun = _human(discourse.casting, antecedent(token)) if word == "who" else antecedent(token)
        named = [member for member in conjuncts(noun) if member.i < token.i] if noun != token else []
        return tuple(dict.fromkeys(a for member in named for a in discourse.casting.heads.get(member.i, ())))
    if word in _I or word in _WE:
        return discourse.speeches.first_person(token, plural=word in _WE)
    if word in pronouns.HE:
        return pronouns.person(discourse, token, "m")
    if word in pronouns.SHE:
        return pronouns.person(discourse, token, "f")
    if word in pronouns.IT:
        return pronouns.thing(discourse, token)
    if word in {"both", "neither"}:
        return plurals.both(discourse, token)
    if word in pronouns.THEY:
        return pronouns.several(discourse, token) or plurals.two_in_mind(discourse, token)
    return ()


def _human(casting: Casting, noun: Token) -> Token:
    """The people of whom "who" tells, where the parse gives it to the body behind "of": "chiefs of the bank, who"."""
    above = noun.head.head
    of_body = noun.dep_ == "pobj" and noun.head.lower_ == "of" and above.i in casting.heads
    bodies = {"organisation", "state"}
    if not of_body or not all(casting.drafts[actor].kind in bodies for actor in casting.heads.get(noun.i, ())):
        return noun
    return above if any(casting.drafts[actor].kind not in bodies for actor in casting.heads[above.i]) else noun


def _glossed(casting: Casting, token: Token) -> tuple[str, ...]:
    """Who stands in brackets right behind a pronoun: "He (Korp) had talked"."""
    after = casting.doc[token.i + 1 : token.i + 3]
    if len(after) < 2 or after[0].text not in {"(", "["} or after[1].i not in casting.taken:
        return ()
    return casting.heads.get(after[1].i, ())


def _nominal(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """Whom a definite or paired common noun takes up; a role that takes up nobody is somebody new."""
    casting = discourse.casting
    if craft.are_planes(token):
        return ()
    if pair := plurals.taken_up(discourse, token):
        return pair
    words = _of_phrase(casting, token) or rolewords.ending_at(casting.doc, token.i)
    before = phrases.determiners(token)
    owned = any(child.dep_ == "poss" for child in token.children)
    if before & nominals.PAIRED and token.lower_ == "governments" and not owned:
        return ()  # two whom nobody knows are not one government
    found: tuple[str, ...] = ()
    if token.tag_ in {"NNS", "NNPS"}:
        if before & _DEFINITE:
            found = _plural(discourse, token, words)
    elif before & _DEFINITE or owned:
        found = takeup.taken_up(discourse, token, words)
    if not found and "both" in before and token.tag_ in {"NNS", "NNPS"} and not owned:
        return ()  # two of whom nobody knows which
    if found or not (owned or before & (_DEFINITE | nominals.PAIRED)):
        return found
    return nominals.enter_unresolved(casting, words) if words is not None else ()


def _plural(discourse: Discourse, token: Token, words: rolewords.RoleWords | None) -> tuple[str, ...]:
    """The group, or the body of people, that the text has called by a plural: "the rebels" are an organisation."""
    if token.tag_ == "NNPS" or any(child.dep_ in {"amod", "poss", "nmod"} for child in token.children):
        return ()
    nouns = {token.lower_, token.lemma_.lower()} - {"forces", "force"}  # of police only where it is said
    for draft in discourse.present(token, frozenset({"group", "organisation"})):
        if (nouns if draft.kind == "group" else nouns & {token.lower_}) & draft.nominals:
            return (draft.id,)
        if words is not None and words.role.sector in _FIGHTING & {*draft.sectors} and draft.kind == "organisation":
            return (draft.id,)
    return ()


def _of_phrase(casting: Casting, token: Token) -> rolewords.RoleWords | None:
    """The role phrase that `token` heads and "of" goes on: "the minister of defence"."""
    for end in range(token.i + 2, min(token.i + 5, len(casting.doc))):
        words = rolewords.ending_at(casting.doc, end)
        if words is not None and words.head == token.i:
            return words
    return None


def _extent(token: Token) -> tuple[int, int]:
    """A pronoun alone; a noun with what modifies it, without its article."""
    first = token
    for child in token.children:
        if child.lower_ in nominals.PAIRED or (child.dep_ in _MODIFYING and child.pos_ != "PRON"):
            edge = child.left_edge
            first = min(first, edge if edge.pos_ != "DET" else child, key=lambda one: one.i)
    return first.idx, token.idx + len(token)
