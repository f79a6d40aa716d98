"""What capitalised words tell by themselves: titles and honorifics, words that only firms have, runs, headlines."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Final

from detente.reading.cast import metonymy, rolewords
from detente.reading.cast.casting import Casting, root
from detente.world import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Stretch = tuple[int, int]
"""The first token of a name and the one after its last."""

POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
HONORIFICS: Final = {
    "mr.": "m",
    "mr": "m",
    "sir": "m",
    "lord": "m",
    "mrs.": "f",
    "mrs": "f",
    "ms.": "f",
    "ms": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
}
COURTESIES: Final = frozenset({"dr", "dr.", "prof", "prof.", *HONORIFICS})
PARTICLES: Final = frozenset("al el bin ibn von van de der da di du la le dos den ul ur abu".split())
FIRMS: Final = frozenset(
    """inc corp co ltd llc plc ag gmbh holdings industries motors airlines airways electronics energy oil gas steel
    marine heavy media pharmaceuticals technologies systems partners capital steelworks mining records international
    global services solutions broadcasting petroleum railways telecom""".split()
)
"""Last words of the names of firms that no surname is likely to be."""
_BODIES: Final = frozenset(
    """project center centre initiative association society college council commission institute foundation times post
    herald tribune gazette press journal""".split()
)
"""The same of other bodies and of newspapers."""
_DATED: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LANGUAGE"})
"""Labels of what stands beside a name and is none of it: "On Tuesday Korp said"."""
_BEFORE_NAMES: Final = frozenset({"the", "former", "-", "–"})


def is_where(ent: Span) -> bool:
    """Whether one word labelled a person stands where only a place can: "in Pokrovsk", "will move to Busan"."""
    if len(ent) > 1 or ent[0].dep_ != "pobj":
        return False
    preposition = ent[0].head
    area = preposition.lower_ == "of" and preposition.head.lemma_.lower() in metonymy.AREAS
    goes = preposition.lower_ == "to" and preposition.head.pos_ == "VERB" and preposition.head.lemma_ in metonymy.MOTION
    return area or goes or preposition.lower_ in {"in", "near", "inside", "across"}


def is_firm(tokens: list[Token]) -> bool:
    """Whether a word of a name says that it is an organisation's, or an apposition does ("a bank in Nagasaki")."""
    words = [token.lower_ for token in tokens if token.is_alpha]
    if any(word in FIRMS | _BODIES for word in words[1:]) or any(
        lexicon.of_kind(word, "organisation") for word in words
    ):
        return True
    return is_called_body(root(tokens))


def is_called_body(name: Token) -> bool:
    """Whether an apposition says that a name is a body's: "a bank in Nagasaki", "one of the largest coal companies"."""
    nouns = [child for child in name.children if child.dep_ == "appos"]
    nouns += [
        noun for one in nouns if one.lower_ == "one" for of in one.children if of.lower_ == "of" for noun in of.children
    ]
    return any(
        noun.pos_ == "NOUN"
        and lexicon.of_kind(noun.lower_, "organisation") is not None
        and lexicon.of_kind(noun.lower_, "person") is None
        for noun in nouns
    )


def bare_runs(casting: Casting) -> Iterator[Stretch]:
    """Capitalised runs of two words or three outside names and headlines."""
    for start, end in runs(casting, casting.taken):
        words = sum(token.is_alpha for token in casting.doc[start:end])
        if 2 <= words <= 3 and not is_headline(casting.doc[start].sent):
            yield start, end


def runs(casting: Casting, closed: Set[int]) -> Iterator[Stretch]:
    """Stretches of proper nouns with what joins them: "Jean-Max Bellerive", "Abdel Fattah al-Sisi"."""
    doc, start = casting.doc, None
    for i in range(len(doc) + 1):
        inside = i < len(doc) and i not in closed and (start is None or not doc[i].is_sent_start)
        if inside and _is_of_name(doc[i], first=start is None):
            start = i if start is None else start
        elif start is not None:
            end = i
            while end > start and not (doc[end - 1].is_alpha and not doc[end - 1].is_lower):
                end -= 1
            if end > start:
                yield start, end
            start = None


def _is_of_name(token: Token, *, first: bool) -> bool:
    if token.ent_type_ in _DATED:
        return False
    proper = token.pos_ == "PROPN" or (token.ent_type_ and token.pos_ in {"NOUN", "ADJ", "VERB"} and not token.is_stop)
    if proper and token.is_alpha and not token.is_lower:
        return True
    if first or token.i + 1 >= len(token.doc):
        return False
    joined = token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_
    return joined or (token.lower_ in PARTICLES and token.nbor(1).pos_ in {"PROPN", "PUNCT"})


def is_headline(sentence: Span) -> bool:
    """Whether nearly all words are capitalised, so that capitals tell nothing."""
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    if len(words) < 4 or sum(token.is_title or token.is_upper for token in words) * 10 < len(words) * 7:
        return False
    plain = [token for token in sentence if token.pos_ != "PROPN" and not token.ent_type_ and token.is_title]
    return any(token.i > sentence.start for token in plain)  # not "Angela Merkel met Emmanuel Macron"


def after_title(casting: Casting, i: int) -> bool:
    """Whether a title that can only belong to a person stands right before token `i`."""
    if i == 0:
        return False
    before = casting.doc[i - 1]
    if before.lower_ in COURTESIES:
        return True
    words = rolewords.ending_at(casting.doc, i - 1)
    return words is not None and words.role.form == "office" and not words.plural and before.dep_ != "dobj"


def past_titles(casting: Casting, start: int, end: int, modifiers: Set[int]) -> int:
    """The first token of the name itself: nationality and titles before it left out."""
    at = start
    for i in range(start, end - 1):
        token = casting.doc[i]
        words = rolewords.ending_at(casting.doc, i)
        titled = words is not None and words.role.form != "body"
        if token.text in {"-", "–"} and not token.whitespace_ and i > at:
            continue  # "Jean-Max", "al-Sisi"
        if titled or i in modifiers or token.lower_ in _BEFORE_NAMES | COURTESIES:
            at = i + 1
    return at


def is_name_word(token: Token) -> bool:
    return token.is_title or token.is_upper or token.lower_ in PARTICLES or (token.is_alpha and not token.is_lower)
