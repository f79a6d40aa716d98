"""Topics: the positions of a ledger side by side, those about the same matter under one label.

What belongs together is for `detente.reading.wants.matters`, which compares positions of different documents as the
reading compares those of one. Nothing of it is stored: a document read later joins the topics that there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from detente.reading.wants import matters
from detente.reading.wants.matters import Matter


def columns(of_positions: Sequence[str]) -> tuple[str, ...]:
    """The columns of a row, from those of a listed position: the topic comes first."""
    return ("topic", *(column for column in of_positions if column != "topic"))


def side_by_side(
    rows: Sequence[Mapping[str, Any]],
    about: Sequence[Matter],
    *,
    shown: Collection[str] | None = None,
    chosen: Collection[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Listed positions, in the order of their dates, topic by topic; `about` says what each is about.

    First the topics in which most actors take a position, then those with most positions, then the earliest; last come
    positions that do not say what they are about. Of `shown` ids only (None: all), and only topics with one of
    `chosen` among them, which are then whole.
    """
    numbers = matters.grouped(about)
    labels = _labels(rows, about, numbers)
    topics: dict[int | None, list[Mapping[str, Any]]] = defaultdict(list)
    for row, number in zip(rows, numbers, strict=True):
        if shown is None or row["id"] in shown:
            topics[number].append(row)
    silent = topics.pop(None, [])
    order = sorted(topics, key=lambda n: (-len({row["actor"] for row in topics[n]}), -len(topics[n])))
    for number in order:
        if chosen is None or any(row["id"] in chosen for row in topics[number]):
            yield from (_row(row, labels[number]) for row in topics[number])
    yield from (_row(row, None) for row in silent if chosen is None or row["id"] in chosen)


def _labels(
    rows: Sequence[Mapping[str, Any]], about: Sequence[Matter], numbers: Sequence[int | None]
) -> dict[int | None, str]:
    """What each topic is called: what most of its positions are called; no two topics are called alike.

    Of several such labels it is that of the matter that is most like the others, the shortest of those.
    """
    called: dict[int | None, dict[str, list[Matter]]] = defaultdict(lambda: defaultdict(list))
    for row, matter, number in zip(rows, about, numbers, strict=True):
        if row["topic"] is not None:
            called[number][row["topic"]].append(matter)
    for row, matter, number in zip(rows, about, numbers, strict=True):
        if number not in called:  # read by an older detente, or made by hand: the words will do
            called[number][row["what"]].append(matter)
    taken: Counter[str] = Counter()
    labels: dict[int | None, str] = {}
    for number, found in called.items():
        if number is None:
            continue
        most = max(map(len, found.values()))
        candidates = sorted((label for label, members in found.items() if len(members) == most), key=len)
        label = candidates[matters.central([found[label][0] for label in candidates])]
        taken[label] += 1
        labels[number] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    return labels


def _row(row: Mapping[str, Any], topic: str | None) -> dict[str, Any]:
    return {column: topic if column == "topic" else row[column] for column in columns(tuple(row))}
