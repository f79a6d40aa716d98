"""`detente forecast which` prints the order that the library returns, and keeps its model."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from detente import Ledger
from detente.cli import run
from tests.forecasting.ledgers import fill

ASKED = ("forecast", "which", "--type", "ASSAULT", "--dataset", "made")
SOURCE = ("--source", "Russia")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("made") / "detente.duckdb", days=240)


@pytest.fixture(autouse=True)
def _ledger(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_LEDGER", str(made))
    monkeypatch.delenv("COLUMNS", raising=False)


def test_the_first_question_fits_a_model_that_the_next_one_finds(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever was asked of the other before.
    fresh = Path(shutil.copyfile(made, tmp_path / "fresh.duckdb"))
    with duckdb.connect(fresh) as connection:
        connection.execute("DELETE FROM models")
    monkeypatch.setenv("DETENTE_LEDGER", str(fresh))
    shown = []
    for _ in range(2):
        assert run([*ASKED, *SOURCE, "--why", "--limit", "2"]) == 0
        shown.append(capsys.readouterr())
    assert shown[0].err.startswith("detente: fitting a model")
    assert shown[1].err == ""
    assert shown[0].out == shown[1].out
    lines = [" ".join(line.split()) for line in shown[0].out.splitlines()]
    assert lines[0].startswith("ASSAULT: Russia towards whom, next from 2023-08-29 on. Data: made, ")
    assert sum(line.startswith("Why ") for line in lines) == 2
    assert any(line.endswith("to begin with") for line in lines)
    with Ledger(fresh, read_only=True) as ledger:
        assert len([*ledger.sql("FROM models")]) == 1


def test_rows_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (*ASKED, "--target", "UKR", "--quiet", "--format")
    assert run([*asked, "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert run([*asked, "jsonl"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert [row["place"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    assert [float(row["score"]) for row in rows] == [one["score"] for one in whole["candidates"]]
    assert {row["target"] for row in rows} == {"UKR"}
    assert {row["source"] for row in rows} == {""}
    assert "fitted" not in whole


def test_too_little_history_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, *SOURCE, "--as-of", "2023-02-10"]) == 0
    shown = capsys.readouterr()
    assert "Too little history: " in shown.out
    assert "the baseline alone" in " ".join(shown.out.split())


@pytest.mark.parametrize("wrong", [(), (*SOURCE, "--target", "UKR"), (*SOURCE, "--as-of", "soon")])
def test_what_cannot_be_asked_is_one_line(wrong: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, *wrong]) == 2
    assert capsys.readouterr().err.count("\n") == 1
