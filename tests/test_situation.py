"""The sample of real text: how much of what a careful reader finds is found, and nothing claimed that is not there.

Reads the article and the scorer beside the project; they are no part of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
ARTICLE, GOLD, SCORER = SHARED / "articles/valdai.txt", SHARED / "gold/valdai.yaml", SHARED / "score/situation.py"

pytestmark = pytest.mark.skipif(
    not all(path.exists() for path in (ARTICLE, GOLD, SCORER)), reason=f"no article, gold and scorer in {SHARED}"
)


@pytest.fixture(scope="module")
def score() -> dict[str, int]:
    detente = [sys.executable, "-m", "detente", "read", str(ARTICLE), "--published", "2024-11-08", "--json"]
    reading = subprocess.run(detente, check=True, capture_output=True, timeout=120).stdout
    scored = subprocess.run([sys.executable, SCORER, GOLD], input=reading, check=True, capture_output=True, timeout=60)
    result: dict[str, int] = json.loads(scored.stdout.splitlines()[-1])
    return result


def test_at_least_seven_in_ten_of_what_a_careful_reader_finds_is_found(score: dict[str, int]) -> None:
    assert score["found"] >= 0.7 * score["wanted"]


def test_nothing_is_claimed_that_did_not_happen(score: dict[str, int]) -> None:
    assert score["false"] == 0


def test_every_span_says_what_it_claims(score: dict[str, int]) -> None:
    assert score["bad_spans"] == 0
