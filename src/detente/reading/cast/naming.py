"""Which words of a text are a person's name.

The statistical labels are right about most names and wrong about the rest in every direction: a person is labelled an
organisation or a place, a company a person, and some names get no label. So every capitalised run of words is weighed
by what a reader goes by: a known first name, "Mr." or an office before it, "who" or "the banker" after it, a bare
surname that speaks elsewhere, a word such as "Bank" inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import TYPE_CHECKING, Final

from detente.language import datelines
from detente.reading.cast import namewords, rolewords, spelling
from detente.reading.cast.casting import Casting, root
from detente.reading.cast.namewords import Stretch
from detente.world import lexicon
from detente.world.registry import WORD, Hit, normal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ARTICLES: Final = frozenset({"the", "a", "an"})
_KIN: Final = frozenset("son daughter wife husband brother sister mother father widow nephew niece".split())
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii"})
_TITLED: Final = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART"})
"""Labels that a name right after a title may wrongly carry."""
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "conj", "appos", "poss"})
_HUMAN: Final = frozenset(
    """sack fire arrest jail imprison detain elect choose pick nominate name appoint say tell add resign die kill murder
    shoot marry step walk wave weep smile laugh sit stand meet greet thank beat defeat succeed replace promote dismiss
    extradite bury free release pardon charge convict sentence question swear retire return flee reply bar write speak
    indict impeach accuse mediate recall remember telephone phone hug kiss embrace""".split()
)
"""Verbs whose subjects and objects are mostly people."""
_LONGEST: Final = 5
"""Words of the longest name."""
_COLLECTIVE: Final = frozenset(
    """alliance association campaign coalition committee council federation forum front fund institute league movement
    network organisation organization society union""".split()
)
"""First words of the names of bodies, which "of" or "for" goes on."""
_ENOUGH: Final = 2
"""What must speak for a person before a run of words is one."""
_HEAD: Final = 200
"""Tokens at the beginning of a text among which its headline stands."""

Name = tuple[str, ...]


def spans(casting: Casting, hits: dict[Stretch, Hit]) -> list[Stretch]:
    """The token spans of people's names, in order, without overlaps."""
    found: dict[int, int] = {}
    for start, end in _labelled(casting, hits):
        found[start] = max(end, found.get(start, 0))
    reach = {i: end for start, end in found.items() for i in range(start, end)}
    for (start, end), hit in hits.items():
        if hit.entries[0].sense == "person" and end > reach.get(start, 0):
            widened = _with_first_names(casting, start, hits) if end - start == 1 else start
            found[widened] = max(end, found.get(widened, 0))
    for start, end in _unlabelled_runs(casting, hits, found):
        found[start] = max(end, found.get(start, 0))
    found = {start: end for start, end in found.items() if not _is_known_otherwise((start, end), hits)}
    for start, end in _unlabelled(casting, hits, found):
        found.setdefault(start, end)
    out: list[Stretch] = []
    for start, end in sorted(found.items()):
        if casting.doc[end - 1].lower_.endswith("ing") and end < len(casting.doc) and casting.doc[end].lower_ == "by":
            continue  # "Writing by Ana Duarte"
        free = not casting.taken & {*range(start, end)} and not datelines.is_place_in(casting.doc[start])
        if free and out and start == out[-1][1] and _goes_on(casting, out[-1], (start, end)):
            out[-1] = out[-1][0], end
        elif free and out and start < out[-1][1] < end and out[-1] in hits:
            hits[out[-1][0], end] = hits[out[-1]]  # who is known by the beginning: "Sheikh Tamim bin Hamad Al Thani"
            out[-1] = out[-1][0], end
        elif free and (not out or start >= out[-1][1]) and not _is_in_office(casting, start, end):
            out.append((start, end))
    return out


def _goes_on(casting: Casting, first: Stretch, second: Stretch) -> bool:
    """Whether two names that touch are one, of which labels made two: "Mohamud Ahmed Nur"."""
    doc = casting.doc
    head = root(list(doc[second[0] : second[1]]))
    tokens = doc[first[0] : first[1]]
    if any(len(token) == 1 or token.lower_ in namewords.COURTESIES for token in tokens):
        return False
    inside = all(token.dep_ == "compound" and token.head.i >= first[0] for token in tokens)
    return inside and doc[first[1] - 1].head.i in range(first[1], second[1]) and head.i >= second[0]


def _is_in_office(casting: Casting, start: int, end: int) -> bool:
    """Whether a stretch is no name but part of an office of several words: "Defence" in "Deputy Defence Minister"."""
    for i in range(end - 1, min(end + 2, len(casting.doc))):
        words = rolewords.ending_at(casting.doc, i)
        if words is not None and words.start <= start and words.end > words.start and words.role.form == "office":
            return True
    return False


