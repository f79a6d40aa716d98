"""The check of the tables finds what is wrong in a user's own rows, and nothing in ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.reading.reader import reader
from detente.world import checks, own, tables
from detente.world.registry import registry

LEADERS = "name,aliases,gender,country,office,sectors,acts_for,start,end\n"
HEADERS = {
    "leaders.csv": LEADERS,
    "regions.csv": "name,aliases,country,claimed_by,basis,latitude,longitude\n",
    "members.csv": "organisation,country,since,until\n",
    "organisations.csv": "id,name,aliases,nominals,kind,country,sectors,acts_for,since,until\n",
    "states.csv": "code,name,aliases,adjectives,people,capital,since,until,successor\n",
    "seats.csv": "name,aliases,stands_for\n",
}


@pytest.fixture(autouse=True)
def _afterwards() -> Iterator[None]:
    yield
    tables.forget()
    registry.cache_clear()
    reader.cache_clear()


def file(folder: Path, table: str, *rows: str) -> Path:
    path = folder / "own.csv"
    path.write_text(HEADERS[table] + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_our_tables_have_no_fault() -> None:
    assert list(checks.faults()) == []


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        ("leaders.csv", "Ada Bel,Bel,f,XXX,president,GOV,TCD,2020,", "'XXX' is not known"),
        ("leaders.csv", "Ada Bel,Bel,f,TCD,president,GOVT,TCD,2020,", "'GOVT' is not known"),
        ("leaders.csv", "Ada Bel,Bel,f,TCD,chief wizard,GOV,TCD,2020,", "'chief wizard' is not known"),
        ("leaders.csv", "Ada Bel,Bel,x,TCD,minister,GOV,TCD,2020,", "'x' is not known"),
        ("leaders.csv", "Ada Bel,Bel,f,TCD,minister,GOV,org:none,2020,", "'org:none' is not known"),
        ("leaders.csv", "Ada Bel,Bel,f,TCD,minister,GOV,TCD,2020-02-30,", "'2020-02-30' is no date"),
        ("leaders.csv", "Ada Bel,Bel,f,TCD,minister,GOV,TCD,2020-02,2019", "ends 2019 before it begins"),
        ("leaders.csv", "Ada Bel,Bel,f,USA,president,GOV,USA,2018-01-01,2018-06-01", "overlap"),
        ("leaders.csv", "Donald Trump,,f,USA,senator,LEG,,2010,2011", "two genders"),
        ("regions.csv", "Atlantis,,XXX,,none,0,0", "'XXX' is not known"),
        ("regions.csv", "Atlantis,,GRC,,,0,0", "no basis"),
        ("regions.csv", "Atlantis,,GRC,,hearsay,95,0", "no place on Earth"),
        ("members.csv", "club,FRA,2000,", "'org:club' is not known"),
        ("seats.csv", "Blue Gate,,government:XXX", "'government:XXX' is not known"),
        ("states.csv", "ZZZ,France,,,,,,,", "France names 2 states"),
        ("states.csv", "ZZZ,Zedland,,,,,,,YYY", "'YYY' is not known"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_the_reason(tmp_path: Path, table: str, row: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault) as caught:
        own.use([file(tmp_path, table, row)])
    assert "own.csv" in str(caught.value)
    assert list(checks.faults()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,2\n", "columns of none"),
        (b"", "columns of none"),
        (b"\xff\xfe\x00", "cannot be read"),
        (LEADERS.encode() + b"a,b,m,TCD,minister,GOV,TCD,2020,,,,\n", "line 2 has more cells"),
        (HEADERS["regions.csv"].encode() + b"Atlantis,,GRC,,x,north,0\n", "could not convert"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        own.use([path])


def test_a_missing_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        own.use([tmp_path / "none.csv"])


def test_an_own_row_adds_a_person_and_changes_the_reader(tmp_path: Path) -> None:
    before = reader().model
    own.use([file(tmp_path, "leaders.csv", "Ada Belkacem,Belkacem,f,TCD,minister,GOV,TCD,2020,")])
    reader.cache_clear()
    (entry,) = registry().named("Belkacem")
    assert (entry.id, entry.country) == ("person:ada-belkacem", "TCD")
    assert reader().model != before


def test_an_own_row_switches_the_state_of_a_disputed_place(tmp_path: Path) -> None:
    ours = registry().region("Crimea")
    assert ours is not None
    assert ours.country == "UKR"
    own.use([file(tmp_path, "regions.csv", "Crimea,,RUS,UKR,as my desk has it,45.3,34.4")])
    theirs = registry().region("Crimea")
    assert theirs is not None
    assert (theirs.country, theirs.claimed_by, theirs.basis) == ("RUS", ("UKR",), "as my desk has it")


def test_a_gap_in_an_office_is_shown_and_a_short_one_is_not(tmp_path: Path) -> None:
    rows = [
        "Ada Bel,,f,TCD,defence minister,GOV,TCD,1950-01-01,1950-06-01",
        "Ben Cole,,m,TCD,defence minister,GOV,TCD,1950-06-20,1951-01-01",
        "Cid Dorn,,m,TCD,defence minister,GOV,TCD,1952-01-01,1953-01-01",
    ]
    own.use([file(tmp_path, "leaders.csv", *rows)])
    shown = [line for line in checks.gaps() if "defence minister of TCD" in line]
    assert len(shown) == 1
    assert "1951-01-01 (Ben Cole) to 1952-01-01 (Cid Dorn)" in shown[0]
