"""`Ledger.sql` reads the ledger and nothing else, and gives rows, Arrow and pandas alike."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import pyarrow
import pytest

from detente import ExtraError, InputError, Ledger
from detente.ledger.file import File
from tests.examples import READING

HOSTILE = (
    "INSERT INTO ledger VALUES (9)",
    "WITH more AS (INSERT INTO ledger VALUES (9) RETURNING *) FROM more",
    "DELETE FROM events",
    "UPDATE ledger SET version = 9",
    "MERGE INTO ledger USING ledger AS other ON false WHEN NOT MATCHED THEN INSERT VALUES (9)",
    "TRUNCATE events",
    "DROP TABLE events",
    "DROP VIEW list_events",
    "CREATE TABLE more (a INTEGER)",
    "CREATE TEMP TABLE more (a INTEGER)",
    "CREATE OR REPLACE VIEW reporters AS SELECT 1",
    "CREATE OR REPLACE TEMP MACRO words(written) AS 1",
    "CREATE TABLE more AS PIVOT events ON type",
    "CREATE SECRET (TYPE s3)",
    "ALTER TABLE events ADD COLUMN more INTEGER",
    "COMMENT ON TABLE events IS 'more'",
    "EXPLAIN ANALYZE INSERT INTO ledger VALUES (9)",
    "EXPLAIN ANALYZE DELETE FROM events",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/more.csv'",
    "COPY events TO '{folder}/more.csv'",
    "COPY (SELECT 1) TO '{folder}/more.csv'",
    "COPY (PIVOT events ON type) TO '{folder}/more.csv'",
    "COPY ledger FROM '{folder}/secret.csv'",
    "EXPORT DATABASE '{folder}/more'",
    "IMPORT DATABASE '{folder}/more'",
    "ATTACH '{folder}/more.duckdb'",
    "ATTACH ':memory:' AS more",
    "DETACH ledger",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 1",
    "SET enable_external_access = true",
    "SET VARIABLE more = 1",
    "RESET threads",
    "PRAGMA enable_profiling",
    "PRAGMA version",
    "CALL enable_logging()",
    "CALL pragma_version()",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "CHECKPOINT",
    "VACUUM",
    "ANALYZE",
    "PREPARE more AS SELECT 1",
    "EXECUTE more",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{folder}/more')",
    "SELECT * FROM enable_profiling(save_location = '{folder}/more.json')",
    "SELECT * FROM force_checkpoint()",
    "SELECT * FROM query('INSERT INTO ledger VALUES (9) RETURNING *')",
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM read_text('{folder}/secret.csv')",
    "SELECT * FROM read_blob('{folder}/secret.csv')",
    "SELECT * FROM read_json('{folder}/secret.csv')",
    "SELECT * FROM read_parquet('{folder}/secret.csv')",
    "SELECT * FROM read_duckdb('{folder}/ledger.duckdb')",
    "SELECT * FROM sniff_csv('{folder}/secret.csv')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{folder}/secret.csv'",
    "SELECT * FROM query_table('{folder}/secret.csv')",
    "SELECT * FROM 'https://example.org/secret.csv'",
    "SELECT * FROM secret",
    "SELECT getenv('HOME')",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE events",
    "",
    " ; -- nothing",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger that is open for writing: what a statement may do does not hang on the file."""
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        yield ledger


def test_rows_are_dictionaries_and_can_be_had_again(ledger: Ledger) -> None:
    rows = ledger.sql("SELECT id, sources, place FROM events ORDER BY id")
    assert rows.columns == ("id", "sources", "place")
    again = [*rows]
    assert again == [*rows]
    assert again[0] == {"id": "e1", "sources": ["org:government-of-chad"], "place": None}
    assert again[1]["place"]["name"] == "Faya"


def test_what_is_listed_can_be_had_as_a_frame(ledger: Ledger) -> None:
    frame = ledger.sql("FROM list_events ORDER BY id").df()
    assert isinstance(frame, pandas.DataFrame)
    assert [*frame["id"]] == [row["id"] for row in ledger.list("events")]
    assert set(ledger.columns("events")) <= {*frame.columns}