def words_of(casting: Casting, span: Stretch) -> Name:
    """The words of a name, without a suffix such as Jr."""
    text = casting.doc[span[0] : span[1]].text
    words = [normal(word) for word in WORD.findall(text)]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words) or (text,)


def _is_known_otherwise(span: Stretch, hits: dict[Stretch, Hit]) -> bool:
    """Whether what is labelled a person is the name of a state, a place or an organisation."""
    hit = hits.get(span)
    return hit is not None and hit.entries[0].sense != "person"


def _labelled(casting: Casting, hits: dict[Stretch, Hit]) -> Iterator[Stretch]:
    """Stretches labelled as people, or of any label right after a title, trimmed to the name."""
    modifiers = {
        i
        for (start, end), hit in hits.items()
        if hit.entries[0].sense not in {"person", "region"}
        for i in range(start, end)
    }
    forms = _forms_of_full_names(casting)
    others = {i: e for (s, e), hit in hits.items() if hit.entries[0].sense != "person" for i in range(s, e)}
    for ent in casting.doc.ents:
        titled = ent.label_ in _TITLED and namewords.after_title(casting, ent.start)
        named = ent.label_ == "PERSON" or titled or tuple(normal(token.text) for token in ent) in forms or _is_who(ent)
        if not named or namewords.is_where(ent, casting.near):
            continue
        start, end = ent.start, ent.end
        for i in range(start, end):
            if casting.doc[i].lower_ in namewords.POSSESSIVE or (casting.doc[i].tag_ == "IN" and i > start):
                end = i  # "the Danube at Novi Sad"
                break
        start = namewords.past_titles(casting, start, end, modifiers)
        known = (
            s for (s, e), hit in hits.items() if hit.entries[0].sense == "person" and start < s and e == end > s + 1
        )
        # "Al Thani" is a surname, and whoever has another first name is somebody else
        start = next((s for s in known if casting.doc[s].lower_ not in namewords.PARTICLES), start)
        while end > start and not namewords.is_name_word(casting.doc[end - 1]) and not _is_hyphened(casting.doc, end):
            end -= 1
        end = end if (start, end) in hits else _to_its_head(casting, start, end, others)
        start, end = _confirmed(casting, start, end)
        if end > start and end <= others.get(start, 0):
            continue  # The rest of a name that is no person's.
        if end - start > 1 and _is_bodys(casting, start, end):
            continue
        if end > start and (start, end) not in hits and _is_set_apart(casting, start, end):
            continue
        if end > start and (end - start > 1 or not casting.doc[start].is_lower):
            yield start, end


def _is_hyphened(doc: Doc, end: int) -> bool:
    """Whether a hyphen joins the last word to a name: "Chen Shui-bian"."""
    if end < 3 or doc[end - 2].text not in {"-", "‐"}:
        return False
    return namewords.is_name_word(doc[end - 3]) and not doc[end - 3].whitespace_ and not doc[end - 2].whitespace_


def _to_its_head(casting: Casting, start: int, end: int, others: Mapping[int, int]) -> int:
    """Where a name ends whose label breaks off before the word that its parts hang on: "Ine Eriksen Søreide"."""
    doc = casting.doc
    if end - start < 2 or (start > 0 and doc[start - 1].lower_ in _ARTICLES) or namewords.is_headline(doc[start].sent):
        return end
    head = doc[end - 1].head
    rest = [doc[i] for i in range(end, head.i + 1)]
    goes_on = (
        0 < len(rest) <= 2 and doc[end - 1].dep_ == "compound" and not namewords.is_firm(list(doc[start : head.i + 1]))
    )
    named = all(t.pos_ == "PROPN" and t.is_title and t.ent_type_ in {"", "PERSON"} and t.i not in others for t in rest)
    return head.i + 1 if goes_on and named and rolewords.ending_at(doc, head.i) is None else end


def _is_bodys(casting: Casting, start: int, end: int) -> bool:
    """Whether a name labelled a person's is a firm's or an alliance's; a title before it says that it is not."""
    tokens = list(casting.doc[start:end])
    collective = tokens[0].lower_ in _COLLECTIVE and tokens[1].is_lower  # "organizer Alliance to Reclaim the Schools"
    return collective or (not namewords.after_title(casting, start) and namewords.is_firm(tokens))


def _is_set_apart(casting: Casting, start: int, end: int) -> bool:
    """Whether an article right before a name that a label gives to a person says that it is a thing's: "over the
    Danube"; not before a title, nor where the name only modifies ("the Korp affair") or is of many."""
    before, name = casting.doc[start - 1] if start else None, root(list(casting.doc[start:end]))
    if (
        before is None
        or before.lower_ != "the"
        or name.tag_ != "NNP"
        or name.dep_ in {"compound", "nmod", "amod", "poss"}
    ):
        return False
    return not any(child.dep_ in {"relcl", "appos"} for child in name.children) and not any(
        lexicon.of_kind(token.lower_, "person") for token in casting.doc[start:end]
    )


