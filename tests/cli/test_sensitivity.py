"""`detente issue sensitivity`: what is shown, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli import run

TABLE = """\
# title: A ceiling for tariffs
# scale: 0; 20
actor,position,salience,capability,position_sd
Aland,0,0.5,2,3
Borland,15,1,1,
Cland,8,0.7,1.5,2
"""

COMMAND = ["issue", "sensitivity", "tariffs.csv", "--draws", "200"]


@pytest.fixture(autouse=True)
def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("tariffs.csv").write_text(TABLE, encoding="utf-8")


def test_it_tells_how_sure_outcomes_are_and_what_would_change_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*COMMAND, "--actor", "Borland", "--by", "10"]) == 0
    shown = capsys.readouterr()
    assert max(map(len, shown.out.splitlines())) <= 80
    text = " ".join(shown.out.split())
    for part in (
        "A ceiling for tariffs position: 0 to 20",
        "Which cells compromise depends on:",
        "Aland: position",
        "The smallest changes that move compromise by 10 % of the scale:",
        "What hangs on whom, in percent of the scale (compromise):",
        "The smallest coalitions that move compromise by 10 % of the scale:",
        "What brings compromise nearer to Borland:",
        "its own Borland: position 15 → 20",
        "work on",
    ):
        assert part in text
    assert shown.err == ""


def test_json_has_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*COMMAND, "--model", "median", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["model"] == "median"
    assert told["spreads"]["median"]["draws"] == 200
    assert told["dimensions"]["position"]["levers"].keys() == {"Aland", "Borland", "Cland"}


def test_where_nothing_is_unsure_the_way_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tariffs.csv").write_text(TABLE.replace("2,3", "2,").replace("1.5,2", "1.5,"), encoding="utf-8")
    assert run(COMMAND) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "no cell states how unsure it is, so that outcomes are not drawn: fill in position_sd or give --sd." in shown
    assert "The smallest changes" in shown
    assert run([*COMMAND, "--sd", "0.1", "--by", "100"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "80 % of draws" in shown
    assert "The smallest changes that move compromise by 100 % of the scale: none." in shown


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--actor", "Dland"], 2, "no actor 'Dland'; there are: Aland, Borland, Cland"),
        (["--model", "mean"], 1, "no model 'mean'; there are: compromise"),
        (["--by", "0"], 1, "an outcome does not move by 0 % of its scale"),
        (["--draws", "0"], 2, "greater than or equal to 1"),
        (["--output", "tariffs.csv"], 2, "would be lost"),
    ],
)
def test_what_does_not_fit_is_refused(
    options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*COMMAND, *options]) == status
    assert said in capsys.readouterr().err
