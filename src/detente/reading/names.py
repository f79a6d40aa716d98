"""Names in a text: the registry's, and those of people and organisations that only the text knows.

The registry overrules the statistical labels (a state is no person, a known leader no organisation); those fill in what
the registry does not know; a title before a name makes it a person's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.reading import metonymy, rolewords
from detente.reading.casting import Casting, Site, root
from detente.world.registry import Entry, Hit, person_id, slug

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
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
_SUFFIXES: Final = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii"})


def find(casting: Casting) -> None:
    """Enter every name of the text into the cast."""
    hits = _hits(casting)
    people = [span for span in _people(casting, hits) if not _is_known_otherwise(span, hits)]
    covered = {i for start, end in people for i in range(start, end)}
    _enter_people(casting, people, hits)
    for (start, end), hit in hits.items():
        if not covered & set(range(start, end)):
            _enter_hit(casting, start, end, hit)
            casting.taken.update(range(start, end))
    casting.taken.update(covered)
    _enter_organisations(casting)


def _hits(casting: Casting) -> dict[tuple[int, int], Hit]:
    """The registry's names by their token spans."""
    starts = [token.idx for token in casting.doc]
    found: dict[tuple[int, int], Hit] = {}
    for hit in casting.registry.find(casting.text, casting.on):
        start = bisect_right(starts, hit.start) - 1
        end = bisect_right(starts, hit.end - 1)
        found[start, end] = hit if (start, end) not in found else _merged(found[start, end], hit)
    return found


def _merged(first: Hit, second: Hit) -> Hit:
    """Two names in one token ("U.S.-Russia") stand for both."""
    return Hit(first.start, second.end, (first.entries[0], second.entries[0]))


def _is_known_otherwise(span: tuple[int, int], hits: dict[tuple[int, int], Hit]) -> bool:
    """Whether what is labelled a person is the name of a state, a place or an organisation."""
    hit = hits.get(span)
    return hit is not None and hit.entries[0].sense != "person"


def _people(casting: Casting, hits: dict[tuple[int, int], Hit]) -> list[tuple[int, int]]:
    """The token spans of people's names, in order, without overlaps."""
    spans: dict[int, int] = {}
    for start, end in _labelled(casting, hits):
        spans[start] = max(end, spans.get(start, 0))
    for (start, end), hit in hits.items():
        if hit.entries[0].sense == "person" and not any(s <= start and end <= e for s, e in spans.items()):
            widened = _with_first_names(casting, start, hits) if end - start == 1 else start
            spans[widened] = max(end, spans.get(widened, 0))
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans.items()):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _labelled(casting: Casting, hits: dict[tuple[int, int], Hit]) -> Iterator[tuple[int, int]]:
    """Stretches labelled as people, or of any label right after a title, trimmed to the name."""
    modifiers = {
        i
        for (start, end), hit in hits.items()
        if hit.entries[0].sense not in {"person", "region"}
        for i in range(start, end)
    }
    for ent in casting.doc.ents:
        titled = ent.label_ in {"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART"} and _after_title(
            casting, ent.start
        )
        if ent.label_ != "PERSON" and not titled:
            continue
        start, end = ent.start, ent.end
        for i in range(start, end):
            if casting.doc[i].lower_ in _POSSESSIVE:
                end = i
                break
        start = _past_titles(casting, start, end, modifiers)
        while end > start and not _is_name_word(casting.doc[end - 1]):
            end -= 1
        if end > start and (end - start > 1 or not casting.doc[start].is_lower):
            yield start, end


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


def _with_first_names(casting: Casting, start: int, hits: dict[tuple[int, int], Hit]) -> int:
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


def _enter_people(casting: Casting, spans: list[tuple[int, int]], hits: dict[tuple[int, int], Hit]) -> None:
    full: dict[str, list[tuple[int, str]]] = {}
    resolved: dict[tuple[int, int], str] = {}
    for start, end in spans:
        known = hits.get((start, end))
        if end - start > 1 or (known is not None and len(known.entries) == 1):
            draft_id = _person(casting, start, end, known)
            resolved[start, end] = draft_id
            surname = casting.doc[_last_name(casting, start, end)].lower_
            if end - start > 1:
                full.setdefault(surname, []).append((start, draft_id))
    for start, end in spans:
        actor = resolved.get((start, end)) or ""
        if end - start == 1:
            # A bare surname is the person last introduced under it, else who is known by it, else one introduced later.
            introduced = full.get(casting.doc[start].lower_, [])
            earlier = [who for at, who in introduced if at < start]
            later = [who for at, who in introduced if at > start]
            actor = (earlier[-1:] or [actor] * bool(actor) or later[:1] or [_person(casting, start, end, None)])[0]
        tokens = list(casting.doc[start:end])
        head = root(tokens)
        first, last = tokens[0], tokens[-1]
        casting.mention(head.i, (actor,), first.idx, last.idx + len(last))
        if start > 0:
            gender = _HONORIFICS.get(casting.doc[start - 1].lower_)
            casting.drafts[actor].gender = casting.drafts[actor].gender or gender
        entry = casting.registry.by_id.get(actor)
        for token in tokens:
            casting.modifiers[token.i] = (entry,) if entry is not None else ()
            # Wherever a parse attaches inside the name, it means the person.
            casting.heads.setdefault(token.i, (actor,))