def test_several_questions_at_once_open_the_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shared.duckdb"
    with Ledger(path) as writer:
        writer.add(READING)
    opened: list[bool] = []
    attach = File._attach

    def counted(file: File, connection: duckdb.DuckDBPyConnection, *, to_write: bool) -> None:
        opened.append(to_write)
        attach(file, connection, to_write=to_write)

    monkeypatch.setattr(File, "_attach", counted)
    with Ledger(path, read_only=True) as reader:
        opened.clear()
        with reader.at_once():
            assert [len([*reader.sql("FROM events")]) for _ in range(2)] == [len(READING.events)] * 2
            assert reader.holds(READING.document.id)
        assert opened == [False]
        # Others may write again.
        with Ledger(path) as writer:
            writer.add(READING, again=True)
        assert len([*reader.sql("FROM events")]) == len(READING.events)


def test_arrays_hold_a_column_each_and_mask_what_is_null(ledger: Ledger) -> None:
    rows = ledger.sql("SELECT n, n::VARCHAR AS word, if(n = 1, NULL, n) AS n FROM range(3) AS numbers(n)")
    found = rows.arrays()
    assert [*found] == ["n", "word", "n_1"]
    assert found["n"].tolist() == [0, 1, 2]
    assert found["word"].tolist() == ["0", "1", "2"]
    assert found["n_1"].tolist() == [0, None, 2]


def test_arrow_keeps_the_types(ledger: Ledger) -> None:
    table = ledger.sql("SELECT DATE '2024-06-14' AS day, 1.50::DECIMAL(9, 2) AS part, sources FROM events").arrow()
    assert isinstance(table, pyarrow.Table)
    assert table.num_rows == 2
    assert [str(kind) for kind in table.schema.types[:2]] == ["date32[day]", "decimal128(9, 2)"]
    assert table.column("day")[0].as_py() == date(2024, 6, 14)
    assert table.column("part")[0].as_py() == Decimal("1.50")


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [("SELECT count(*) AS n FROM events WHERE type = ?", ["RETREAT"]), ("SELECT $n AS n", {"n": 1})],
)
def test_values_go_into_parameters(ledger: Ledger, statement: str, parameters: list[str] | dict[str, int]) -> None:
    rows = ledger.sql(statement, parameters)
    assert [*rows] == [{"n": 1}]
    assert [*rows.df()["n"]] == rows.arrow().column("n").to_pylist() == [1]


def test_a_value_is_never_sql(ledger: Ledger) -> None:
    asked = "x' OR true --"
    assert [*ledger.sql("FROM events WHERE type = $type", {"type": asked})] == []
    assert [*ledger.sql("SELECT ? AS asked", [asked])] == [{"asked": asked}]


def test_columns_that_are_called_alike_are_told_apart_everywhere(ledger: Ledger) -> None:
    rows = ledger.sql("SELECT 1 AS n, 2 AS n, 3 AS N, 4 AS n_1, 5 AS n")
    names = ("n", "n_1", "N", "n_1_1", "n_2")
    assert rows.columns == names
    assert [*rows] == [dict(zip(names, range(1, 6), strict=True))]
    assert tuple(rows.df().columns) == tuple(rows.arrow().column_names) == names


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        ("FROM ledger", ["version"]),
        ("TABLE ledger;", ["version"]),
        ("VALUES (1) -- one", ["col0"]),
        ("WITH one AS (SELECT 1 AS a) FROM one", ["a"]),
        ("SHOW TABLES", ["name"]),
        ("DESCRIBE ledger", ["column_name", "column_type", "null", "key", "default", "extra"]),
        ("SUMMARIZE ledger", ["column_name", "column_type"]),
        ("EXPLAIN FROM events", ["explain_key", "explain_value"]),
        ("EXPLAIN ANALYZE FROM events", ["explain_key", "explain_value"]),
        ("PIVOT (SELECT type, quad FROM events) ON type", ["quad", "REQUEST", "RETREAT"]),
    ],
)
def test_what_reads_is_run(ledger: Ledger, statement: str, columns: list[str]) -> None:
    rows = ledger.sql(statement)
    assert [*rows.columns][: len(columns)] == columns
    assert [*rows]
    assert rows.df().shape == rows.arrow().shape


