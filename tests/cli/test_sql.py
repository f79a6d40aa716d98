"""`detente sql` prints what a statement gives as a table, CSV or JSON Lines, harmlessly."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from tests.cli.conftest import Detente


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)


def printed(capsys: pytest.CaptureFixture[str], arguments: Iterable[str]) -> str:
    """What a command prints, and that it prints nothing else."""
    assert run(["sql", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


VALUES = """
SELECT 'x' AS t, -1.50::DECIMAL(9, 2) AS d, DATE '2024-06-14' AS day, TIMESTAMP '2024-06-14 01:02:03' AS moment,
    {'a': 1, 'b': [1, NULL]} AS s, MAP {true: 1} AS m, [1, 2] AS l, NULL AS n, true AS b, INTERVAL 3 DAY AS i,
    100000000000000000000000000000000::HUGEINT AS h
"""


def test_a_table_has_the_columns_of_the_statement_as_they_are_called(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, _, row = printed(capsys, ["SELECT type, source_names FROM list_events ORDER BY type"]).split("\n")[1:4]
    assert head.split() == ["type", "source_names"]
    assert " ".join(row.split()) == "REQUEST Government of Chad"


def test_values_of_all_types_are_legible_in_a_table(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, [f"WITH given AS ({VALUES}) SELECT d, day, moment, s, m, l, b FROM given"])  # noqa: S608
    for cell in ("-1.50", "2024-06-14", "2024-06-14 01:02:03", '{"a":1,"b":[1,null]}', '{"true":1}', "1; 2", "true"):
        assert cell in shown


def test_json_lines_are_exact(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, [VALUES, "--format", "jsonl"])
    assert json.loads(shown, parse_float=str) == {
        "t": "x",
        "d": "-1.50",
        "day": "2024-06-14",
        "moment": "2024-06-14T01:02:03",
        "s": {"a": 1, "b": [1, None]},
        "m": {"true": 1},
        "l": [1, 2],
        "n": None,
        "b": True,
        "i": "P3D",
        "h": 10**32,
    }


def test_csv_has_a_header_and_numbers_stay_numbers(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = csv.DictReader(io.StringIO(printed(capsys, [VALUES, "--format", "csv"])))
    assert row["d"] == "-1.50"
    assert row["s"] == '{"a":1,"b":[1,null]}'
    assert (row["l"], row["n"], row["b"]) == ("1; 2", "", "true")


def test_csv_without_rows_has_its_header(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ["SELECT id, type FROM events WHERE false", "--format", "csv"]) == "id,type\n"


def test_columns_that_are_called_alike_are_told_apart(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ["SELECT 1, 1", "--format", "csv"]) == "1,1_1\n1,1\n"
    assert printed(capsys, ["SELECT 1, 1", "--format", "jsonl"]) == '{"1":1,"1_1":1}\n'
    assert "1  1_1" in printed(capsys, ["SELECT 1, 1"])


@pytest.mark.parametrize("form", ["table", "csv"])
def test_control_characters_markup_and_formulas_do_no_harm(
    ledger: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    statement = "SELECT chr(27) || '[2J[b]Red[/b]' AS \"=a\x1b[2J\", {'k': chr(8238)} AS s, '=1+1' AS f"
    shown = printed(capsys, [statement, "--format", form])
    assert not [c for c in shown if c != "\n" and not c.isprintable()]
    assert "[b]Red[/b]" in shown
    if form == "csv":
        head, row = csv.reader(io.StringIO(shown))
        assert head[0].startswith("'=a")
        assert row[2] == "'=1+1"


def test_a_table_ends_and_says_so(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "SELECT 'row' || range AS n FROM range(150)"]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("row") == 100
    assert shown.err == "detente: these are the first 100; --format csv shows all\n"
    assert printed(capsys, ["SELECT 'row' || range AS n FROM range(100)"]).count("row") == 100
    assert printed(capsys, ["SELECT 'row' || range AS n FROM range(150)", "--format", "csv"]).count("row") == 150


def test_a_table_of_more_columns_than_can_be_read_says_so(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "FROM list_events"]) == 0
    shown = capsys.readouterr()
    assert "source_names" in shown.out
    assert "published" not in shown.out
    assert shown.err == "detente: these are 11 of 24 columns; select fewer, or take --format csv\n"


def test_the_statement_may_come_from_standard_input(detente: Detente, ledger: Path) -> None:
    done = detente("sql", "-", "--format", "csv", given="SELECT 'Erdoğan' AS name\n;\n".encode())
    assert (done.returncode, done.stdout.decode()) == (0, "name\nErdoğan\n")
    done = detente("sql", "-", given=b"SELECT '\xff'")
    assert done.returncode == 2
    assert done.stderr == b"detente: -: is not UTF-8; convert it first\n"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT * FROM evnts", 'the statement: Table with name evnts does not exist! Did you mean "events"?'),
        ("DELETE FROM events", "the statement: is DELETE; only what reads is run"),
        ("SELECT 1; SELECT 2", "the statement: is 2 statements"),
        ("FROM read_text('/etc/passwd')", "it may read the ledger and do nothing else"),
        ("SELECT error('on the way') FROM events", "the statement: on the way"),
    ],
)
def test_a_wrong_statement_is_one_line_and_status_2(
    ledger: Path, capsys: pytest.CaptureFixture[str], statement: str, told: str
) -> None:
    assert run(["sql", statement]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert told in line


def test_a_wrong_statement_spares_the_file_that_is_there(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rows.csv").write_text("kept", "utf-8")
    assert run(["sql", "FROM evnts", "--output", "rows.csv"]) == 2
    assert Path("rows.csv").read_text("utf-8") == "kept"
    assert "evnts" in capsys.readouterr().err
    assert printed(capsys, ["SELECT 1 AS n", "--format", "csv", "--output", "rows.csv"]) == ""
    assert Path("rows.csv").read_text("utf-8") == "n\n1\n"
    assert run(["sql", "SELECT 1", "--output", "detente.duckdb"]) == 2
    assert "would be lost" in capsys.readouterr().err


def test_ctrl_c_ends_a_long_statement(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, ["SELECT 1"])
    interrupt = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    assert (
        run(["sql", "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b WHERE a.range < b.range"]) == 130
    )
    assert "interrupted" in capsys.readouterr().err
    interrupt.join()


def test_a_missing_ledger_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sql", "SELECT 1", "--ledger", "none.duckdb"]) == 3
    assert "there is no ledger" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_may_be_named(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger("other.duckdb"):
        pass
    shown = printed(capsys, ["SELECT count(*) AS n FROM events", "--ledger", "other.duckdb", "--format", "csv"])
    assert shown == "n\n0\n"
