"""Who is who, where and when: actors, metonymy, coreference and dates on labelled sentences, as tables.

    python benchmarks/actors.py [--misses] [--shared ../shared] [--only actors|metonymy|dates|coreference|records|time]

The sentences were written for detente (`data/README.md`): those of `develop` were worked on, at those of `last` nobody
looked while the reading was made. `records` is PLOVER's gold standard records, and half of the pronouns are PolNeAR's,
both from `../shared`. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.language import grammar, pipeline
from detente.plover import SECTORS
from detente.reading import actors, dates
from detente.reading.parsed import Parsed
from detente.reading.reader import read_documents
from detente.records import Actor, Document, Reading
from detente.world.registry import Registry

DATA = Path(__file__).parent / "data"
FOLD = {"UNO": "IGO", "EUR": "IGO", "KOS": "SRB"}
"""The records of 2016 know no finer codes."""
ODD = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
"""Slips of the records."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Verdict:
    """Whether one label was met. `what` is the figure that it counts for; `miss` says what was read instead."""

    part: str
    what: str
    right: bool
    miss: str


def records_of(name: str, shared: Path | None = None) -> list[dict[str, Any]]:
    """The lines of a file of the benchmarks, or of the shared data."""
    path = DATA / name if shared is None else shared / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def parsed_of(text: str, published: str | None) -> Parsed:
    """A text with its parse."""
    day = date.fromisoformat(published) if published else None
    return Parsed(Document(id="d", language="en", text=text, published=published), pipeline.parse(text), day)


def place_of(label: dict[str, Any]) -> Span:
    """Where the labelled phrase stands."""
    at = -1
    for _ in range(label.get("occurrence", 0) + 1):
        at = label["text"].index(label["phrase"], at + 1)
    return at, at + len(label["phrase"])


def standing_at(found: Iterable[Actor], span: Span, head: int = -1) -> list[Actor]:
    """The actors whose mention ends where the head of a phrase does, else overlaps it most, by half of the shorter."""
    shares = {}
    for actor in found:
        near = [(m.start, m.end) for m in actor.mentions if _common(span, (m.start, m.end)) > 0]
        near = [m for m in near if _common(span, m) * 2 >= min(m[1] - m[0], span[1] - span[0])]
        if near:
            shares[actor] = max(_iou(span, m) + (m[1] == head) for m in near)
    return [actor for actor, share in shares.items() if share == max(shares.values())]


def _common(one: Span, other: Span) -> int:
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0)


def _iou(one: Span, other: Span) -> float:
    return _common(one, other) / (max(one[1], other[1]) - min(one[0], other[0]))


def phrases() -> Iterator[Verdict]:
    """Country and sector of the phrases of `actor-phrases.jsonl`, by kind and taken together."""
    for label in records_of("actor-phrases.jsonl"):
        cast = actors.find(parsed_of(label["text"], label["published"]))
        start, end = place_of(label)
        head = start + len(re.split(r" (?:in|of|at|near|from) ", label["phrase"])[0])
        read = [(a.country, *a.sectors[:1]) for a in standing_at(cast.actors, (start, end), head)]
        wanted = label["sectors"]  # none where PLOVER leaves it open
        right = len(read) == 1 and read[0][0] == label["country"] and (not wanted or bool({*wanted} & {*read[0][1:]}))
        miss = f"{label['published']} {label['phrase']}: {label['country']} {wanted}, read {read}\t{label['text']}"
        for what in ("country and sector", f"  {label['kind']}"):
            yield Verdict(label["part"], what, right, miss)


def metonymy() -> Iterator[Verdict]:
    """Whether the names of `metonymy.jsonl` are read as governments or as places."""
    for label in records_of("metonymy.jsonl"):
        parsed = parsed_of(label["text"], "2024-06-14")
        cast = actors.find(parsed)
        tokens = grammar.at_offset(parsed.doc, *place_of(label))
        read = {actor for token in tokens for actor in cast.at(token)}
        countries = {a.country for a in cast.actors if a.id in read}
        right = label["country"] in countries if label["meaning"] == "government" else not read
        miss = f"{label['phrase']}: {label['meaning']}, read {sorted(read)}\t{label['text']}"
        for what in ("metonymy", f"  {label['meaning']}"):
            yield Verdict(label["part"], what, right, miss)


def date_phrases() -> Iterator[Verdict]:
    """Whether the phrases of `date-phrases.jsonl` are resolved to the labelled days, months, years and intervals."""
    for label in records_of("date-phrases.jsonl"):
        calendar = dates.find(parsed_of(label["text"], label["published"]))
        start, end = place_of(label)
        read = {p.value for p in calendar.phrases if p.start < end and start < p.end}
        wanted = "/".join(day for day in (label["date"], label["date_end"]) if day)
        miss = f"{label['published']} {label['phrase']}: {wanted}, read {sorted(read)}\t{label['text']}"
        yield Verdict(label["part"], "date phrases", read == ({wanted} if wanted else set()), miss)


