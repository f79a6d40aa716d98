"""Role words in a parse: "foreign minister", "soldiers", "parliament", with the sector that each gives."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from detente.world.tables import Role, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST: Final = 5
_NOUNS: Final = frozenset({"NOUN", "PROPN", "ADJ"})


class RoleWords(NamedTuple):
    """A role phrase by its first and last token and its head ("minister" in "minister of defence")."""

    start: int
    end: int
    head: int
    role: Role
    plural: bool


@cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2].rpartition("-")[2] for phrase in roles())


@cache
def nouns(role: Role) -> frozenset[str]:
    """The common nouns that can take up an actor of this role: those of its institution, "the army" for "soldiers"."""
    same = [role] if not role.institution else [r for r in roles().values() if r.institution == role.institution]
    return frozenset(r.phrase.rpartition(" ")[2] for r in same if r.form == role.form or r.form == "body")


def ending_at(doc: Doc, i: int) -> RoleWords | None:
    """The longest role phrase whose last token is `i`."""
    token = doc[i]
    if token.pos_ not in _NOUNS:
        return None
    for word in _forms(token):
        if word not in _last_words():
            continue
        words = word
        best: RoleWords | None = None
        for start in range(i, max(i - _LONGEST, -1), -1):
            if start < i:
                before = doc[start].lower_
                joined = before in {"-", "–"} or doc[start + 1].lower_ in {"-", "–", "'s", "’s"}
                words = f"{before}{'' if joined else ' '}{words}".replace("’", "'").replace("–", "-")
            role = roles().get(words)
            if role is None and doc[start].tag_ in {"NNS", "NNPS"} and start < i:
                role = roles().get(words.replace(doc[start].lower_, doc[start].lemma_.lower(), 1))
            if role is not None:
                head = _head(doc, start, i)
                best = RoleWords(start, i, head, role, _is_plural(doc[head]))
        if best is not None:
            return best
    return None


def _head(doc: Doc, start: int, end: int) -> int:
    """The token that heads the phrase: the last, or the one before "of"."""
    for i in range(start + 1, end):
        if doc[i].lower_ in {"of", "for", "to"}:
            return i - 1
    return end


def _forms(token: Token) -> tuple[str, ...]:
    """The word as it stands, then in the singular."""
    word = token.lower_
    forms = [word]
    lemma = token.lemma_.lower()
    if lemma != word:
        forms.append(lemma)
    if word.endswith("men") and len(word) > 4:
        forms.append(word[:-2] + "an")
    elif word.endswith("s") and len(word) > 3:
        forms.append(word[:-1])
    return tuple(dict.fromkeys(forms))


def _is_plural(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} or token.lower_.endswith("men")
