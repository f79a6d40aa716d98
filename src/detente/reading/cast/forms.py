"""One organisation under all its names: "the Post" is the New York Post, "Dae-Kwang" is Dae-Kwang Heavy, "the SNP" the
Scottish National Party, where the text has named the whole.

First the organisations are entered that the labels take for something else; then every name that shortens a longer one
of the text becomes that one's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.reading.cast import namewords, rolewords
from detente.reading.cast.casting import Casting, Draft, root
from detente.world import lexicon
from detente.world.registry import WORD, normal, slug

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MISLABELLED: Final = frozenset({"PERSON", "FAC", "PRODUCT", "WORK_OF_ART", "GPE", "LAW", "EVENT"})
_SMALL: Final = frozenset("of the and for in on at de du des la le del y e et von und".split())

Name = tuple[str, ...]


def find(casting: Casting) -> None:
    """Enter the organisations that labels miss, and let the short names of one be its own."""
    for ent in casting.doc.ents:
        if ent.label_ in _MISLABELLED:
            _enter(casting, ent)
    for span in namewords.bare_runs(casting):
        _enter_bare(casting, list(casting.doc[span[0] : span[1]]))
    for token in casting.doc:
        if token.pos_ == "PROPN" and not token.is_lower and namewords.is_called_body(token):
            _enter_called(casting, token)
    _join(casting)
    _abbreviate(casting)


def _abbreviate(casting: Casting) -> None:
    """Enter the initials that no label covers of the organisations that the text has named."""
    bodies = [draft for draft in casting.drafts.values() if draft.kind == "organisation" and draft.mentions]
    initials = {form: draft for draft in bodies for name in _names(casting, draft) for form in _initials(_words(name))}
    for token in casting.doc:
        draft = initials.get(token.lower_) if token.is_upper and len(token) > 1 else None
        free = token.i not in casting.heads and token.i not in casting.taken
        if draft is not None and free and min(draft.mentions)[0] < token.idx:
            casting.mention(token.i, (draft.id,), token.idx, token.idx + len(token))
            casting.taken.add(token.i)


def _initials(name: Name) -> set[str]:
    """The initials of a name of two words or more, with and without its small words."""
    if len(name) < 2:
        return set()
    return {"".join(word[0] for word in name), "".join(word[0] for word in name if word not in _SMALL)}


def _enter_bare(casting: Casting, tokens: list[Token]) -> None:
    """Enter a name without a label that does something and is no person's: "Rio Tinto blew up two caves"."""
    head, first, last = root(tokens), tokens[0], tokens[-1]
    known = any(t.i in casting.heads or t.i in casting.taken or t.ent_type_ or t.is_stop for t in tokens)
    if known or head.dep_ not in {"nsubj", "nsubjpass"} or rolewords.ending_at(casting.doc, last.i) is not None:
        return
    name = " ".join(casting.text[first.idx : last.idx + len(last)].split())
    if slug(name):
        casting.add(f"org:{slug(name)}", name, "organisation", None)
        casting.mention(head.i, (f"org:{slug(name)}",), first.idx, last.idx + len(last))
        casting.taken.update(token.i for token in tokens)


def _enter_called(casting: Casting, name: Token) -> None:
    """Enter one word that no label covers and an apposition says to be a body's: "NordMalm, a steelmaker"."""
    if name.i in casting.heads or name.i in casting.taken or name.ent_type_ or not slug(name.text):
        return
    if any(child.dep_ in {"compound", "amod", "det"} for child in name.children):
        return
    casting.add(f"org:{slug(name.text)}", name.text, "organisation", None)
    casting.mention(name.i, (f"org:{slug(name.text)}",), name.idx, name.idx + len(name))
    casting.taken.add(name.i)


def _enter(casting: Casting, ent: Span) -> None:
    tokens = [token for token in ent if token.lower_ not in {"the", *namewords.POSSESSIVE} and not token.is_space]
    if len(tokens) < 2 or not namewords.is_firm(tokens) or not tokens[0].text[0].isupper():
        return
    if namewords.is_landform(ent) or any(token.i in casting.heads or token.i in casting.taken for token in tokens):
        return  # "Port Said" is no port's company
    head, first, last = root(tokens), tokens[0], tokens[-1]
    name = " ".join(casting.text[first.idx : last.idx + len(last)].split())
    if ent.label_ in {"FAC", "GPE", "LAW", "EVENT"} and head.dep_ == "pobj":
        return
    draft = casting.add(f"org:{slug(name)}", name, "organisation", None)
    casting.mention(head.i, (draft.id,), first.idx, last.idx + len(last))
    casting.taken.update(token.i for token in tokens)


def _join(casting: Casting) -> None:
    """Let every short name stand for the organisation introduced before it under a longer one."""
    bodies = [draft for draft in casting.drafts.values() if draft.kind == "organisation" and draft.mentions]
    bodies.sort(key=lambda draft: min(draft.mentions))
    for short in bodies:
        if short.id in casting.registry.by_id:
            continue
        wholes = [
            draft
            for draft in bodies
            if draft is not short and min(draft.mentions) < min(short.mentions) and _shortens(casting, short, draft)
        ]
        if wholes:
            casting.join(short.id, wholes[-1].id)


def _shortens(casting: Casting, short: Draft, whole: Draft) -> bool:
    """Whether the name of one is the beginning, the end or the initials of the name of the other."""
    name = _words(short.name)
    if not name or whole.id not in casting.drafts:
        return False
    for longer in (_words(form) for form in _names(casting, whole)):
        if short.name.isupper() and len(name) == 1 and len(name[0]) > 1 and name[0] in _initials(longer):
            return True
        if 0 < len(name) < len(longer) and (longer[-len(name) :] == name or _begins(name, longer)):
            return True
    return False


def _begins(name: Name, longer: Name) -> bool:
    """Whether a name begins another, with a word that is its own: not "European", "National"."""
    own = len(name) > 1 or (len(name[0]) > 3 and lexicon.of_kind(name[0], "organisation") is None)
    return longer[: len(name)] == name and own


def _names(casting: Casting, draft: Draft) -> set[str]:
    return {draft.name, *(casting.text[start:end] for start, end in draft.mentions)}


def _words(name: str) -> Name:
    words = tuple(normal(word) for word in WORD.findall(name))
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words
