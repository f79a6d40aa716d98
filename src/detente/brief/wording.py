"""The brief's own sentences: neutral templates for what was said, done, held and wanted.

Every template is the same for all parties. What the text calls a thing stands beside it in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from detente.brief.clauses import Denial
from detente.brief.drafts import Report
from detente.brief.labels import (
    HOLDS,
    INTENTIONS,
    REPORTED,
    UNREAL,
    Label,
    labels,
)
from detente.brief.model import Piece, Words
from detente.brief.names import NOBODY, Party, place, together
from detente.records import Count, Event, Holding, Size, Status

_TIE: Final = re.compile(r"^that\s+(?=\S)")
_COMMA: Final = re.compile(r"(?<=\S)[\s,;:]+(?:(?:and|or|but)\s*)?(?=[’”'\"]?$)")
_OPEN_END: Final = re.compile(
    r"(?<=\S)[\s,]+(?:(?:about|at|by|for|from|in|of|on|through|to|under|with)\s+)?(?:which|whom|whose|who|the|an?)$"
)
DENIALS: Final[Mapping[Denial, str]] = {"past": "did not", "future": "would not", "open": "did not or would not"}
_DATELINE: Final = re.compile(
    r"^(?:[A-Z][A-Z.'’-]+ ?){1,3}(?:, [A-Z]\w+)?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?))?(?: \([^)]{2,30}\))? ?[-–—]+ "
)
"""Where and when an article was written, before its first words."""
_OBJECT: Final = re.compile(r"\[(.+?)\]")
"""What of a label gives way to persons or groups that it was done to."""
_END: Final = 40
"""Characters at the end of a quotation that hold what is left out there."""
_IN_MARKS: Final = re.compile(r"(“)([^“”]+)”|(\"|'')([^\"]+?)\3")


def words(template: str, **slots: str | Words) -> Words:
    """`template` with its {slots} filled; neighbouring words of the brief's own are one piece."""
    found: list[Piece] = []
    for number, part in enumerate(re.split(r"\{(\w+)\}", template)):
        filled = slots[part] if number % 2 else part
        for piece in (Piece(text=filled),) if isinstance(filled, str) else filled:
            if found and not piece.quoted and not found[-1].quoted:
                found[-1] = Piece(text=found[-1].text + piece.text)
            elif piece.text:
                found.append(piece)
    return tuple(found)


def quote(text: str, *, is_speech: bool = False) -> Words:
    """The text's words, without what ties them to their sentence: "that …" before them, ", and" or "of which" after.

    A dateline before them goes too.

    With `is_speech` they are a speaker's own and begin as they begin.
    """
    text = _DATELINE.sub("", text)
    if not is_speech:
        text = _TIE.sub("", text)
    text = text[:-_END] + _OPEN_END.sub("", _COMMA.sub("", text[-_END:]))
    whole = _IN_MARKS.fullmatch(text)
    return (Piece(text=(whole[2] or whole[4]) if whole else text, quoted=True),) if text else ()


def begin(sentence: Words) -> Words:
    """`sentence` with a capital letter, unless it begins with the text's words."""
    if not sentence or sentence[0].quoted:
        return sentence
    first = sentence[0].text
    return (Piece(text=first[:1].upper() + first[1:]), *sentence[1:])


