"""`detente who` and `detente world check` tell what is known before reading, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.cli import run
from detente.world import tables
from detente.world.registry import registry


@pytest.fixture(autouse=True)
def _afterwards() -> Iterator[None]:
    yield
    tables.forget()
    registry.cache_clear()


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2018-05-01", "country USA, sectors GOV, acts for USA"),
        ("2022-06-01", "country USA, sectors ELI\n"),
        ("2024-11-20", "country USA, sectors ELI\n"),
    ],
)
def test_a_person_is_what_the_day_makes_of_him(day: str, standing: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Trump", "--on", day]) == 0
    out = capsys.readouterr().out
    assert f"on {day}: {standing}" in out
    assert "2017-01-20 – 2021-01-20 president, USA: GOV for USA" in out
    assert ("→ 2017-01-20" in out) == (day == "2018-05-01")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["Crimea"], "lies in UKR, by UN General Assembly resolution 68/262; claimed by RUS"),
        (["NATO", "--on", "2000-01-01"], "19 members on 2000-01-01: BEL CAN CZE"),
        (["Kremlin"], "Government of Russia (org:government-of-russia): seat"),
        (["Moscow"], "the sentence decides"),
    ],
)
def test_places_organisations_and_seats_are_shown(
    arguments: list[str], shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["who", *arguments]) == 0
    assert shown in capsys.readouterr().out


def test_of_two_with_one_surname_the_likelier_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Bush", "--on", "2002-01-01"]) == 0
    out = capsys.readouterr().out
    assert out.index("person:george-w-bush") < out.index("person:george-h-w-bush")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Merkle"], "did you mean Merkel?"),
        (["Macron", "--on", "1999-01-01"], "nobody of that name is known to a text of 1999-01-01"),
        (["<script>"], "not known before reading"),
        ([""], "not known before reading"),
    ],
)
def test_an_unknown_name_is_one_line_with_a_way_out(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["who", *arguments]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_a_wrong_day_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Trump", "--on", "2018"]) == 2
    assert "'2018' is no day" in capsys.readouterr().err


def test_an_own_table_is_asked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,aliases,stands_for\nBlue Gate,,government:TCD\n", encoding="utf-8")
    assert run(["who", "Blue Gate", "--world", str(path)]) == 0
    assert "org:government-of-chad" in capsys.readouterr().out


def test_the_check_shows_faults_and_gaps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["world", "check"]) == 0
    assert capsys.readouterr().err == "detente: no faults\n"
    assert run(["world", "check", "--gaps"]) == 0
    assert "nobody from" in capsys.readouterr().out
    path = tmp_path / "own.csv"
    path.write_text("organisation,country,since,until\nnato,XXX,2000,\n", encoding="utf-8")
    assert run(["world", "check", "--world", str(path)]) == 1
    assert "members.csv: org:nato: 'XXX' is not known" in capsys.readouterr().out


def test_a_number_that_is_none_is_a_fault_like_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,aliases,country,claimed_by,basis,latitude,longitude\nAtlantis,,GRC,,x,north,0\n", "utf-8")
    assert run(["world", "check", "--world", str(path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == "regions.csv: could not convert string to float: 'north'\n"
    assert shown.err == "detente: 1 faults\n"


def test_reading_with_a_table_that_does_not_fit_reads_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Iran accused Israel of a raid.", encoding="utf-8")
    (tmp_path / "own.csv").write_text("a,b\n", encoding="utf-8")
    assert run(["read", str(tmp_path / "a.txt"), "--json", "--world", str(tmp_path / "own.csv")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "columns of none" in shown.err