def test_no_rows_have_columns_all_the_same(ledger: Ledger) -> None:
    rows = ledger.sql("SELECT id FROM events WHERE false")
    assert [*rows] == []
    assert rows.df().shape == rows.arrow().shape == (0, 1)


@pytest.fixture(scope="module", params=[False, True], ids=["writing", "read-only"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger beside a file that is none of its business, for statements that leave no trace."""
    path = tmp_path_factory.mktemp("opened") / "ledger.duckdb"
    path.with_name("secret.csv").write_text("a\n1\n", "utf-8")
    with Ledger(path) as ledger:
        ledger.add(READING)
    with Ledger(path, read_only=request.param) as ledger:
        yield ledger


@pytest.mark.parametrize("statement", HOSTILE)
def test_nothing_else_is_done(statement: str, opened: Ledger) -> None:
    folder = opened.path.parent
    secret = pandas.DataFrame({"a": [1]})
    ((version,),) = (row.values() for row in opened.sql("FROM ledger"))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(InputError) as refused:
        [*opened.sql(statement.format(folder=folder))]
    assert str(refused.value).startswith("the statement: ")
    assert str(refused.value).isprintable()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [*opened.sql("SELECT version, (SELECT count(*) FROM events) AS n FROM ledger")] == [
        {"version": version, "n": 2}
    ]
    assert secret.size == 1


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT * FROM evnts", 'Table with name evnts does not exist! Did you mean "events"?'),
        ("SELECT nme FROM actors", 'Candidate bindings: "name"'),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT substr(1)", "Candidate functions: substr("),
        ("SELECT $a", "Values were not provided"),
        ("SELECT 'a\x1b'::INTEGER FROM events", "Could not convert string"),
        ("SELECT * FROM read_text('/etc/passwd')", "it may read the ledger and do nothing else"),
        ("DROP TABLE events", "is DROP; only what reads is run"),
        ("SELECT 1; SELECT 2", "is 2 statements"),
    ],
)
def test_a_wrong_statement_is_told_in_one_line(ledger: Ledger, statement: str, told: str) -> None:
    with pytest.raises(InputError) as wrong:
        [*ledger.sql(statement)]
    assert told in str(wrong.value)
    assert str(wrong.value).isprintable()
    assert "LINE 1" not in str(wrong.value)
    assert " Error: " not in str(wrong.value)


def test_a_wrong_statement_is_told_before_its_rows_are_asked_for(ledger: Ledger) -> None:
    with pytest.raises(InputError):
        ledger.sql("SELECT nme FROM actors")


def test_what_goes_wrong_on_the_way_is_told_too(ledger: Ledger) -> None:
    rows = ledger.sql("SELECT if(range = 4000, error('too far'), range) AS n FROM range(5000)")
    for use in (list, type(rows).df, type(rows).arrow):
        with pytest.raises(InputError, match="too far"):
            use(rows)


def test_rows_are_streamed(ledger: Ledger) -> None:
    rows = iter(ledger.sql("SELECT range AS n FROM range(1000000000000)"))
    assert [next(rows)["n"], next(rows)["n"]] == [0, 1]


def test_the_ledger_can_be_written_while_rows_are_read(ledger: Ledger) -> None:
    rows = iter(ledger.sql("SELECT range AS n FROM range(5000)"))
    next(rows)
    assert ledger.add(READING, again=True)
    assert sum(1 for _ in rows) == 4999
    assert [*ledger.sql("SELECT count(*) AS n FROM documents")] == [{"n": 1}]


@pytest.mark.parametrize(("package", "use"), [("pandas", "df"), ("pyarrow", "arrow")])
def test_a_missing_package_is_told_with_the_way_to_get_it(
    ledger: Ledger, package: str, use: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ledger.sql("SELECT 1 AS n")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ExtraError) as missing:
        getattr(rows, use)()
    assert str(missing.value) == f"{package} is not installed; get it with: pip install 'detente[frames]'"
    assert [*rows] == [{"n": 1}]


def test_a_damaged_file_is_not_the_fault_of_the_statement(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Could not read from file")

    rows = ledger.sql("SELECT 1 AS n")
    monkeypatch.setattr("detente.ledger.asking._check", broken)
    with pytest.raises(OSError, match="is damaged or cannot be used"):
        ledger.sql("SELECT 1")
    assert [*rows] == [{"n": 1}]