def _last_name(casting: Casting, start: int, end: int) -> int:
    return end - 2 if end - start > 1 and casting.doc[end - 1].lower_ in _SUFFIXES else end - 1


def _person(casting: Casting, start: int, end: int, hit: Hit | None) -> str:
    if hit is not None:
        people = [entry for entry in hit.entries if entry.sense == "person"]
        if people:
            return casting.enter(people[0]).id
    tokens = casting.doc[start:end]
    name = casting.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
    name = " ".join(name.split())
    return casting.add(person_id(name) if slug(name) else f"person:{name}", name, "person", None).id


def _enter_hit(casting: Casting, start: int, end: int, hit: Hit) -> None:
    tokens = list(casting.doc[start:end])
    head = root(tokens)
    entries = _chosen(hit)
    part_of_word = hit.end < tokens[-1].idx + len(tokens[-1]) and len(entries) == 1
    actors: list[str] = []
    for entry in entries:
        reading = metonymy.read(head, entry.sense)
        if entry.sense == "region":
            reading = metonymy.PLACE
        if entry.sense in {"state", "capital", "region"}:
            casting.sites.append(Site(head.i, hit.start, hit.end, entry, reading.actor))
        if reading.actor and entry.id:
            actors.append(casting.enter(entry).id)
    if not part_of_word and not _is_prefixed(casting, start):
        for token in tokens:
            casting.modifiers[token.i] = entries
    if actors:
        casting.mention(head.i, tuple(dict.fromkeys(actors)), hit.start, hit.end)


def _chosen(hit: Hit) -> tuple[Entry, ...]:
    """One entry for one name; both for two names in one token."""
    names = {entry.id for entry in hit.entries}
    if len(hit.entries) == 2 and len(names) == 2 and all(e.sense in {"state", "adjective"} for e in hit.entries):
        return hit.entries
    return hit.entries[:1]


def _is_prefixed(casting: Casting, start: int) -> bool:
    """Whether "anti-" or "pro-" stands before it: an anti-Russian crowd is not Russian."""
    return (
        start >= 2
        and casting.doc[start - 1].text in {"-", "–"}
        and casting.doc[start - 2].lower_
        in {
            "anti",
            "pro",
            "non",
            "ex",
        }
    )


def _enter_organisations(casting: Casting) -> None:
    """What the statistical model labels an organisation and nothing else knows."""
    for ent in casting.doc.ents:
        if ent.label_ != "ORG":
            continue
        tokens = [token for token in ent if token.lower_ not in {"the", "a", "an"} and not token.is_space]
        while tokens and (tokens[-1].lower_ in _POSSESSIVE or tokens[-1].is_punct):
            tokens.pop()
        if not tokens or all(not token.text[0].isupper() for token in tokens):
            continue
        head = root(tokens)
        if head.i in casting.heads:
            continue
        last = rolewords.ending_at(casting.doc, tokens[-1].i)
        if last is not None and all(t.i >= last.start or t.i in casting.modifiers for t in tokens):
            continue
        first, final = tokens[0], tokens[-1]
        name = " ".join(casting.text[first.idx : final.idx + len(final)].split())
        if not slug(name):
            continue
        draft = casting.add(f"org:{slug(name)}", name, "organisation", _country(casting, tokens))
        if last is not None:
            draft.add_sectors(last.role.sector)
            draft.nominals.add(last.role.phrase.rsplit(" ", 1)[-1])
        casting.mention(head.i, (draft.id,), first.idx, final.idx + len(final))
        casting.taken.update(token.i for token in tokens)


def _country(casting: Casting, tokens: list[Token]) -> str | None:
    """The state that an organisation's own name names: the Kenya Anti-Corruption Commission."""
    for token in tokens:
        for entry in casting.modifiers.get(token.i, ()):
            if entry.sense in {"state", "adjective"}:
                return entry.country
    return None
