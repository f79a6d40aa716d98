"""People's names in a text, and which of them are one person: "Robert Mueller", "Mueller", "Mr. Mueller"."""

from __future__ import annotations

import re
from typing import Final

from detente.reading.cast import naming, spelling
from detente.reading.cast.casting import Casting, root
from detente.reading.cast.namewords import HONORIFICS, PARTICLES, Stretch
from detente.reading.cast.naming import Name
from detente.world import lexicon
from detente.world.registry import Hit, person_id, slug

_INITIAL: Final = re.compile(r"[A-Z]\.")
_ARTICLES: Final = frozenset({"el", "al", "-", "–"})
_SUFFIXES: Final = frozenset({"2d", "3d", "jr", "jr.", "sr", "sr.", "ii", "iii"})
_NEAR: Final = 3
"""Letters of a name that must be there before it may be a misspelling of another."""


def find(casting: Casting, hits: dict[Stretch, Hit]) -> set[int]:
    """Enter the people that the text names; the tokens of their names."""
    spans = naming.spans(casting, hits)
    for span, person in _identified(casting, spans, hits).items():
        _enter(casting, span, person)
    return {i for start, end in spans for i in range(start, end)}


def _identified(casting: Casting, spans: list[Stretch], hits: dict[Stretch, Hit]) -> dict[Stretch, str]:
    """Each name with the id of its person. A shorter form means the person last introduced under a longer one, else
    who is widely known by it, else one whom the text introduces later."""
    words = {span: naming.words_of(casting, span) for span in spans}
    introduced: list[tuple[int, Name, str]] = []
    settled: dict[Name, str] = {}
    found: dict[Stretch, str] = {}
    for span in sorted(spans, key=lambda span: (len(words[span]) == 1, span)):
        name = words[span]
        forms = [(at, who) for at, longer, who in introduced if _is_form_of(name, longer)]
        forms = forms or [(at, who) for at, longer, who in introduced if _is_spelling_of(name, longer)]
        earlier = [who for at, who in forms if at < span[0]]
        gender = _gender(casting, span, name)
        if gender:
            earlier = [who for who in earlier if casting.drafts[who].gender in {None, gender}] or earlier
        if len(name) == 1 and settled.get(name) in earlier:
            earlier = [settled[name]]  # who has been called so before, whoever of the family has been named since
        known = _known(casting, hits.get(span) or _without_initials(casting, span))
        later = [who for at, who in forms if at > span[0]]
        # Who is known by a surname keeps it, whoever of the family is named in between.
        first = known if known is not None and (len(name) > 1 or known in earlier) else None
        likely = first or (earlier[-1:] or [known or ""])[0] or (later[:1] or [""])[0]
        found[span] = likely or _in_office(casting, span, name, gender) or _new(casting, span)
        if len(name) == 1:
            settled[name] = found[span]
        draft = casting.drafts[found[span]]
        draft.gender = draft.gender or gender
        if len(name) > 1:
            introduced.append((span[0], name, found[span]))
            introduced.sort()
    return found


def _without_initials(casting: Casting, span: Stretch) -> Hit | None:
    """Who is known by a name without its initials or its article: "Vladimir V. Putin", "Muammar el-Qaddafi"."""
    tokens = list(casting.doc[span[0] : span[1]])
    full = [t for n, t in enumerate(tokens) if n == 0 or not (_INITIAL.fullmatch(t.text) or t.lower_ in _ARTICLES)]
    if len(full) == len(tokens) or len(full) < 2:
        return None
    entries = casting.registry.named(" ".join(token.text for token in full), casting.on)
    people = tuple(entry for entry in entries if entry.sense == "person")
    return Hit(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), people) if people else None


def _is_form_of(short: Name, longer: Name) -> bool:
    """Whether `short` can mean who was introduced as `longer`: "Mueller", "Robert S. Mueller", "Xi", "bin Salman"."""
    if short == longer:
        return True
    if len(short) > 1 and short[0] == longer[0] and short[-1] == longer[-1]:
        return True
    if len(short) >= len(longer):
        return False
    return longer[-len(short) :] == short or (len(short) == 1 and short[0] in longer and len(short[0]) >= _NEAR)


def _is_spelling_of(short: Name, longer: Name) -> bool:
    """Whether a name is another spelling of one introduced before: "Qaddafi" of "Muammar Gaddafi", "bin Ladin"."""
    while len(short) > 1 and short[0] in PARTICLES:
        short = short[1:]
    if not spelling.alike(short[-1], longer[-1]):
        return False
    return len(short) == 1 or short[0] == longer[0] or spelling.alike(short[0], longer[0])


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


def _in_office(casting: Casting, span: Stretch, name: Name, gender: str | None) -> str | None:
    """Who of a common surname is in an office on the day of the text, where it is surely a person's: "Rice left"."""
    text = casting.doc[span[0] : span[1]].text
    one = len(name) == 1 or (" " not in text and len(name) == 2)  # "Mr. Ben-Gurion"
    people = casting.registry.surnamed(text if len(name) > 1 else name[0], casting.on) if one else ()
    entry = casting.registry.likeliest(
        (e for e in people if gender in {None, casting.registry.gender(e.id)}), casting.on
    )
    return casting.enter(entry).id if entry is not None else None


def _new(casting: Casting, span: Stretch) -> str:
    name = " ".join(casting.doc[span[0] : span[1]].text.split())
    return casting.add(person_id(name) if slug(name) else f"person:{name}", name, "person", None).id


def _gender(casting: Casting, span: Stretch, name: Name) -> str | None:
    """What the honorific before a name says, else its first word where that is a first name."""
    courtesy = HONORIFICS.get(casting.doc[span[0] - 1].lower_) if span[0] else None
    return courtesy or (lexicon.first_names().get(name[0]) if len(name) > 1 else None)


def _enter(casting: Casting, span: Stretch, person: str) -> None:
    tokens = list(casting.doc[span[0] : span[1]])
    casting.mention(root(tokens).i, (person,), tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    for token in tokens:
        # Wherever a parse attaches inside the name, it means the person.
        casting.heads.setdefault(token.i, (person,))
    after = casting.doc[span[1]] if span[1] < len(casting.doc) else None
    if after is not None and after.lower_ in _SUFFIXES and tokens[-1].head == after:
        casting.heads.setdefault(after.i, (person,))
