"""What imports promise: a row for each event, bad rows set aside, nothing twice, whatever a file holds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Ledger
from detente.errors import InputError, LedgerError
from detente.ledger import keeping
from detente.ledger.formats.importing import FORMATS, import_files
from tests.ledger.formats.made import ACLED, GDELT, ICEWS, UCDP, asked, comma, taken, tsv
from tests.ledger.test_processes import content


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "l.duckdb"


def icews(number: int, **fields: str) -> dict[str, str]:
    """A row of ICEWS of its own id; `fields` with underscores for blanks."""
    return {**ICEWS, "Event ID": str(number), **{name.replace("_", " "): value for name, value in fields.items()}}


def test_bad_rows_are_set_aside_with_their_line_and_the_reason(tmp_path: Path, ledger: Path) -> None:
    good = [icews(1), icews(2)]
    rows = [
        good[0],
        icews(3, Event_Date="2014-13-01"),
        icews(4, Latitude="north"),
        {**ICEWS, "Event ID": ""},
        icews(5, Event_Date=""),
        good[1],
    ]
    file = tsv(tmp_path / "e.tab", rows)
    with file.open("ab") as stream:
        stream.write(b"6\t2014-01-01\ttoo short\n")
        stream.write(("\t".join(icews(7).values()) + "\ttoo long\n").encode())
        stream.write(
            ("\t".join(icews(8, Source_Name="PLACE").values()) + "\n").encode().replace(b"PLACE", b"M\xfcnchen")
        )
        stream.write(("\t".join(icews(9, Source_Name="x" * 2_500_000).values()) + "\n").encode())
        stream.write(("\t".join(icews(10).values()) + "\n").encode())
    (done,) = taken(ledger, "icews", file)
    assert asked(ledger, "SELECT id FROM imported ORDER BY length(id), id") == [
        ("2014-03-04:1",),
        ("2014-03-04:2",),
        ("2014-03-04:10",),
    ]
    assert asked(ledger, "SELECT line, reason FROM rejects ORDER BY line") == [
        (3, 'has in column event_date "2014-13-01", which is no date'),
        (4, 'has in column latitude "north", which is no number'),
        (5, "has in column event_id nothing, which is no number"),
        (6, "has in column event_date nothing, which is no date"),
        (8, "has fewer columns than the file"),
        (9, "has more columns than the file"),
        (10, "is not UTF-8"),
        (11, "is longer than two million bytes"),
    ]
    assert (done.rows, sum(done.rejected.values())) == (3, 8)
    assert asked(ledger, "SELECT taken, rejected FROM files") == [(3, 8)]
    assert all(len(row) <= 500 for (row,) in asked(ledger, 'SELECT "row" FROM rejects'))


def test_a_row_with_a_nul_is_set_aside(tmp_path: Path, ledger: Path) -> None:
    (done,) = taken(ledger, "icews", tsv(tmp_path / "e.tab", [icews(1, Target_Name="Ukr\0aine"), icews(2)]))
    assert (done.rows, done.rejected) == (1, {"has a character NUL": 1})


@pytest.mark.parametrize(("column", "number"), [("Intensity", "nan"), ("Latitude", "inf"), ("Longitude", "-inf")])
def test_a_number_that_is_not_finite_is_set_aside(tmp_path: Path, ledger: Path, column: str, number: str) -> None:
    rows = [icews(1, **{column: number}), icews(2, Latitude="", Longitude="")]
    (done,) = taken(ledger, "icews", tsv(tmp_path / "e.tab", rows))
    assert (done.rows, done.rejected) == (1, {"has a number that is none or infinite": 1})


def test_formulas_are_texts(tmp_path: Path, ledger: Path) -> None:
    formula = '=HYPERLINK("https://gazette.example","x")'
    taken(ledger, "icews", tsv(tmp_path / "e.tab", [icews(1, Source_Name=formula)]))
    assert asked(ledger, "SELECT source_name FROM imported") == [(formula,)]


def test_of_rows_with_one_id_the_last_stays(tmp_path: Path, ledger: Path) -> None:
    rows = [icews(1, Intensity="1"), icews(2, Intensity="2"), icews(1, Intensity="3")]
    (done,) = taken(ledger, "icews", tsv(tmp_path / "e.tab", rows))
    assert done.rejected == {"has the id of a later row of the file": 1}
    assert asked(ledger, "SELECT intensity FROM imported ORDER BY ALL") == [(2.0,), (3.0,)]


def test_the_same_file_again_changes_nothing(tmp_path: Path, ledger: Path) -> None:
    file = tsv(tmp_path / "e.tab", [icews(1), icews(2, Latitude="north")])
    taken(ledger, "icews", file)
    before = [asked(ledger, f"FROM {table}") for table in ("imported", "datasets", "files", "rejects", "sectors")]
    copy = tmp_path / "copy.tab"
    copy.write_bytes(file.read_bytes())
    (done,) = taken(ledger, "icews", copy)
    assert done.known
    assert [
        asked(ledger, f"FROM {table}") for table in ("imported", "datasets", "files", "rejects", "sectors")
    ] == before


@pytest.mark.parametrize(
    ("format_", "old", "new"),
    [
        ("acled", ACLED, {**ACLED, "fatalities": "9"}),
        ("ucdp", UCDP, {**UCDP, "best": "4"}),
    ],
)
def test_a_later_vintage_revises_rows(
    tmp_path: Path, ledger: Path, format_: str, old: dict[str, str], new: dict[str, str]
) -> None:
    key = next(iter(old))
    other, added = {**old, key: "77"}, {**old, key: "78"}
    first, second = comma(tmp_path / "1.csv", [old, other]), comma(tmp_path / "2.csv", [new, added])
    list(import_files(ledger, format_, [first], dataset="set", vintage="24.1"))
    (done,) = import_files(ledger, format_, [second], dataset="set", vintage="25.1")
    assert (done.rows, done.revised) == (2, 1)
    dead = int(new["fatalities"] if format_ == "acled" else new["best"])
    before = int(old["fatalities"] if format_ == "acled" else old["best"])
    assert asked(ledger, "SELECT id, dead_best FROM imported ORDER BY id") == sorted(
        [(old[key], dead), ("77", before), ("78", before)]
    )
    assert asked(ledger, "SELECT file, vintage, taken, revised FROM files ORDER BY file") == [
        (1, "24.1", 2, 0),
        (2, "25.1", 2, 1),
    ]


def test_a_dry_run_tells_the_same_and_leaves_the_ledger(tmp_path: Path, ledger: Path) -> None:
    file = tsv(tmp_path / "e.tab", [icews(1), icews(2, Latitude="north")])
    (dry,) = import_files(ledger, "icews", [file], dataset="set", dry_run=True)
    assert not ledger.exists()
    assert taken(ledger, "icews", file) == [dry]


def test_a_dry_run_sees_what_the_ledger_and_the_files_before_it_have(tmp_path: Path, ledger: Path) -> None:
    known = comma(tmp_path / "1.csv", [ACLED])
    new = {**ACLED, "event_id_cnty": "MLI9"}
    revised = comma(tmp_path / "2.csv", [{**ACLED, "fatalities": "9"}, new])
    last = comma(tmp_path / "3.csv", [{**new, "fatalities": "1"}])
    taken(ledger, "acled", known)
    files = [known, revised, revised, last]
    before = content(ledger)
    dry = [*import_files(ledger, "acled", files, dataset="set", dry_run=True)]
    assert content(ledger) == before
    assert [(done.known, done.rows, done.revised) for done in dry] == [
        (True, 0, 0),
        (False, 2, 1),
        (True, 0, 0),
        (False, 1, 1),
    ]
    assert [*import_files(ledger, "acled", files, dataset="set")] == dry
    with pytest.raises(InputError, match="is a data set of ACLED"):
        [*import_files(ledger, "icews", [tsv(tmp_path / "e.tab", [icews(1)])], dataset="set", dry_run=True)]


def test_a_data_set_carries_its_terms_and_citation(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "acled", comma(tmp_path / "a.csv", [ACLED]), dataset="acled-mali")
    ((name, format_, terms, citation),) = asked(ledger, "FROM datasets")
    assert (name, format_) == ("acled-mali", "acled")
    assert "must not be passed on" in terms
    assert citation.startswith("Raleigh")
    assert all(layout.terms and layout.citation for layout in FORMATS.values())


def test_a_data_set_is_of_one_format(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "icews", tsv(tmp_path / "e.tab", [ICEWS]))
    with pytest.raises(InputError, match="set: is a data set of ICEWS; name another one with --dataset"):
        taken(ledger, "acled", comma(tmp_path / "a.csv", [ACLED]))


@pytest.mark.parametrize("name", ["texts", "", "a/b"])
def test_some_names_are_no_data_sets(tmp_path: Path, ledger: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a data set"):
        taken(ledger, "icews", tsv(tmp_path / "e.tab", [ICEWS]), dataset=name)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty; name a file with events"),
        (b"PK\x03\x04 and so on", "is a ZIP archive; unpack it and name the file in it"),
        ("Event ID\tEvent Date\n".encode("utf-16"), "is not UTF-8; convert it first"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(tmp_path: Path, ledger: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "e.tab"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        taken(ledger, "icews", file)
    assert str(caught.value) == f"{file}: {reason}"
    assert not ledger.exists()


def test_a_missing_file_and_a_pattern_are_refused(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file or directory"):
        taken(ledger, "icews", tmp_path / "none.tab")
    with pytest.raises(InputError, match="rename it"):
        taken(ledger, "icews", tmp_path / "*.tab")


def test_packed_files_are_read(tmp_path: Path, ledger: Path) -> None:
    plain = tsv(tmp_path / "e.tab", [icews(1), icews(2)])
    packed = tmp_path / "e.tab.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    (done,) = taken(ledger, "icews", packed)
    assert done.rows == 2


def test_lines_may_end_in_two_ways(tmp_path: Path, ledger: Path) -> None:
    file = tsv(tmp_path / "e.tab", [icews(1), icews(2), icews(3)])
    head, first, *others = file.read_bytes().split(b"\n")
    file.write_bytes(b"\r\n".join([head, first, b"\n".join(others)]))
    (done,) = taken(ledger, "icews", file)
    assert (done.rows, done.rejected) == (3, {})


def test_files_with_carriage_returns_and_a_mark_are_read(tmp_path: Path, ledger: Path) -> None:
    file = tsv(tmp_path / "e.tab", [icews(1), icews(2)])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    (done,) = taken(ledger, "icews", file)
    assert (done.rows, done.rejected) == (2, {})


def test_a_file_that_fails_leaves_those_before_it(tmp_path: Path, ledger: Path) -> None:
    good, gone = tsv(tmp_path / "1.tab", [icews(1)]), tsv(tmp_path / "2.tab", [icews(2)])
    done = import_files(ledger, "icews", [good, gone], dataset="set")
    next(done)
    gone.unlink()
    with pytest.raises((InputError, LedgerError, OSError)):
        next(done)
    assert asked(ledger, "SELECT id FROM imported") == [("2014-03-04:1",)]


def test_a_ledger_with_imports_has_no_faults_and_is_asked_on(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "gdelt", tsv(tmp_path / "g.csv", [GDELT], header=False))
    assert keeping.check(ledger).faults == ()
    with Ledger(ledger, read_only=True) as opened:
        assert [*opened.list("events")] == []


ROW = st.lists(
    st.text(st.characters(blacklist_characters="\t\n\r\0", blacklist_categories=["Cs"]), max_size=12),
    min_size=18,
    max_size=22,
)


@settings(max_examples=25)
@given(st.lists(ROW, max_size=8))
def test_every_row_is_taken_or_set_aside(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("any")
    file = tsv(folder / "e.tab", [ICEWS])
    lines = ["\t".join(row) for row in rows]
    with file.open("a", encoding="utf-8", newline="") as stream:
        stream.write("".join(f"{line}\n" for line in lines))
    (done,) = taken(folder / "l.duckdb", "icews", file)
    # DuckDB takes an empty line for none.
    assert done.rows + sum(done.rejected.values()) == 1 + sum(1 for line in lines if line)
    assert done.rows >= 1


@pytest.mark.parametrize("damage", ["in the first lines", "after them", "cut off"])
def test_a_damaged_archive_is_refused_whole(tmp_path: Path, damage: str) -> None:
    rows = [
        {**ICEWS, "Event ID": str(number), "Publisher": f"Gazette {number * 7919 % 99991}"} for number in range(20_000)
    ]
    packed = bytearray(gzip.compress(tsv(tmp_path / "e.tab", rows).read_bytes()))
    at = 40 if damage == "in the first lines" else len(packed) * 3 // 4
    packed[at:] = (
        b"" if damage == "cut off" else bytes(byte ^ 0x5A for byte in packed[at : at + 40]) + packed[at + 40 :]
    )
    file = tmp_path / "damaged.tab.gz"
    file.write_bytes(packed)
    with pytest.raises(InputError, match=r"damaged\.tab\.gz: cannot be read"):
        taken(tmp_path / "l.duckdb", "icews", file)


def test_a_packed_line_with_too_many_cells_is_set_aside_as_in_a_plain_file(tmp_path: Path) -> None:
    rows = [
        {**ICEWS, "Event ID": str(number), "Publisher": f"Gazette {number * 7919 % 99991}"} for number in range(3_000)
    ]
    plain = tsv(tmp_path / "e.tab", rows)
    plain.write_text(plain.read_text("utf-8") + "\t".join([*rows[0].values(), "more"]) + "\n", "utf-8")
    packed = tmp_path / "e.tab.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for number, file in enumerate((plain, packed)):
        (done,) = taken(tmp_path / f"{number}.duckdb", "icews", file)
        assert done.rejected == {"has more columns than the file": 1}