def coreference(shared: Path) -> Iterator[Verdict]:
    """Whether pronouns and nominals stand for the same actors as the names that they are labelled with."""
    polnear = shared / "data/polnear/dev.jsonl"
    texts = {r["id"]: r["text"] for r in records_of("data/polnear/dev.jsonl", shared)} if polnear.exists() else {}
    for label in [*records_of("coreference.jsonl"), *(records_of("coreference-polnear.jsonl") if texts else ())]:
        text = label.get("text") or texts[label["id"]]
        cast = actors.find(parsed_of(text, label.get("published", "2016-09-14")))
        for anaphor in label["anaphors"]:
            span = (anaphor["start"], anaphor["end"])
            read = {a.id for a in standing_at(cast.actors, span)}
            wanted = {a.id for s, e in anaphor["antecedents"] for a in standing_at(cast.actors, (s, e))}
            names = [text[s:e] for s, e in anaphor["antecedents"]]
            right = bool(wanted) and read == wanted and len(wanted) == len(names)
            before = text[max(0, span[0] - 80) : span[0]].replace("\n", " ")
            after = text[span[1] : span[1] + 40].replace("\n", " ")
            miss = f"{names} {sorted(wanted)}, read {sorted(read)}\t{before}[{text[span[0] : span[1]]}]{after}"
            for what in ("coreference", "  own text" if "text" in label else "  PolNeAR"):
                yield Verdict(label["part"], what, right, miss)


def gold_records(shared: Path) -> Iterator[Verdict]:
    """Country and sector of the sources and targets of PLOVER's gold standard records."""
    gold = records_of("data/plover/gsr-dev.jsonl", shared)
    documents = (Document(id=r["id"], language="en", text=r["text"]) for r in gold)
    for record, reading in zip(gold, read_documents(documents), strict=True):
        for event in record["events"]:
            for role in (event["source"], event["target"]):
                yield from _role(reading, role)


def _role(reading: Reading, role: dict[str, Any]) -> Iterator[Verdict]:
    """The codes of a role's actors; the records do not say which code is whose."""
    text = reading.document.text
    spans = [(text.index(words), text.index(words) + len(words)) for words in role["text"] if words in text]
    read = [a for a in reading.actors if any(_common(span, (m.start, m.end)) for span in spans for m in a.mentions)]
    said = [(a.country, *a.sectors[:1]) for a in read]
    for country in filter(None, role["country"]) if spans else ():
        wanted = ODD.get(country, country)
        right = any(a.country and FOLD.get(a.country, a.country) == wanted for a in read)
        yield Verdict("all", "records: country", right, f"{role['text']}: {wanted}, read {said}\t{text}")
    for coded in filter(None, role["sector"]) if spans else ():
        sector = coded[:3].replace("CIV", "CVL")  # what follows is an ethnic or religious code
        if sector in SECTORS:
            right = any(sector in a.sectors for a in read)
            yield Verdict("all", "records: sector", right, f"{role['text']}: {coded}, read {said}\t{text}")


def look_up(shared: Path) -> str:
    """How much of the time of reading goes into looking names up in the registry."""
    gold = records_of("data/polnear/dev.jsonl", shared)[:40]
    spent = 0.0
    inner = Registry.find

    def timed(self: Registry, text: str, on: date | None) -> Iterator[Any]:
        nonlocal spent
        began = time.thread_time()
        found = list(inner(self, text, on))
        spent += time.thread_time() - began
        return iter(found)

    list(read_documents([Document(id="warm", language="en", text=gold[0]["text"])]))
    Registry.find = timed  # type: ignore[method-assign]
    began = time.process_time()
    list(read_documents(Document(id=r["id"], language="en", text=r["text"]) for r in gold))
    Registry.find = inner  # type: ignore[method-assign]
    return f"{spent / (time.process_time() - began):.1%}"


def main() -> None:
    """Read, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", action="store_true", help="list what was read otherwise in the first part")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--only", metavar="TABLE")
    arguments = parser.parse_args()
    tables: dict[str, Callable[[], Iterator[Verdict]]] = {
        "actors": phrases,
        "metonymy": metonymy,
        "dates": date_phrases,
        "coreference": lambda: coreference(arguments.shared),
    }
    if (arguments.shared / "data").exists():
        tables["records"] = lambda: gold_records(arguments.shared)
    figures: dict[str, dict[str, float]] = {}
    print("| what | part | labels | right |")
    print("|---|---|---|---|")
    for name, table in tables.items():
        if arguments.only in {None, name}:
            verdicts = list(table())
            counts = Counter((v.what, v.part) for v in verdicts)
            right = Counter((v.what, v.part) for v in verdicts if v.right)
            for what, part in sorted(counts, key=lambda key: (key[0].startswith(" "), key[1], key[0])):
                share = right[what, part] / counts[what, part]
                figures.setdefault(what.strip(), {})[part] = round(share, 3)
                print(f"| {what} | {part} | {counts[what, part]} | {share:.3f} |", flush=True)
            if arguments.misses:
                for verdict in verdicts:
                    if not verdict.right and not verdict.what.startswith(" ") and verdict.part != "last":
                        print(f"  {verdict.what}: {verdict.miss}")
    if arguments.only in {None, "time"} and (arguments.shared / "data").exists():
        print(f"| registry look-up, share of the time of reading | all | | {look_up(arguments.shared)} |")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