def _confirmed(casting: Casting, start: int, end: int) -> Stretch:
    """As much of a name in a headline, where every word is capitalised, as the rest of the text has too: of "Condemn
    Donald Trump" the last two words."""
    sentence = casting.doc[start].sent
    if end - start < 2 or start > _HEAD or not namewords.is_headline(sentence):
        return start, end
    others = (token.text for token in casting.doc if not sentence.start <= token.i < sentence.end)
    rest = f" {' '.join(others)} "
    for size in range(end - start, 0, -1):
        for first in range(end - size, start - 1, -1):
            if f" {' '.join(token.text for token in casting.doc[first : first + size])} " in rest:
                return first, first + size
    return start, end


def _forms_of_full_names(casting: Casting) -> set[Name]:
    """The full names labelled as people, and their surnames: they are people's also where another label says not."""
    forms: set[Name] = set()
    for ent in casting.doc.ents:
        if ent.label_ == "PERSON" and len(ent) > 1 and all(namewords.is_name_word(token) for token in ent):
            if _confirmed(casting, ent.start, ent.end) != (ent.start, ent.end):
                continue
            words = tuple(normal(token.text) for token in ent)
            forms |= {words, words[-1:]}
    return forms


def _unlabelled_runs(casting: Casting, hits: dict[Stretch, Hit], found: dict[int, int]) -> Iterator[Stretch]:
    """Capitalised runs of two words or more that no label gives to a person, and all else does."""
    known = {i for (s, e), hit in hits.items() if hit.entries[0].sense != "person" for i in range(s, e)}
    whole = {i for start, end in found.items() if end - start > 1 for i in range(start, end)}
    alone = _lone_people(casting, found)
    places = _places(casting)
    for start, end in namewords.runs(casting, known | whole):
        start = namewords.past_titles(casting, start, end, known)
        words = sum(token.is_alpha for token in casting.doc[start:end])
        if 2 <= words <= _LONGEST and _weigh(casting, start, end, alone, places) >= _ENOUGH:
            yield start, end


def _weigh(casting: Casting, start: int, end: int, alone: Set[str], places: Mapping[str, list[int]]) -> int:
    """How much speaks for a person; the labels and the article speak against it."""
    tokens = list(casting.doc[start:end])
    head = root(tokens)
    article = start > 0 and casting.doc[start - 1].lower_ in {"the", "a", "an"}
    plain = any(token.is_stop and token.lower_ not in namewords.PARTICLES for token in tokens)  # "Beyond Trump"
    if article or plain or namewords.is_headline(head.sent) or namewords.is_firm(tokens) or _is_somewhere(head):
        return 0
    if namewords.is_called_place(head):
        return 0
    names = [normal(token.text) for token in tokens if token.is_alpha]
    labelled = any(token.ent_type_ for token in tokens)
    heavy = [
        names[0] in lexicon.first_names() or spelling.fold(names[0]) in _folded_first_names(),
        bool(alone & {names[0], names[-1]}),
        namewords.after_title(casting, start),
        any(_describes_person(child) for child in head.children),
    ]
    light = [
        any(token.ent_type_ == "PERSON" for token in tokens),
        head.dep_ in _ARGUMENTS and not labelled,
        _stands_alone(casting, tokens, places),
        head.dep_ in _ARGUMENTS and head.head.lemma_ in _HUMAN,
    ]
    return 2 * sum(heavy) + sum(light)


def _describes_person(child: Token) -> bool:
    """Whether what hangs on a name says that it is somebody's: "who …", "the banker"."""
    if child.dep_ == "relcl":
        return any(inner.lower_ in {"who", "whom", "whose"} for inner in child.subtree)
    return child.dep_ == "appos" and lexicon.of_kind(child.lower_, "person") is not None


def _places(casting: Casting) -> dict[str, list[int]]:
    """Where each capitalised word of the text stands."""
    found: dict[str, list[int]] = {}
    for token in casting.doc:
        if token.is_title and len(token) > 2:
            found.setdefault(normal(token.text), []).append(token.i)
    return found


def _stands_alone(casting: Casting, tokens: list[Token], places: Mapping[str, list[int]]) -> bool:
    """Whether a word of a name stands elsewhere by itself and without an article, as surnames do."""
    inside = {token.i for token in tokens}
    elsewhere = (i for token in tokens for i in places.get(normal(token.text), ()) if i not in inside)
    for token in (casting.doc[i] for i in elsewhere):
        before = token.nbor(-1) if token.i else None
        after = token.nbor(1) if token.i + 1 < len(casting.doc) else None
        joined = any(n is not None and n.pos_ == "PROPN" and n.is_title for n in (before, after))
        if not joined and not any(child.dep_ == "det" for child in token.children):
            return True
    return False


