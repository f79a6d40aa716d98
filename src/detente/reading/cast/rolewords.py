"""Role words in a parse: "foreign minister", "soldiers", "parliament", with the sector that each gives."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from detente.world.tables import Role, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STATE_BODIES: Final = frozenset(
    "government foreign-ministry defence-ministry interior-ministry finance-ministry health-ministry justice-ministry "
    "information-ministry trade-ministry electoral-commission security-council armed-forces police intelligence "
    "parliament central-bank opposition embassy".split()
)
"""Institutions of which a state has one: the same id whatever the text calls them."""
ARMED: Final = frozenset({"REB", "PRM", "UAF", "MIL", "COP"})
"""Sectors whose people bear arms."""
MODIFIERS: Final = frozenset({"compound", "nmod", "amod", "npadvmod"})
"""How the parse labels a role that only modifies what follows it: "rebel" in "rebel leader"."""
DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_LONGEST: Final = 5
_NOUNS: Final = frozenset({"NOUN", "PROPN", "ADJ"})
_PREFIXES: Final = frozenset({"self", "anti", "non", "counter", "inter", "intra", "multi"})
"""What makes another word of a role: "self-government" governs nobody else."""


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
    found = frozenset(r.phrase.rpartition(" ")[2] for r in same if r.form == role.form or r.form == "body")
    # not every government is a junta, or called "the Administration"
    return found - ({"junta", "administration"} - {*role.phrase.split()})


def ending_at(doc: Doc, i: int) -> RoleWords | None:
    """The longest role phrase whose last token is `i`."""
    token = doc[i]
    if token.pos_ not in _NOUNS or _is_prefixed(token):
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
            role = roles().get(words) or roles().get(words.replace("-", " "))
            if role is None and doc[start].tag_ in {"NNS", "NNPS"} and start < i:
                role = roles().get(words.replace(doc[start].lower_, doc[start].lemma_.lower(), 1))
            if role is not None:
                head = _head(doc, start, i)
                best = RoleWords(start, i, head, role, _is_plural(doc[head]))
        if best is not None:
            return best
    return None


def _is_prefixed(token: Token) -> bool:
    """Whether a hyphen joins a word to one that changes what it names: "self-government"."""
    return token.i > 1 and token.nbor(-1).text in {"-", "–"} and token.nbor(-2).lower_ in _PREFIXES


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


def is_of_another(token: Token) -> bool:
    """Whether a noun only says whose somebody is, whom a name behind both means: "a spokeswoman for the governor, Ana
    Duarte"."""
    if token.dep_ != "pobj" or token.head.dep_ != "prep":
        return False
    words = ending_at(token.doc, token.head.head.i)
    return words is not None and words.role.form == "office" and not words.plural


def is_somebodys(token: Token) -> bool:
    """Whether a noun is a role that only people have: "spokesman", "senator"."""
    words = ending_at(token.doc, token.i)
    return words is not None and words.role.form == "office"


_LOOSE: Final = frozenset(
    """leader ruler strongman dictator aide adviser advisor diplomat envoy negotiator mediator chief head boss commander
    officer lawmaker legislator parliamentarian deputy""".split()
)
"""Offices by which a text may call whoever has some power, whatever his title."""
_OF_TITLES: Final = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "REL"})


def is_specific(noun: str) -> bool:
    """Whether a noun is a title that not everybody with some power has: "president" and "judge", unlike "leader"."""
    role = roles().get(noun)
    return role is not None and role.form == "office" and role.sector in _OF_TITLES and noun not in _LOOSE


_ABBREVIATED: Final = {
    "sen.": "senator",
    "gov.": "governor",
    "rep.": "representative",
    "gen.": "general",
    "col.": "colonel",
    "maj.": "major",
    "capt.": "captain",
    "lt.": "lieutenant",
    "sgt.": "sergeant",
    "adm.": "admiral",
    "rev.": "reverend",
    "dr.": "doctor",
}


_ALSO: Final = {
    noun: frozenset({"lawmaker", "legislator", *others})
    for noun, others in {
        "senator": (),
        "representative": ("congressman", "congresswoman"),
        "congressman": ("representative",),
        "congresswoman": ("representative",),
        "mp": (),
    }.items()
}


def names(role: Role) -> frozenset[str]:
    """The nouns that say this role: "Gov." and "governor", "secretary of state" and "secretary"."""
    phrase = role.phrase.split()
    of = next((i for i, word in enumerate(phrase) if word in {"of", "for", "to"}), len(phrase))
    last = phrase[of - 1] if of else phrase[-1]
    if last == "general" and of > 1:  # "attorney general" is no general
        last = "deputy" if phrase[0] == "deputy" else phrase[of - 2]
    found = {role.phrase, last, _ABBREVIATED.get(last, last)}
    return frozenset(found | {noun.replace("-", " ") for noun in found})


def called(role: Role) -> frozenset[str]:
    """The nouns by which a person of this role can be called again: also "lawmaker" for a senator."""
    return names(role).union(*(_ALSO[noun] for noun in names(role) if noun in _ALSO))
