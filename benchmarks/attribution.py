"""Attributions on annotated articles: the model beside textacy and a rule on the parse, with the speed of each.

    python benchmarks/attribution.py [--shared ../shared]

Prints a table in Markdown. textacy reads a paragraph at a time, and where it raises an error it has found nothing: read
as a whole, most articles raise one. Speeds are words a second of processor time; those that need spaCy's parse include
it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.language import attribution, pipeline
from detente.reading.speech.sourcing import find

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Found = dict[str, list[list[int]]]
"""Source and content as the scorer takes them."""

SAYING = frozenset(
    {"add", "announce", "argue", "claim", "confirm", "declare", "deny", "explain", "insist", "note", "report", "say"}
    | {"state", "tell", "warn"}
)


def model(text: str) -> Iterator[Found]:
    """The shipped model; what is within another attribution is left out, as the annotators did."""
    for found in find(text, attribution.load()):
        if found.within is None:
            yield {"source": [list(s) for s in found.source], "content": [list(s) for s in found.content]}


def textacy(text: str) -> Iterator[Found]:
    """textacy's direct quotations."""
    from textacy.extract.triples import direct_quotations

    for paragraph in re.finditer(r"[^\n]+", text):
        base = paragraph.start()
        try:
            triples = list(direct_quotations(pipeline.parse(paragraph.group())))
        except ValueError:
            continue
        for speaker, _, content in triples:
            yield {
                "source": [[base + speaker[0].idx, base + speaker[-1].idx + len(speaker[-1])]],
                "content": [[base + content.start_char, base + content.end_char]],
            }


def rule(text: str) -> Iterator[Found]:
    """The subject of a verb of saying is the source; its clause, or the clause that it is put into, is the content."""
    doc = pipeline.parse(text)
    for verb in doc:
        if verb.lemma_ not in SAYING or verb.pos_ != "VERB":
            continue
        subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
        if clause is not None:
            content = set(clause.subtree)
        elif verb.dep_ in {"parataxis", "ccomp"} and verb.head is not verb:
            content = set(verb.head.subtree) - set(verb.subtree)
        else:
            continue
        source = set(subject.subtree) if subject is not None else set()
        yield {"source": _spans(doc, source), "content": _spans(doc, content)}


def _spans(doc: Doc, tokens: set[Token]) -> list[list[int]]:
    """Runs of tokens as offsets."""
    spans: list[list[int]] = []
    last = -2
    for token in doc:
        if token in tokens:
            if token.i == last + 1:
                spans[-1][1] = token.idx + len(token)
            else:
                spans.append([token.idx, token.idx + len(token)])
            last = token.i
    return spans


def measure(reader: Callable[[str], Iterator[Found]], gold: list[dict[str, Any]], scorer: Any) -> tuple[Any, float]:
    """The scorer's table and the speed of a reader."""
    list(reader(gold[0]["text"]))  # loads what it needs
    began = time.process_time()
    found = {record["id"]: list(reader(record["text"])) for record in gold}
    seconds = time.process_time() - began
    return scorer.score(gold, found), sum(len(record["text"].split()) for record in gold) / seconds


def main() -> None:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    spec = importlib.util.spec_from_file_location("scorer", shared / "score/attribution.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with (shared / "data/polnear/dev.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    print("| reader | joint F1 | direct | mixed | indirect | content F1 | source accuracy | words/s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for reader in (model, rule, textacy):
        table, speed = measure(reader, gold, scorer)
        joint = " | ".join(f"{row['joint_f1']:.3f}" for row in table.values())
        rest = f"{table['all']['content_f1']:.3f} | {table['all']['source_accuracy']:.3f}"
        print(f"| {reader.__name__} | {joint} | {rest} | {speed:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
