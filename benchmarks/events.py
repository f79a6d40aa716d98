"""Who did what to whom, and did it happen: PLOVER's gold standard records, PLV, and labelled statuses, as tables.

    python benchmarks/events.py [--gsr FILE] [--plv FILE] [--given-pair [--cross-validate 5]] [--only NAME] [--misses]

FILE is of the records' own form (`../shared/data/plover`, the default) and scored by `../shared/score/plover.py`.
With `--given-pair` the pair is marked and only the type is asked for; with `--cross-validate` the branch for deeds is
trained anew on the other folds (needs the packages of `make train`), else the shipped one is scored. The statuses are
judged on 904 sentences written for detente and on 100 words of the two collections, labelled by two people apart. The
last line is JSON.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from detente.language import attribution, dyads, grammar, pipeline
from detente.reading import actors, dates, statements, status
from detente.reading.deeds import owners
from detente.reading.parsed import Parsed
from detente.reading.reader import read_documents
from detente.reading.speech import sourcing
from detente.records import Document, EventType, Reading, Status

DATA: Final = Path(__file__).parent / "data"
TRAINING: Final = Path(__file__).parents[1] / "training"


def records_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_scorer(shared: Path) -> Any:
    """The scorer's module."""
    spec = importlib.util.spec_from_file_location("scorer", shared / "score/plover.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(records: Sequence[dict[str, Any]], published: str | None = None) -> list[Reading]:
    """The readings of some records' texts."""
    documents = (
        Document(id=str(r.get("id", number)), language="en", text=r["text"], published=published)
        for number, r in enumerate(records)
    )
    return list(read_documents(documents))


def as_json(readings: Sequence[Reading]) -> dict[str, Any]:
    """Readings as the scorer takes them."""
    import msgspec

    return {reading.document.id: msgspec.to_builtins(reading) for reading in readings}


def gsr(path: Path, shared: Path) -> dict[str, Any]:
    """F1 of types and of (type, source country, target country)."""
    gold = records_of(path)
    scored: dict[str, Any] = load_scorer(shared).score_gsr(gold, as_json(read(gold)))
    print("| gold standard records | precision | recall | F1 |")
    print("|---|---|---|---|")
    for what, row in scored.items():
        print(f"| {what} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |")
    return scored


def plv(path: Path, shared: Path) -> dict[str, Any]:
    """How many pairs are linked, and rightly, from the raw sentence; speed."""
    gold = records_of(path)
    began = time.monotonic()
    readings = as_json(read(gold))
    words = sum(len(record["text"].split()) for record in gold) / (time.monotonic() - began)
    scored: dict[str, Any] = load_scorer(shared).score_plv(gold, readings)
    print("| PLV, from the raw sentence | pair | typed | macro F1 | words/s |")
    print("|---|---|---|---|---|")
    print(f"| {len(gold)} | {scored['pair']:.3f} | {scored['typed']:.3f} | {scored['macro_f1']:.3f} | {words:,.0f} |")
    print("| type | F1 |")
    print("|---|---|")
    for kind, share in scored["per_type"].items():
        print(f"| {kind} | {share:.3f} |")
    return scored


def given_pair(path: Path, folds: int) -> dict[str, Any]:
    """Macro F1 of the types where the pair is marked."""
    gold = records_of(path)
    shares = _cross_validated(gold, folds) if folds else _shipped(gold)
    types = [np.argmax(share[: dyads.NOTHING]) for share in shares]
    said = ["YIELD" if dyads.DEEDS[t] in {"CONCEDE", "RETREAT"} else dyads.DEEDS[t] for t in types]
    was = [record["events"][0]["type"][0] for record in gold]
    was = ["YIELD" if kind in {"CONCEDE", "RETREAT"} else kind for kind in was]
    right, totals = Counter(s for s, w in zip(said, was, strict=True) if s == w), Counter(said) + Counter(was)
    per_type = {kind: round(2 * right[kind] / totals[kind], 4) for kind in sorted(set(was))}
    macro = sum(per_type.values()) / len(per_type)
    how = f"cross-validated in {folds} folds" if folds else "the shipped branch"
    print(f"| PLV, pair given, {how} | F1 |")
    print("|---|---|")
    for kind, share in per_type.items():
        print(f"| {kind} | {share:.3f} |")
    print(f"| macro | {macro:.3f} |")
    return {"macro_f1": round(macro, 4), "per_type": per_type}


def _shipped(gold: Sequence[dict[str, Any]]) -> list[dyads.Floats]:
    model = attribution.load()
    given = []
    for record in gold:
        sentence = dyads.encoded(record["text"], model.tokenizer)
        event = record["events"][0]
        spans = (tuple(event["source"]["span"]), tuple(event["target"]["span"]))
        given.append((sentence, dyads.roles(sentence, *spans, dyads.PLV)))
    return dyads.deeds(model, given)


def _cross_validated(gold: list[dict[str, Any]], folds: int) -> list[dyads.Floats]:
    sys.path.insert(0, str(TRAINING.parent))  # a script sees its own folder only
    try:
        # by name: the checks of types run without torch
        training = importlib.import_module("training.__main__")
    except ImportError as error:
        raise SystemExit(f"--cross-validate trains and needs {error.name}: make .venv/.installed-train") from error
    found: list[dyads.Floats] = training.cross_validated(gold, folds, TRAINING.parent / "build/training")
    return found


def statuses(shared: Path, *, misses: bool) -> dict[str, Any]:
    """Share of the labelled statuses that are read, by part and kind, and on the collections' sentences."""
    labels = records_of(DATA / "status.jsonl")
    counts: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    for label in labels:
        start = label["text"].index(label["trigger"])
        got, is_told = _asked(label["text"], "2024-06-14", start, start + len(label["trigger"]), label["type"])
        for key in ((label["part"], "all"), (label["part"], label["kind"])):
            counts[key] += 1
            right[key] += got == label["status"]
            told[key] += is_told and got == label["status"]
        if misses and got != label["status"] and label["part"] == "develop":
            print(
                f"  {label['kind']}: {label['trigger']} {label['type']} {label['status']}, read {got}\t{label['text']}"
            )
    print("| status | part | labels | right | right and told as an event |")
    print("|---|---|---|---|---|")
    for (part, kind), count in sorted(counts.items()):
        print(f"| {kind} | {part} | {count} | {right[part, kind] / count:.3f} | {told[part, kind] / count:.3f} |")
    found = {
        part: round(right[part, "all"] / counts[part, "all"], 3) for part in ("develop", "last") if counts[part, "all"]
    }
    texts = {
        record["id"]: record
        for name in ("gsr-dev.jsonl", "plv-train.jsonl")
        if (path := shared / "data/plover" / name).exists()
        for record in records_of(path)
    }
    if texts:
        found |= _on_collections(texts, misses=misses)
    return found


def _on_collections(texts: dict[str, Any], *, misses: bool) -> dict[str, Any]:
    labels = records_of(DATA / "status-plover.jsonl")
    hits = [0, 0]
    for label in labels:
        text = texts[label["id"]]["text"]
        got, _ = _asked(text, None, label["start"], label["end"], label["type"])
        for who, wanted in enumerate(label["labels"]):
            hits[who] += got == wanted
        if misses and got not in label["labels"]:
            print(f"  {text[label['start'] : label['end']]} {label['type']} {label['labels']}, read {got}\t{text}")
    agreed = sum(label["labels"][0] == label["labels"][1] for label in labels)
    print(
        f"| as the two label it | collections | {len(labels)} | "
        f"{hits[0] / len(labels):.3f}, {hits[1] / len(labels):.3f} |"
    )
    print(f"| the two agree | collections | {len(labels)} | {agreed / len(labels):.3f} |")
    return {"collections": round(sum(hits) / (2 * len(labels)), 3), "agreement": round(agreed / len(labels), 3)}


def _asked(text: str, published: str | None, start: int, end: int, kind: EventType) -> tuple[Status, bool]:
    """The status of the deed that a word names, and whether the reading tells it as an event of the labelled type.

    Where it tells none (nobody in the sentence did it or suffered it), the status is asked of the word itself.
    """
    document = Document(id="d", language="en", text=text, published=published)
    (reading,) = read_documents([document])
    found = [e for e in reading.events if e.trigger.start < end and start < e.trigger.end and e.type == kind]
    # "will ease" may stand for a promise and for what is promised: the record of the very word counts first
    found.sort(key=lambda e: (e.trigger.start, e.trigger.end) != (start, end))
    if found:
        return found[0].status, True
    parsed = Parsed(
        document=document, doc=pipeline.parse(text), published=date.fromisoformat(published) if published else None
    )
    cast = actors.find(parsed)
    sayings = statements.find(parsed, cast, dates.find(parsed), sourcing.find(text, attribution.load()))
    token = grammar.at_offset(parsed.doc, start, end)[-1]
    verb = token if token.pos_ in grammar.VERBS else token.head
    doers, victims = (
        frozenset(a for t in some for a in owners.who(t, cast))
        for some in (grammar.doers(verb), grammar.undergoers(verb))
    )
    standing = status.of(token, cast, sayings, doers=doers, victims=victims, event_type=kind)
    return standing.status, False


def tables(arguments: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """The tables asked for, as they are reckoned."""
    only, shared = arguments.only, arguments.shared
    if only in {None, "gsr"} and arguments.gsr.exists():
        yield "gsr", gsr(arguments.gsr, shared)
    if only in {None, "plv"} and arguments.plv.exists():
        yield "plv", plv(arguments.plv, shared)
    if arguments.given_pair and arguments.plv.exists():
        yield "plv_given_pair", given_pair(arguments.plv, arguments.cross_validate)
    if only in {None, "status"}:
        yield "status", statuses(shared, misses=arguments.misses)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gsr", type=Path)
    parser.add_argument("--plv", type=Path)
    parser.add_argument("--given-pair", action="store_true")
    parser.add_argument("--cross-validate", type=int, default=0, metavar="FOLDS")
    parser.add_argument("--only", choices=("gsr", "plv", "status", "given-pair"))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments = parser.parse_args()
    for name, usual in (("gsr", "gsr-dev.jsonl"), ("plv", "plv-train.jsonl")):
        named = getattr(arguments, name)
        path = named or arguments.shared / "data/plover" / usual
        if named is not None and not path.exists():
            parser.error(f"--{name}: {path}: no such file")
        if not path.exists():
            print(f"{path} is absent: its tables are left out", file=sys.stderr)
        setattr(arguments, name, path)
    print(json.dumps(dict(tables(arguments))))


if __name__ == "__main__":
    main()
