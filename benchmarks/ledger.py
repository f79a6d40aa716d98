"""The ledger at the size of years of news, and when it is killed.

    python benchmarks/ledger.py [--brief] [--duplicates] [--writing] [--killed] [--events 1000000] [--runs 3]

`brief` asks a ledger that `synthetic.py` makes; `writing` and `killed` read articles of PolNeAR's dev part
(../shared/data), and `duplicates` compares them with made-up hashes. What a brief costs is told beside an empty Python
process of the same run, what writing costs beside reading. Without an option all four are measured. The last line is
JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec
from rich.console import Console

from detente.brief import terminal
from detente.brief.situation import recalled
from detente.documents import load
from detente.ledger import Ledger, copies, duplicates
from detente.ledger.file import File
from detente.reading.reader import read_documents
from detente.records import Document, Reading
from synthetic import COMMON, RARE, fill

POLNEAR: Final = Path(__file__).parents[2] / "shared/data/polnear/dev.jsonl"
STARTING: Final = 6.0
"""Seconds in which `detente read` has loaded its model and written some articles; it is killed within twice that."""


def cost(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Wall time and processor time of one process, in seconds."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, env=environment)
    wall, after = time.perf_counter() - start, os.times()
    return wall, (after.children_user + after.children_system) - (before.children_user + before.children_system)


def brief(ledger: Path, runs: int) -> dict[str, dict[str, float]]:
    """What `detente brief --about` costs, beside an empty Python; and in a process that has it loaded."""
    asked: dict[str, list[str | Path]] = {
        "empty Python": ["-c", "pass"],
        "2 %, since": ["-m", "detente", "brief", "--about", RARE[1], "--since", "2024-10-01", "--ledger", ledger],
        "2 %, all years": ["-m", "detente", "brief", "--about", RARE[1], "--ledger", ledger],
        "30 %, since": ["-m", "detente", "brief", "--about", COMMON[1], "--since", "2024-10-01", "--ledger", ledger],
        "30 %, all years": ["-m", "detente", "brief", "--about", COMMON[1], "--ledger", ledger],
        "everything": ["-m", "detente", "brief", "--ledger", ledger],
    }
    table: dict[str, dict[str, float]] = {}
    print("| brief about | wall | processor | × empty Python |")
    print("|---|---|---|---|")
    for name, arguments in asked.items():
        measured = [cost([sys.executable, *arguments]) for _ in range(runs)]
        wall, processor = (statistics.median(m[part] for m in measured) for part in (0, 1))
        table[name] = {"wall": round(wall, 3), "processor": round(processor, 3)}
        ratio = processor / table["empty Python"]["processor"]
        print(f"| {name} | {wall:.2f} s | {processor:.2f} s | {ratio:.0f} |", flush=True)
    for about, since in ((RARE[1], "2024-10-01"), (RARE[1], None), (COMMON[1], "2024-10-01"), (COMMON[1], None)):
        name = f"loaded: {2 if about == RARE[1] else 30} %, {'since' if since else 'all years'}"
        loaded(ledger, about, since)  # loads what it needs
        seconds = statistics.median(loaded(ledger, about, since) for _ in range(runs))
        table[name] = {"wall": round(seconds, 3)}
        print(f"| {name} | {seconds:.2f} s | | |", flush=True)
    return table


def loaded(path: Path, about: str, since: str | None) -> float:
    """Seconds from opening a ledger to a brief on the terminal, Python and its modules not counted."""
    began = time.perf_counter()
    with Ledger(path, read_only=True) as ledger:
        situation, _ = recalled(ledger, about=about, since=since)
        terminal.render(situation, Console(file=io.StringIO(), width=100))
    return time.perf_counter() - began


def articles(count: int) -> list[Document]:
    """The first articles of PolNeAR's dev part."""
    return [*islice(load([str(POLNEAR)]), count)]