@cache
def _folded_first_names() -> frozenset[str]:
    return frozenset(spelling.fold(name) for name in lexicon.first_names() if len(name) >= 5)


def _is_somewhere(head: Token) -> bool:
    return head.dep_ == "pobj" and head.head.lower_ in {"in", "near", "inside", "across", "at"}


def _lone_people(casting: Casting, found: dict[int, int]) -> set[str]:
    """Single names that stand for people somewhere in the text: with an honorific, or labelled so."""
    return {normal(casting.doc[start].text) for start, end in found.items() if end - start == 1} | {
        normal(token.text)
        for token in casting.doc[1:]
        if token.pos_ == "PROPN" and token.nbor(-1).lower_ in namewords.HONORIFICS and token.is_title
    }


def _unlabelled(casting: Casting, hits: dict[Stretch, Hit], found: dict[int, int]) -> Iterator[Stretch]:
    """One capitalised name: of somebody already introduced, whatever its label, or of one that does something."""
    doc = casting.doc
    inside = {i for start, end in found.items() for i in range(start, end)}
    known = {i for start, end in hits for i in range(start, end)}
    parts = {normal(doc[i].text) for s, e in found.items() if e - s > 1 for i in (s, e - 1)}
    common = {token.text for token in doc if token.is_lower}
    for token in doc:
        if token.i in inside or not token.is_title or not token.is_alpha or token.is_stop:
            continue
        name = normal(token.text)
        titled = namewords.after_title(casting, token.i)
        introduced = _is_among(name, parts) and (titled or not _is_joined(token, found))
        if token.i in known and not (name in parts and token.dep_ in _SUBJECTS and _is_bare(token)):
            continue  # "Jordan" is Jim Jordan where he has been introduced
        if token.pos_ != "PROPN" and not (introduced and token.lower_ not in common and len(token) > 3):
            continue
        courtesy = token.i > 0 and token.nbor(-1).lower_ in namewords.COURTESIES | _KIN
        if introduced or courtesy or (not token.ent_type_ and _does_something(casting, token)):
            yield token.i, token.i + 1


def _is_among(name: str, parts: Set[str]) -> bool:
    """Whether a word is part of a name of the text, in whatever spelling."""
    return name in parts or any(spelling.alike(name, part) for part in parts if part[:1] and len(part) >= 5)


def _is_bare(token: Token) -> bool:
    """Whether nothing stands with a name."""
    return not any(child.dep_ in {"det", "amod", "compound", "nmod", "poss"} for child in token.children)


def _is_joined(token: Token, found: dict[int, int]) -> bool:
    """Whether a word belongs to a longer capitalised name: the Clinton in "Clinton Foundation"."""
    if token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i > token.i:
        return token.head.is_title and token.head.i not in found
    return any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.children)


def _does_something(casting: Casting, token: Token) -> bool:
    """Whether a bare name amid a sentence is the subject of a verb: "Malloy says"."""
    if token.is_sent_start or token.tag_ != "NNP" or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if token.head.pos_ != "VERB" or any(c.dep_ in {"det", "amod", "compound", "nummod"} for c in token.children):
        return False
    return rolewords.ending_at(casting.doc, token.i) is None


def _is_who(ent: Span) -> bool:
    """Whether "who" or a person's noun goes with a name that is labelled an organisation: "the judge, Ana Korp"."""
    name = ent.root
    if ent.label_ != "ORG":
        return False
    if len(ent) == 2 and name.dep_ == "appos" and not namewords.is_firm(list(ent)) and _is_set_beside(name):
        return True
    return any(
        child.dep_ == "relcl" and any(inner.lower_ in {"who", "whom"} for inner in child.children)
        for child in name.children
    )


def _is_set_beside(name: Token) -> bool:
    """Whether a name stands in apposition to a noun that only a person is called by."""
    words = rolewords.ending_at(name.doc, name.head.i)
    human = words is not None and words.role.form == "office" and not words.plural
    listed = lexicon.of_kind(name.head.lower_, "person") and not lexicon.of_kind(name.head.lower_, "organisation")
    return name.head.tag_ == "NN" and bool(human or listed)


def _with_first_names(casting: Casting, start: int, hits: dict[Stretch, Hit]) -> int:
    """Where a full name begins whose last word alone is a known surname: Melania Trump is not Donald."""
    inside = {i for span in hits for i in range(*span)}
    at = start
    while at > 0:
        before = casting.doc[at - 1]
        if (
            before.pos_ != "PROPN"
            or not (before.is_title or before.is_upper)
            or before.i in inside
            or before.lower_ in namewords.HONORIFICS
            or rolewords.ending_at(casting.doc, before.i) is not None
            or before.head.i not in {start, at}
        ):
            break
        at -= 1
    return at
