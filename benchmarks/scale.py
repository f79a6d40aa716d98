"""Reading in several processes and on a Ray cluster of this machine, beside one process.

    python benchmarks/scale.py [--processes] [--ray] [--articles 500] [--runs 2]

`processes` reads articles of PolNeAR (../shared/data) with one and with two processes of one thread each, and with
detente's usual one process of several threads: what is measured is the time from the first reading to the last, so
that loading the models is not in it. `ray` reads them into ledgers with two processes and with two actors, one of which
is killed half-way, start and end included, and compares the ledgers. Without an option both are measured. The last line
is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.documents import load
from ledger import dump

POLNEAR: Final = Path(__file__).parents[2] / "shared/data/polnear"


def corpus(folder: Path, articles: int) -> Path:
    """A file of the first articles."""
    path = folder / "corpus.jsonl"
    documents = islice(load([str(POLNEAR / "dev.jsonl"), str(POLNEAR / "train.jsonl")]), articles)
    path.write_bytes(b"".join(msgspec.json.encode(document) + b"\n" for document in documents))
    return path


def command(path: Path, *options: str | Path) -> list[str]:
    """`detente read` of a file."""
    return [sys.executable, "-m", "detente", "read", str(path), "--quiet", *map(str, options)]


def rate(path: Path, *options: str) -> float:
    """Articles a second, from the first that is printed to the last."""
    with subprocess.Popen(
        command(path, "--json", *options), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        process.stdout.readline()
        start = time.perf_counter()
        count = sum(1 for _ in process.stdout)
        return count / (time.perf_counter() - start)


def processes(path: Path, runs: int) -> dict[str, float]:
    """Articles a second by the number of processes."""
    asked = {"one process": ["--workers", "1"], "two processes": ["--workers", "2"], "threads of one process": []}
    rates = {name: statistics.median(rate(path, *options) for _ in range(runs)) for name, options in asked.items()}
    print("| reading | articles a second | × one process |")
    print("|---|---|---|")
    for name, found in rates.items():
        print(f"| {name} | {found:.2f} | {found / rates['one process']:.2f} |")
    return {name: round(found, 3) for name, found in rates.items()}


def actors() -> list[int]:
    """The actors that read, on this machine."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and b"ray::MapWorker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            pass
    return found


def ray(path: Path, folder: Path) -> dict[str, Any]:
    """What a cluster of two actors, one of them killed half-way, costs beside two processes."""
    start = time.perf_counter()
    subprocess.run(command(path, "--workers", "2", "--ledger", folder / "processes.duckdb"), stderr=subprocess.DEVNULL)
    alone = time.perf_counter() - start
    parts = folder / "cluster.duckdb.parts"
    start = time.perf_counter()
    with subprocess.Popen(
        command(path, "--engine", "ray", "--workers", "2", "--ledger", folder / "cluster.duckdb"),
        stderr=subprocess.DEVNULL,
    ) as process:
        killed = 0
        while process.poll() is None:
            time.sleep(0.2)
            pieces = len([*parts.glob("documents-*.jsonl")])
            if not killed and pieces and len([*parts.glob("readings-*.parquet")]) >= pieces // 2:
                killed = actors()[0]
                os.kill(killed, signal.SIGKILL)
    cluster = time.perf_counter() - start
    equal = dump(folder / "processes.duckdb") == dump(folder / "cluster.duckdb")
    print(f"| two processes | {alone:.0f} s |\n| two actors, one killed half-way | {cluster:.0f} s |")
    print(f"| more | {cluster / alone - 1:.1%} |\n| the ledgers are | {'equal' if equal else 'NOT equal'} |")
    return {"processes_s": round(alone, 1), "ray_s": round(cluster, 1), "killed": bool(killed), "equal": equal}


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", action="store_true", help="one process, two, and threads")
    parser.add_argument("--ray", action="store_true", help="a cluster of two actors, one of them killed")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--runs", type=int, default=2, help="of each number of processes")
    arguments = parser.parse_args()
    every = not (arguments.processes or arguments.ray)
    table: dict[str, Any] = {"articles": arguments.articles}
    with tempfile.TemporaryDirectory() as name:
        path = corpus(Path(name), arguments.articles)
        if every or arguments.processes:
            table["processes"] = processes(path, arguments.runs)
        if every or arguments.ray:
            table["ray"] = ray(path, Path(name))
    print(json.dumps(table))


if __name__ == "__main__":
    main()
