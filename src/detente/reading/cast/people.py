"""People's names in a text, and which of them are one person: "Robert Mueller", "Mueller", "Mr. Mueller"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.reading.cast import metonymy, rolewords
from detente.reading.cast.casting import Casting, root
from detente.world.registry import WORD, Hit, normal, person_id, slug

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_HONORIFICS: Final = {
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
_PARTICLES: Final = frozenset("al el bin ibn von van de der da di du la le dos den ul ur abu".split())
_BEFORE_NAMES: Final = frozenset({"the", "former", "-", "–"})
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii"})
_TITLED: Final = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART"})
"""Labels that a name right after a title may wrongly carry."""

Stretch = tuple[int, int]
Name = tuple[str, ...]


def find(casting: Casting, hits: dict[Stretch, Hit]) -> set[int]:
    """Enter the people that the text names; the tokens of their names."""
    spans = [span for span in _spans(casting, hits) if not _is_known_otherwise(span, hits)]
    for span, person in _identified(casting, spans, hits).items():
        _enter(casting, span, person)
    return {i for start, end in spans for i in range(start, end)}


def _is_known_otherwise(span: Stretch, hits: dict[Stretch, Hit]) -> bool:
    """Whether what is labelled a person is the name of a state, a place or an organisation."""
    hit = hits.get(span)
    return hit is not None and hit.entries[0].sense != "person"


def _spans(casting: Casting, hits: dict[Stretch, Hit]) -> list[Stretch]:
    """The token spans of people's names, in order, without overlaps."""
    spans: dict[int, int] = {}
    for start, end in _labelled(casting, hits):
        spans[start] = max(end, spans.get(start, 0))
    reach = {i: end for start, end in spans.items() for i in range(start, end)}
    for (start, end), hit in hits.items():
        if hit.entries[0].sense == "person" and end > reach.get(start, 0):
            widened = _with_first_names(casting, start, hits) if end - start == 1 else start
            spans[widened] = max(end, spans.get(widened, 0))
    for start, end in _unlabelled(casting, hits):
        spans.setdefault(start, end)
    out: list[Stretch] = []
    for start, end in sorted(spans.items()):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


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
        titled = ent.label_ in _TITLED and _after_title(casting, ent.start)
        named = ent.label_ == "PERSON" or titled or tuple(normal(token.text) for token in ent) in forms or _is_who(ent)
        if not named or is_where(ent):
            continue
        start, end = ent.start, ent.end
        for i in range(start, end):
            if casting.doc[i].lower_ in POSSESSIVE:
                end = i
                break
        start = _past_titles(casting, start, end, modifiers)
        while end > start and not _is_name_word(casting.doc[end - 1]):
            end -= 1
        if end > start and end <= others.get(start, 0):
            continue  # The rest of a name that is no person's.
        if end > start and (end - start > 1 or not casting.doc[start].is_lower):
            yield start, end


def _forms_of_full_names(casting: Casting) -> set[Name]:
    """The full names labelled as people, and their surnames: they are people's also where another label says not."""
    forms: set[Name] = set()
    for ent in casting.doc.ents:
        if ent.label_ == "PERSON" and len(ent) > 1 and all(_is_name_word(token) for token in ent):
            words = tuple(normal(token.text) for token in ent)
            forms |= {words, words[-1:]}
    return forms


def _unlabelled(casting: Casting, hits: dict[Stretch, Hit]) -> Iterator[Stretch]:
    """One capitalised name that no label covers: a surname already introduced, or one that does something."""
    known = {i for start, end in hits for i in range(start, end)}
    surnames = {form[0] for form in _forms_of_full_names(casting) if len(form) == 1}
    for token in casting.doc:
        if token.pos_ != "PROPN" or token.ent_type_ or token.i in known or not token.is_title:
            continue
        introduced = normal(token.text) in surnames and token.dep_ != "compound"
        if introduced or _does_something(casting, token):
            yield token.i, token.i + 1


def _does_something(casting: Casting, token: Token) -> bool:
    """Whether a bare name amid a sentence is the subject of a verb: "Malloy says"."""
    if token.is_sent_start or token.tag_ != "NNP" or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if token.head.pos_ != "VERB" or any(c.dep_ in {"det", "amod", "compound", "nummod"} for c in token.children):
        return False
    return rolewords.ending_at(casting.doc, token.i) is None


def is_where(ent: Span) -> bool:
    """Whether one word labelled a person stands where only a place can: "in Pokrovsk", "near Tyre"."""
    if len(ent) > 1 or ent[0].dep_ != "pobj":
        return False
    preposition = ent[0].head
    area = preposition.lower_ == "of" and preposition.head.lemma_.lower() in metonymy.AREAS
    return area or preposition.lower_ in {"in", "near", "inside", "across"}