def deed(
    event: Event, source: Party, target: Party | None, principal: Party | None = None, *, denial: Denial = "open"
) -> Words:
    """What happened, or is demanded, promised, planned …: a sentence without the text's words and who reports it.

    `principal` is who demands, promises, offers, threatens or refuses it, where that is known; `denial` says of what is
    negated whether it was not done or will not be.
    """
    label = labels(event.type, event.mode, event.trigger.text)
    slots: dict[str, str | Words] = {
        "who": source.name,
        "did": _with_target(label.past, label, target),
        "do": _with_target(label.base, label, target),
        "principal": principal.name if principal is not None else "",
    }
    is_own = principal is None or principal == source
    is_anybody = source.name == NOBODY
    status = event.status
    if status == "actual":
        return words("{who} {did}", **slots)
    if status == "negated":
        if principal == source:
            return words("{who} refused to {do}", **slots)
        if is_anybody:
            by = "not done or not wanted" if principal is None else "refused or opposed by {principal}"
            return words(f"{{doing}}: {by}", **slots, doing=_with_target(label.gerund, label, target))
        return words(f"{{who}} {DENIALS[denial]} {{do}}", **slots)
    if status == "demanded":
        by = "it was demanded" if principal is None else "{principal} demanded"
        return words(f"{by} that others {{do}}" if is_anybody else f"{by} that {{who}} {{do}}", **slots)
    intention = INTENTIONS.get(status, "planned")
    if is_anybody and is_own:
        return words(f"it was {intention} to {{do}}", **slots)
    if status in INTENTIONS:
        template = "{who} %s to {do}" if is_own else "{principal} %s that {who} would {do}"
        return words(template % intention, **slots)
    return words("it was planned that {who} would {do}", **slots)


def by_own_account(party: Party) -> str:
    """That a deed is told on the word of whoever did it."""
    return f", by {'their' if party.is_many or party.is_people else 'its'} own account"


def question(event: Event, source: Party, target: Party | None, *, is_past: bool | None) -> Words:
    """An event that hangs on a condition, or is only held possible, as a question."""
    label = labels(event.type, event.mode, event.trigger.text)
    auxiliary = "would" if event.status == "conditional" else {None: "did or will", True: "did", False: "will"}[is_past]
    return words(f"{auxiliary} {{who}} {{do}}?", who=source.name, do=_with_target(label.base, label, target))


def contested(
    event: Event,
    source: Party,
    target: Party | None,
    accusers: Sequence[Party],
    deniers: Sequence[Party],
    *,
    is_accusation: bool = True,
) -> Words:
    """An allegation, and its denial: "A accuses B of using force against C; B denies it".

    Who only says so, without `is_accusation`, alleges it.
    """
    label = labels(event.type, event.mode, event.trigger.text)
    claim = words("{who} {did}", who=source.name, did=_with_target(label.past, label, target))
    others = [party for party in accusers if party != source]
    doing = _with_target(label.gerund, label, target)
    if others:
        by = together(others)
        if is_accusation and event.quad.endswith("conflict") and source.name != NOBODY:
            accuse = verb(by.is_many, "accuses", "accuse")
            told = words("{by} {accuse} {who} of {doing}", by=by.name, accuse=accuse, who=source.name, doing=doing)
        else:
            allege = verb(by.is_many, "alleges", "allege")
            told = words("{by} {allege} that {claim}", by=by.name, allege=allege, claim=claim)
    elif accusers:
        told = words("{claim}{own}", claim=claim, own=by_own_account(source))
    elif deniers == [source]:
        return words("{who} {deny} {doing}", who=source.name, deny=verb(source.is_many, "denies", "deny"), doing=doing)
    elif deniers:
        by = together(deniers)
        return words("{by} {deny} that {claim}", by=by.name, deny=verb(by.is_many, "denies", "deny"), claim=claim)
    else:
        told = words("it is {status} that {claim}", status=event.status, claim=claim)
    if deniers:
        by = together(deniers)
        told = words("{told}; {by} {deny} it", told=told, by=by.name, deny=verb(by.is_many, "denies", "deny"))
    elif event.status == "denied" and accusers:
        told = words("{told}; it is denied", told=told)
    return told


def disagreement(reports: Sequence[Report], *, told_already: Collection[Status]) -> Words:
    """Where the reports of a happening disagree: whether it happened, as far as that is not told, and how many it met.

    "; stated as fact by A; 12 dead according to A; 15 dead according to B".
    """
    found: Words = ()
    for other in dict.fromkeys(report.status for report in reports if report.status not in told_already):
        by = together([report.by for report in reports if report.status == other])
        told = REPORTED.get(other, f"told as {other} by {{by}}")
        found = words(f"{{found}}; {told}", found=found, by=by.name)
    for part in Size.__struct_fields__:
        tellers: dict[tuple[int | None, int | None], tuple[Count, list[Party]]] = {}
        for report in reports:
            count: Count | None = getattr(report.size, part) if report.size is not None else None
            if count is not None:
                tellers.setdefault((count.low, count.high), (count, []))[1].append(report.by)
        if len(tellers) > 1:
            for count, parties in tellers.values():
                found = words(
                    "{found}; {count} {part} according to {by}",
                    found=found,
                    count=_counted(count),
                    part=part,
                    by=together(parties).name,
                )
    return found


