"""`detente issue reckon`, `outcome` and `detente score issues`: what is kept, entered, scored and refused."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import Ledger
from detente.bargaining.issue import Issue
from detente.bargaining.issued import keep
from detente.cli import run
from tests.bargaining.test_issue import TABLE

YESTERDAY = str(date.today() - timedelta(days=1))
RECKON = ("issue", "reckon", "tariffs.csv", "--model", "median", "--output", "out")
OUTCOME = ("issue", "outcome", "tariffs.csv", "--date", YESTERDAY)


@pytest.fixture(autouse=True)
def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    Path("tariffs.csv").write_text(TABLE, encoding="utf-8")


@pytest.fixture
def kept() -> None:
    """A ledger in this folder with a reckoning."""
    with Ledger("detente.duckdb") as ledger:
        keep(ledger, Issue.from_csv("tariffs.csv").reckon(["median", "compromise"]))


def reckonings(path: str) -> int:
    with Ledger(path, read_only=True) as ledger:
        return len([*ledger.sql("FROM reckonings")])


def test_a_reckoning_is_kept_where_there_is_a_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run([*RECKON]) == 0
    assert not Path("detente.duckdb").exists()
    assert run([*RECKON, "--ledger", "talks.duckdb"]) == 0
    assert reckonings("talks.duckdb") == 1
    monkeypatch.setenv("DETENTE_LEDGER", "talks.duckdb")
    assert run([*RECKON]) == 0
    assert reckonings("talks.duckdb") == 1
    assert run([*RECKON, "--seed", "1"]) == 0
    assert reckonings("talks.duckdb") == 2


def test_a_reckoning_that_cannot_be_kept_is_shown_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["issue", "reckon", "tariffs.csv", "--model", "median", "--ledger", "tariffs.csv"]) == 3
    shown = capsys.readouterr()
    assert "median" in shown.out
    assert shown.err.startswith("detente: tariffs.csv: is no ledger")
    assert shown.err.endswith("the reckoning is not kept and will not be scored\n")
    assert Path("tariffs.csv").read_text(encoding="utf-8") == TABLE


def test_a_seed_that_no_ledger_can_keep_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*RECKON, "--seed", str(2**63 - 1), "--ledger", "talks.duckdb"]) == 0
    assert run([*RECKON, "--seed", str(2**63), "--ledger", "talks.duckdb"]) == 1
    assert f"{2**63} cannot be a seed; give 0 to {2**63 - 1}" in capsys.readouterr().err
    assert reckonings("talks.duckdb") == 1


@pytest.mark.usefixtures("kept")
def test_an_outcome_is_entered_and_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*OUTCOME, "--value", "10", "--source", "the treaty"]) == 0
    assert run([*OUTCOME, "--value", "10", "--source", "the treaty"]) == 0
    by_title = ["issue", "outcome", "A ceiling for tariffs", "--date", YESTERDAY]
    assert run([*by_title, "--void"]) == 0
    assert run([*by_title, "--value", "15", "--quiet"]) == 0
    first, again, void = capsys.readouterr().err.splitlines()
    assert first == f"detente: A ceiling for tariffs: position: 10, {YESTERDAY}"
    assert again == f"{first}, stands there already"
    assert void.endswith("void, never to be decided, " + YESTERDAY + "; corrects 10, which stays on record")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ([*OUTCOME], 2, "say what was decided: --value NUMBER, or --void"),
        ([*OUTCOME, "--value", "1", "--void"], 2, "say what was decided"),
        ([*OUTCOME, "--value", "25"], 1, "25 lies outside the scale of position, 0 to 20; "),
        ([*OUTCOME, "--value", "1", "--ledger", "nowhere.duckdb"], 3, "there is no ledger"),
        ([*OUTCOME, "--value", "1", "--ledger", "tariffs.csv"], 3, "is no ledger"),
        (["issue", "outcome", "tarifs.csv", "--date", YESTERDAY, "--value", "1"], 1, "no such reckoning is in detente"),
        (["issue", "outcome", "tariffs.csv", "--date", "2024-11", "--value", "1"], 2, "'2024-11' is no day"),
        (["score", "issues", "--ledger", "nowhere.duckdb"], 3, "there is no ledger"),
        (["score", "issues", "--output", "detente.duckdb"], 2, "would be lost"),
    ],
)
def test_what_does_not_fit_is_refused(
    options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(options) == status
    shown = capsys.readouterr()
    assert (shown.out, said in shown.err) == ("", True)
    assert not Path("nowhere.duckdb").exists()


@pytest.mark.usefixtures("kept")
def test_scores_stand_beside_base_rates(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["score", "issues"]) == 0
    assert " ".join(capsys.readouterr().out.split()).endswith("0 void (never to be decided), 1 without an outcome.")
    assert run([*OUTCOME, "--value", "15", "--quiet"]) == 0
    assert run(["score", "issues"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Reckoned on the day of the decision or later:" in shown
    assert "before the day" not in shown
    assert "status quo 1 25.0 37.5 25.0 25.0" in shown
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["score", "issues"]) == 0
    narrow = capsys.readouterr().out
    assert "compromise" in narrow
    assert "held" not in narrow
    assert run(["score", "issues", "--format", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert [row["model"] for row in rows[:3]] == ["compromise", "median", "mean of positions"]
    assert {(row["made"], row["middle of the scale"]) for row in rows} == {("afterwards", "25.0")}
    assert run(["score", "issues", "--format", "jsonl"]) == 0
    (whole,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (whole["decided"], len(whole["afterwards"])) == (1, len(rows))


def test_a_report_is_a_page_and_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    report = ["issue", "report", "tariffs.csv", "--draws", "64", "--ledger", "talks.duckdb"]
    assert run([*report, "--html", "--output", "tariffs.html"]) == 0
    assert Path("tariffs.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""
    assert reckonings("talks.duckdb") == 1
    assert run(report) == 2
    assert "a report is a page: say --html" in capsys.readouterr().err
    assert run([*report, "--html", "--output", "tariffs.csv"]) == 2
    assert run([*report, "--html", "--output", "talks.duckdb"]) == 2
    assert "would be lost" in capsys.readouterr().err
    assert Path("tariffs.csv").read_text(encoding="utf-8") == TABLE
