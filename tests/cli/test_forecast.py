"""`detente forecast` and `detente score` print what the library returns, and keep it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from tests.forecasting.ledgers import fill

ASKED = ("forecast", "events", "--source", "Russia", "--target", "UKR", "--dataset", "made")
DAY = ("--as-of", "2023-12-27")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a data set of 420 days from 2023 on, and a forecast with its model."""
    path = fill(tmp_path_factory.mktemp("made") / "detente.duckdb", days=420)
    assert run([*ASKED, *DAY, "--quiet", "--ledger", str(path), "--output", str(path.parent / "out")]) == 0
    return path


@pytest.fixture(autouse=True)
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in this folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Path(shutil.copy(made, tmp_path / "detente.duckdb"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run([*arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_the_table_has_chances_and_base_rates(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [" ".join(line.split()) for line in printed(capsys, *ASKED, *DAY).splitlines()]
    assert lines[0].startswith("Russia towards Ukraine, 2023-12-27 to 2024-01-25. Data: made, ")
    classes = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    assert all(any(line.startswith(name) and line.count("%") >= 2 for line in lines) for name in classes)


def test_rows_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, *ASKED, *DAY, "--type", "material-conflict", "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(shown))]
    (whole,) = map(json.loads, printed(capsys, *ASKED, *DAY, "--why", "--format", "jsonl").splitlines())
    assert [row["class"] for row in rows] == ["material_conflict"]
    (chance,) = [one for one in whole["chances"] if one["kind"] == "material_conflict"]
    assert float(rows[0]["probability"]) == chance["probability"]
    assert chance["why"]["moved"]["reasons"]
    assert "fitted" not in whole


def test_why_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, *ASKED, *DAY, "--type", "verbal_conflict", "--why")
    assert "for verbal conflict, in log odds:" in shown
    assert "to begin with" in shown
    assert " times. The nearest:" in shown
    assert "With one more deed of " in shown or "No deed more would change it" in shown


def test_too_little_history_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--as-of", "2023-04-10"]) == 0
    shown = capsys.readouterr()
    assert "Too little history: " in shown.out
    assert "drawn towards comparable pairs" in " ".join(shown.out.split())
    assert shown.err.startswith("detente: fitting a model")


def test_watch_shows_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "forecast", "watch", "--dataset", "made", "--as-of", "2024-01-05", "--format", "csv")
    found = [*csv.DictReader(io.StringIO(rows))]
    assert found
    assert {(row["source"], row["target"], row["of"]) for row in found} == {("RUS", "UKR", "2023-12-27")}


def test_scores_are_shown_of_what_is_over(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "score", "forecasts")
    assert "4 forecasts issued: 4 resolved, 0 void" in " ".join(shown.split())
    assert "as known now" in shown
    (whole,) = map(json.loads, printed(capsys, "score", "forecasts", "--format", "jsonl").splitlines())
    assert whole["all"]["number"] == 4
    with Ledger(path, read_only=True) as ledger:
        assert len([*ledger.sql("FROM resolutions")]) == 4


def test_where_the_ledger_is_written_the_forecast_is_shown_and_not_kept(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger(path):
        assert run([*ASKED, "--as-of", "2023-12-28"]) == 0
    assert "the forecast is not kept" in capsys.readouterr().err


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    assert run([*ASKED, *DAY, "--plot", str(tmp_path / "chances.svg")]) == 0
    drawn = (tmp_path / "chances.svg").read_text("utf-8")
    assert "Russia towards Ukraine" in drawn
    assert "base rate" in drawn


@pytest.mark.parametrize("wrong", [("--horizon", "8d"), ("--as-of", "soon"), ("--type", "WAR")])
def test_what_cannot_be_asked_is_one_line(wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, *wrong]) != 0
    assert capsys.readouterr().err.count("\n") == 1