def _counted(count: Count) -> str | Words:
    if count.low is None and count.high is None:
        return quote(" ".join(count.text.split()))
    if count.high is None:
        return f"at least {count.low:,}"
    if count.low is None:
        return f"up to {count.high:,}"
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,} to {count.high:,}"


def holding(held: Holding, holder: Party, tellers: Party, published: str | None) -> Words:
    """A holding: "X reports that A controls B since 2014 (as of 2024-11-08)"."""
    hold = HOLDS[held.kind]
    has = verb(holder.is_many, hold.one, hold.many)
    if held.until or held.kind == "lost":
        has = hold.past
    elif held.since:
        has = f"{verb(holder.is_many, 'has', 'have')} {hold.perfect}"
    where: Words = place(held.place.name)
    if held.share_text:
        where = words("{share} of {place}", share=quote(" ".join(held.share_text.split())), place=where)
    elif held.share is not None:
        where = words("{share} of {place}", share=f"{held.share:.0%}", place=where)
    if held.area_km2 is not None:
        where = words("{place}, {area} km²,", place=where, area=f"{held.area_km2:,.0f}")
    when = "".join(
        [
            f" {_lost_when(held.since) if held.kind == 'lost' else 'since'} {held.since}" if held.since else "",
            f" until {held.until}" if held.until else "",
            f" (as of {held.as_of})" if held.as_of else f" (reported {published})" if published else " (undated)",
        ]
    )
    slots: dict[str, str | Words] = {
        "by": tellers.name,
        "tell": verb(tellers.is_many, "reports", "report"),
        "who": holder.name,
        "has": has,
        "hold": hold.base,
        "where": words("{place}{when}", place=where, when=when),
    }
    if held.status == "actual":
        return words("{by} {tell} that {who} {has} {where}", **slots)
    if held.status == "negated":
        return words("{by} {tell} that {who} did not {hold} {where}", **slots)
    if held.status in {"alleged", "denied"} and held.reported_by is not None:
        tell = ("alleges", "allege") if held.status == "alleged" else ("denies", "deny")
        return words("{by} {tell} that {who} {has} {where}", **{**slots, "tell": verb(tellers.is_many, *tell)})
    if held.status in {"alleged", "denied"}:
        return words(f"{{by}} {{tell}} it as {held.status} that {{who}} {{has}} {{where}}", **slots)
    return words(f"{{by}} {{tell}} {UNREAL[held.status]} under which {{who}} would {{hold}} {{where}}", **slots)


def _lost_when(date: str) -> str:
    """The preposition of when something was lost: "on 2024-06-14", "in 2024-06"."""
    return "on" if date.count("-") == 2 and "/" not in date else "in"


def details(date: str | None, date_end: str | None = None, where: str | None = None) -> Words:
    """When and where, in brackets, as far as it is known."""
    when = f"{date}/{date_end}" if date and date_end and "/" not in date else date
    if not when and not where:
        return ()
    parts: Words = (Piece(text=when),) if when else ()
    if where is not None:
        parts = words("{when}, {place}" if when else "{place}", when=parts, place=place(where))
    return words(" ({parts})", parts=parts)


def verb(is_many: bool, one: str, many: str) -> str:
    """The form of a verb that fits its subject."""
    return many if is_many else one


def _with_target(done: str, label: Label, target: Party | None) -> Words:
    """What was done, and to or with whom: "arrested or detained A", "arrested or detained people of B"."""
    before, people, after = (*_OBJECT.split(done), "", "")[:3]
    if target is not None and people and target.is_people:
        return words("{before}{whom}{after}", before=before, whom=target.name, after=after)
    done = f"{before}{people}{after}"
    if target is None:
        return words(done)
    return words("{done} {link}{whom}", done=done, link=f"{label.link} " if label.link else "", whom=target.name)