def duplicates_of(known: int, incoming: int, together: int) -> dict[str, float]:
    """What looking for near duplicates of an article costs where so many texts are known, in milliseconds."""
    texts = [document.text for document in articles(incoming)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "known.duckdb"
        Ledger(path).close()
        file = File(path)
        with file.writing() as connection:
            hashes = len(duplicates.bands(duplicates.shingles(texts[0])))
            connection.execute(
                "INSERT INTO documents SELECT 'known' || n, NULL, NULL, NULL, NULL, NULL, 'en', 'no more', 4, "
                "{'version': '0', 'model': '0'}, n, NULL, false FROM range(1, $known + 1) AS numbers(n)",
                {"known": known},
            )
            connection.execute(
                "INSERT INTO bands SELECT hash(n, band), 'known' || n "
                "FROM range(1, $known + 1) AS numbers(n), range($hashes) AS bands(band)",
                {"known": known, "hashes": hashes},
            )
            # The first article is known: what is looked for is found.
            connection.execute(
                "UPDATE documents SET text = $text WHERE id = 'known7'", {"text": texts[0] + " And one sentence more."}
            )
            connection.execute(
                "INSERT INTO bands SELECT unnest($hashes::UBIGINT[]), 'known7'",
                {"hashes": duplicates.bands(duplicates.shingles(texts[0] + " And one sentence more."))},
            )
        walls, processors = [], []
        with file.reading() as connection:
            # As they are looked for when they are written, some together; the first time loads the library.
            for some in (texts[:1], *(texts[start : start + together] for start in range(0, len(texts), together))):
                wall, processor = time.perf_counter(), time.process_time()
                shingles = {str(number): duplicates.shingles(text) for number, text in enumerate(some)}
                wanted = {number: duplicates.bands(found) for number, found in shingles.items()}
                found = {
                    (number, other)
                    for number, others in copies.similar(connection, wanted).items()
                    for other, _, text in others
                    if duplicates.likeness(shingles[number], duplicates.shingles(text)) is not None
                }
                walls.append(1000 * (time.perf_counter() - wall) / len(some))
                processors.append(1000 * (time.process_time() - processor) / len(some))
                assert found == ({("0", "known7")} if some[0] == texts[0] else set())
        file.close()
    wall, processor = statistics.median(walls[1:]), statistics.median(processors[1:])
    print(
        f"| near duplicates of an article, {together} together, {known:,} known | {wall:.1f} ms | {processor:.1f} ms |"
    )
    return {"known": known, "together": together, "wall_ms": round(wall, 2), "processor_ms": round(processor, 2)}


def writing(count: int) -> dict[str, float]:
    """What writing costs beside reading, in one process; first with what is read, as `detente read` does it."""
    documents = articles(count)
    [*read_documents(documents[:1])]  # loads the models
    table: dict[str, float] = {"articles": count}
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.duckdb") as ledger:
        spent = 0.0

        def read() -> Iterator[Reading]:
            nonlocal spent
            begun = time.perf_counter()
            for reading in read_documents(documents):
                spent += time.perf_counter() - begun
                readings.append(reading)
                yield reading
                begun = time.perf_counter()
            spent += time.perf_counter() - begun

        readings: list[Reading] = []
        start = time.perf_counter()
        [*ledger.add_all(read())]
        written = time.perf_counter() - start - spent
        print(f"| writing {count} articles | {written / spent:.1%} of reading | {1000 * written / count:.0f} ms each |")
        table |= {"share": round(written / spent, 4), "ms_an_article": round(1000 * written / count, 1)}
    # While nothing else is done, in this same run: their ratio is what the machine tells whatever it does besides.
    for together in (32, 16, 1):
        with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.duckdb") as ledger:
            [*ledger.add_all(readings[:1])]  # makes ready what is made ready once
            wall, processor = time.perf_counter(), time.process_time()
            for first in range(1, count, together):
                [*ledger.add_all(readings[first : first + together])]
            wall, processor = (
                1000 * (now - then) / (count - 1)
                for now, then in ((time.perf_counter(), wall), (time.process_time(), processor))
            )
        print(f"| … alone, {together} together | {processor:.0f} ms of the processor each | {wall:.0f} ms each |")
        table |= {f"{together} together": round(wall, 1), f"{together} together, processor": round(processor, 1)}
    return table


def killed(count: int, kills: int) -> dict[str, Any]:
    """Whether `detente read`, killed so often at random moments and started again, leaves what one run leaves."""
    draw = random.Random(7)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        corpus, whole, broken = (Path(folder) / name for name in ("corpus.jsonl", "whole.duckdb", "broken.duckdb"))
        corpus.write_bytes(b"".join(msgspec.json.encode(document) + b"\n" for document in articles(count)))
        command = [sys.executable, "-m", "detente", "read", str(corpus), "--quiet", "--ledger"]
        subprocess.run([*command, str(whole)], check=True)
        lost = 0
        for _ in range(kills):
            process = subprocess.Popen([*command, str(broken)])
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(draw.uniform(0, 2 * STARTING))
            process.kill()
            lost += process.wait() != 0
        subprocess.run([*command, str(broken)], check=True)
        equal = dump(whole) == dump(broken)
    ending = "equal" if equal else "NOT equal"
    print(f"| killed {lost} times while reading {count} articles | the ledger is {ending} |")
    return {"articles": count, "killed": lost, "equal": equal}


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a ledger."""
    with duckdb.connect(path, read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {table: connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in tables}


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brief", action="store_true", help="briefs out of a large ledger")
    parser.add_argument("--duplicates", action="store_true", help="near duplicates among a million texts")
    parser.add_argument("--writing", action="store_true", help="writing beside reading")
    parser.add_argument("--killed", action="store_true", help="50 kills while 60 articles are read")
    parser.add_argument(
        "--events", type=int, default=1_000_000, help="events of the large ledger, texts that are known"
    )
    parser.add_argument("--runs", type=int, default=3, help="of each brief")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="the large ledger; made where it is missing, and kept"
    )
    arguments = parser.parse_args()
    every = not (arguments.brief or arguments.duplicates or arguments.writing or arguments.killed)
    table: dict[str, Any] = {}
    if every or arguments.brief:
        with tempfile.TemporaryDirectory() as folder:
            ledger = arguments.keep or Path(folder) / "million.duckdb"
            if not ledger.exists():
                fill(ledger, arguments.events)
            table["brief"] = brief(ledger, arguments.runs)
    if every or arguments.duplicates:
        table["duplicates"] = [duplicates_of(arguments.events, 48, together) for together in (1, 32)]
    if every or arguments.writing:
        table["writing"] = writing(84)
    if every or arguments.killed:
        table["killed"] = killed(60, 50)
    print(json.dumps(table))


if __name__ == "__main__":
    main()
