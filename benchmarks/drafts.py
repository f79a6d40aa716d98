"""How well drafted tables place actors: seven sets of documents written for detente.

    python benchmarks/drafts.py [--last] [--misses]

A set (`drafts/*.jsonl`) is an issue, the side that each of eight actors takes on it (for, against, between: on
condition, not yet, undecided) and those of whom only others say something (none), then its documents. They are read
into a ledger, and a table is drafted from that. An actor is right where its position is above 50 if it is for, below
50 if it is against, from 25 to 75 if it is between; whoever should not be placed and is, is wrong. `gascap` and
`somaliland` have no part in any rule; they are scored with `--last` alone. "All for" is how many of the placed would
be right if everybody were placed there. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from detente.bargaining.drafting import Draft, draft
from detente.ledger import Ledger
from detente.reading.reader import read_documents
from detente.records import Document

DATA: Final = Path(__file__).parent / "drafts"
LAST: Final = ("gascap", "somaliland")


@dataclass(frozen=True)
class Score:
    """One set: actors with a side, those of them who are placed and placed rightly, and what else the table has."""

    name: str
    expected: int
    placed: int
    right: int
    wrongly_placed: int
    """Actors who take no side in their own words and are placed all the same."""
    others: int
    """Rows of whom the set says nothing: persons whose state no text tells, an opposition."""
    dissent: int
    dissent_found: int
    without_sentence: int
    all_for: int
    misses: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the placements the share on the right side."""
        return self.right / (self.placed + self.wrongly_placed)


def score(path: Path) -> Score:
    """Read a set, draft its issue, and compare."""
    head, *rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    documents = [Document(language="en", **row) for row in rows]
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.duckdb") as ledger:
        for reading in read_documents(documents):
            ledger.add(reading)
        found = draft(ledger, head["issue"], as_of=head["as_of"])
    sides: dict[str, str] = head["sides"]
    points = {actor.name: float(found.issue.position[i, 0]) for i, actor in enumerate(found.issue.actors)}
    expected = {name: side for name, side in sides.items() if side != "none"}
    placed = {name: side for name, side in expected.items() if name in points}
    right = [name for name, side in placed.items() if is_right(points[name], side)]
    stray = [name for name, side in sides.items() if side == "none" and name in points]
    dissent = head["dissent"].items()
    return Score(
        name=path.stem,
        expected=len(expected),
        placed=len(placed),
        right=len(right),
        wrongly_placed=len(stray),
        others=len(points.keys() - sides.keys()),
        dissent=len(dissent),
        dissent_found=sum(
            any(one.row == row and one.ground.speaker == who for one in found.dissent) for row, who in dissent
        ),
        without_sentence=sum(not rests_on_words(found, i, documents) for i in range(len(points))),
        all_for=sum(side == "for" for side in placed.values()),
        misses=(
            *(f"{name}: {side}, not placed" for name, side in expected.items() if name not in placed),
            *(f"{name}: {side}, placed at {points[name]:g}" for name, side in placed.items() if name not in right),
            *(f"{name}: none, placed at {points[name]:g}" for name in stray),
            *(f"{name}: not asked for, placed at {points[name]:g}" for name in points.keys() - sides.keys()),
        ),
    )


def is_right(point: float, side: str) -> bool:
    """Whether a position is on the side that an actor takes."""
    return {"for": point > 50, "against": point < 50, "between": 25 <= point <= 75}[side]


def rests_on_words(found: Draft, actor: int, documents: Sequence[Document]) -> bool:
    """Whether an actor's cell has statements, each with words that its document has."""
    texts = {document.id: " ".join(document.text.split()) for document in documents}
    grounds = found.issue.grounds.get((actor, 0), ())
    return bool(grounds) and all(one.sentence in texts[one.statement.partition("/")[0]] for one in grounds)


def table(scores: Sequence[Score]) -> Iterator[str]:
    """The rows of the table in docs/benchmarks.md."""
    yield "| set | actors | placed | on the right side | of the placed | all for | placed by others | dissent found |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in scores:
        yield (
            f"| {one.name} | {one.expected} | {one.placed} | {one.right} | {one.precision:.0%} | {one.all_for} | "
            f"{one.wrongly_placed} | {one.dissent_found} of {one.dissent} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--last", action="store_true", help="score the set that no rule was made with, and no other")
    parser.add_argument("--misses", action="store_true", help="tell who is not placed, or placed wrongly")
    asked = parser.parse_args()
    scores = [score(path) for path in sorted(DATA.glob("*.jsonl")) if (path.stem in LAST) == asked.last]
    print(*table(scores), sep="\n")
    if asked.misses:
        print(*(f"{one.name}: {miss}" for one in scores for miss in one.misses), sep="\n")
    placements = sum(one.placed + one.wrongly_placed for one in scores)
    result: dict[str, Any] = {
        "expected": sum(one.expected for one in scores),
        "placements": placements,
        "right": sum(one.right for one in scores),
        "precision": round(sum(one.right for one in scores) / placements, 3),
        "recall": round(sum(one.right for one in scores) / sum(one.expected for one in scores), 3),
        "without_sentence": sum(one.without_sentence for one in scores),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