def _is_who(ent: Span) -> bool:
    """Whether "who" takes up a name that is labelled an organisation: it is somebody's."""
    return ent.label_ == "ORG" and any(
        child.dep_ == "relcl" and any(inner.lower_ in {"who", "whom"} for inner in child.children)
        for child in ent.root.children
    )


def _after_title(casting: Casting, i: int) -> bool:
    """Whether a title that can only belong to a person stands right before token `i`."""
    if i == 0:
        return False
    before = casting.doc[i - 1]
    if before.lower_ in _HONORIFICS:
        return True
    words = rolewords.ending_at(casting.doc, i - 1)
    return words is not None and words.role.form == "office" and not words.plural and before.dep_ != "dobj"


def _past_titles(casting: Casting, start: int, end: int, modifiers: set[int]) -> int:
    """The first token of the name itself: nationality and titles before it left out."""
    at = start
    for i in range(start, end - 1):
        token = casting.doc[i]
        words = rolewords.ending_at(casting.doc, i)
        titled = words is not None and words.role.form != "body"
        if titled or i in modifiers or token.lower_ in _HONORIFICS or token.lower_ in _BEFORE_NAMES:
            at = i + 1
    return at


def _is_name_word(token: Token) -> bool:
    return token.is_title or token.is_upper or token.lower_ in _PARTICLES or (token.is_alpha and not token.is_lower)


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
            or before.lower_ in _HONORIFICS
            or rolewords.ending_at(casting.doc, before.i) is not None
            or before.head.i not in {start, at}
        ):
            break
        at -= 1
    return at


def _identified(casting: Casting, spans: list[Stretch], hits: dict[Stretch, Hit]) -> dict[Stretch, str]:
    """Each name with the id of its person. A shorter form means the person last introduced under a longer one, else
    who is widely known by it, else one whom the text introduces later."""
    words = {span: _words(casting, span) for span in spans}
    introduced: list[tuple[int, Name, str]] = []
    found: dict[Stretch, str] = {}
    for span in sorted(spans, key=lambda span: (len(words[span]) == 1, span)):
        name = words[span]
        forms = [(at, who) for at, longer, who in introduced if _is_form_of(name, longer)]
        earlier = [who for at, who in forms if at < span[0]]
        gender = _honorific(casting, span)
        if gender:
            earlier = [who for who in earlier if casting.drafts[who].gender in {None, gender}] or earlier
        known = _known(casting, hits.get(span))
        later = [who for at, who in forms if at > span[0]]
        # Who is known by a surname keeps it, whoever of the family is named in between.
        first = known if known is not None and (len(name) > 1 or known in earlier) else None
        found[span] = first or (earlier[-1:] or [known or ""])[0] or (later[:1] or [""])[0] or _new(casting, span)
        if len(name) > 1:
            introduced.append((span[0], name, found[span]))
            introduced.sort()
    return found


def _words(casting: Casting, span: Stretch) -> Name:
    """The words of a name, without a suffix such as Jr. and without single initials in the middle."""
    text = casting.doc[span[0] : span[1]].text
    words = [normal(word) for word in WORD.findall(text)]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words) or (text,)


def _is_form_of(short: Name, longer: Name) -> bool:
    """Whether `short` can mean who was introduced as `longer`: "Mueller", "Robert S. Mueller", "Xi", "bin Salman"."""
    if short == longer:
        return True
    if len(short) > 1 and short[0] == longer[0] and short[-1] == longer[-1]:
        return True
    if len(short) >= len(longer):
        return False
    return longer[-len(short) :] == short or (len(short) == 1 and longer[0] == short[0])


def _known(casting: Casting, hit: Hit | None) -> str | None:
    if hit is None:
        return None
    entry = casting.registry.likeliest((e for e in hit.entries if e.sense == "person"), casting.on)
    if entry is not None:
        return casting.enter(entry).id
    named = [e for e in hit.entries if e.sense == "person"]
    if not named:
        return None
    # Several are known by this name and no date decides between them: only what they share is sure.
    draft = casting.add(person_id(casting.text[hit.start : hit.end]), casting.text[hit.start : hit.end], "person", None)
    countries = {e.country for e in named}
    draft.country = countries.pop() if len(countries) == 1 else None
    return draft.id


def _new(casting: Casting, span: Stretch) -> str:
    name = " ".join(casting.doc[span[0] : span[1]].text.split())
    return casting.add(person_id(name) if slug(name) else f"person:{name}", name, "person", None).id


def _honorific(casting: Casting, span: Stretch) -> str | None:
    return _HONORIFICS.get(casting.doc[span[0] - 1].lower_) if span[0] else None


def _enter(casting: Casting, span: Stretch, person: str) -> None:
    tokens = list(casting.doc[span[0] : span[1]])
    casting.mention(root(tokens).i, (person,), tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    draft = casting.drafts[person]
    draft.gender = draft.gender or _honorific(casting, span)
    for token in tokens:
        # Wherever a parse attaches inside the name, it means the person.
        casting.heads.setdefault(token.i, (person,))
