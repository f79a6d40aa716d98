"""A panel is balanced, tells zeros from what was not read, and counts facts alone."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import InputError, Ledger, LedgerError
from detente.ledger import manifest
from detente.ledger.asking import Rows
from detente.ledger.formats import tables
from detente.records import EventType, IntensityScale, Quad, Reading, Status
from detente.relations import panel as panels
from detente.relations.panel import Unit, panel, write
from tests.relations.made import event, people, reading
from tests.strategies import readings

NO_FACTS = sorted({*get_args(Status)} - {"actual", "alleged"})

on_disk = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger for all examples of a property test, which all write the same documents."""
    with Ledger(tmp_path_factory.mktemp("ledger") / "shared.duckdb") as opened:
        yield opened


def held(read: Reading, id: str, published: str) -> Reading:
    """A reading as that of another document."""
    document = msgspec.structs.replace(read.document, id=id, published=published)
    return msgspec.structs.replace(read, document=document)


def rows(ledger: Ledger, unit: Unit = "dyad-month", **asked: Any) -> list[dict[str, Any]]:
    return list(panel(ledger, unit, **asked).rows)


def cell(ledger: Ledger, unit: Unit = "dyad-month", /, **keys: Any) -> dict[str, Any]:
    """The one row with these keys."""
    (found,) = (row for row in rows(ledger, unit) if keys.items() <= row.items())
    return found


def test_every_pair_of_states_has_a_row_for_every_month(ledger: Ledger) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    ledger.add(reading("2024-03-05", event(("FRA",), "AID", ("UKR",))))
    made = panel(ledger, "dyad-month")
    assert made.states == ["FRA", "RUS", "UKR"]
    months = [date(2024, month, 1) for month in (1, 2, 3)]
    pairs = [(a, b) for a, b in product(made.states, made.states) if a != b]
    assert [(row["source"], row["target"], row["period"]) for row in made.rows] == [
        (*pair, month) for pair, month in product(pairs, months)
    ]


def test_a_period_that_was_read_has_zeros_and_one_that_was_not_has_none(ledger: Ledger) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    ledger.add(reading("2024-03-05", outlet="The Herald"))
    ledger.add(reading("2024-03-06", outlet="The Gazette"))
    ledger.add(reading("2024-03-06", outlet=None))
    january, february, march = [row for row in rows(ledger) if row["source"] == "RUS"]
    assert (january["read"], january["documents"], january["outlets"]) == (1, 1, 1)
    assert (january["deeds"], january["threaten"], january["verbal_conflict"]) == (1, 1, 1)
    assert (january["accuse"], january["alleged"], january["deeds_per_1000"]) == (0, 0, 1000)
    assert (march["read"], march["documents"], march["outlets"]) == (1, 3, 2)
    assert (march["deeds"], march["threaten"], march["alleged"], march["deeds_per_1000"]) == (0, 0, 0, 0)
    assert march["intensity"] is None
    assert (february["read"], february["documents"], february["outlets"]) == (0, 0, 0)
    known = {"dataset", "source", "target", "period", "read", "documents", "outlets", "intensity_scale"}
    assert {name for name, value in february.items() if value is not None} == known


def test_what_happened_when_nothing_was_read_is_no_count_but_is_told(ledger: Ledger) -> None:
    ledger.add(reading("2024-03-05", event(("RUS",), "THREATEN", ("UKR",), date="2024-01-05")))
    made = panel(ledger, "dyad-month", since="2024-01")
    assert {row["deeds"] for row in made.rows if row["period"] == date(2024, 1, 1)} == {None}
    assert made.left_out == {"deeds in a month from which nothing was read": 1}


def test_the_mean_is_of_facts_and_what_is_alleged_stands_beside(ledger: Ledger) -> None:
    ledger.add(
        reading(
            "2024-01-10",
            event(("RUS",), "THREATEN", ("UKR",)),
            event(("RUS",), "CONCEDE", ("UKR",)),
            event(("RUS",), "ASSAULT", ("UKR",), status="alleged"),
        )
    )
    row = cell(ledger, source="RUS", target="UKR")
    assert (row["deeds"], row["alleged"], row["assault"]) == (2, 1, 0)
    assert row["intensity"] == (-3.5 + 4.5) / 2
    assert row["intensity_scale"] == "plover"


@pytest.mark.parametrize("status", NO_FACTS)
def test_what_is_no_fact_is_in_no_cell(ledger: Ledger, status: Status) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    before = rows(ledger)
    ledger.add(reading("2024-01-11", event(("UKR",), "ASSAULT", ("POL",), status=status)))
    after = rows(ledger)
    assert [row | {"documents": 1, "deeds_per_1000": None} for row in after] == [
        row | {"deeds_per_1000": None} for row in before
    ]
    assert {row["documents"] for row in after} == {2}


@on_disk
@given(read=readings(), status=st.sampled_from(NO_FACTS), unit=st.sampled_from(get_args(Unit)))
def test_further_events_that_are_no_facts_change_no_cell(
    shared: Ledger, read: Reading, status: Status, unit: Unit
) -> None:
    further = tuple(msgspec.structs.replace(e, id=f"{e.id}-{status}", status=status) for e in read.events)
    made = []
    for events in (read.events, read.events + further):
        one = held(msgspec.structs.replace(read, events=events), "only", "2024-01-10")
        shared.add(one, again=True, dataset="one")
        found = panel(shared, unit, dataset="one", actors=("RUS", "UKR", "TCD", "FRA"), scale="plover")
        made.append((list(found.rows), found.left_out))
    assert made[0] == made[1]
    if not any(e.status in ("actual", "alleged") for e in read.events):
        counts = {value for row in made[0][0] for name, value in row.items() if name.endswith(("deeds", "alleged"))}
        assert (counts, made[0][1]) == ({0}, {})


@on_disk
@given(read=st.tuples(readings(), readings(), readings()), unit=st.sampled_from(get_args(Unit)))
def test_it_is_balanced_and_every_deed_is_in_a_cell_or_left_out(
    shared: Ledger, read: Sequence[Reading], unit: Unit
) -> None:
    for number, (one, day) in enumerate(zip(read, ("2024-01-10", "2024-01-30", "2024-02-02"), strict=True)):
        shared.add(held(one, f"d{number}", day), again=True, dataset="three")
    made = panel(shared, unit, dataset="three", actors=("FRA", "RUS", "TCD", "UKR"), scale="plover")
    found = list(made.rows)
    assert len(found) == (4 if unit == "country-month" else 12) * (24 if unit == "dyad-day" else 2)
    assert len(
        {tuple(row[key] for key in ("source", "target", "country", "period") if key in row) for row in found}
    ) == len(found)
    ((deeds,),) = (row.values() for row in shared.sql("SELECT count(*) FROM deeds WHERE dataset = 'three'"))
    if unit != "country-month":
        counted = sum((row["deeds"] or 0) + (row["alleged"] or 0) for row in found)
        assert counted + sum(made.left_out.values()) == deeds
    for row in found:
        assert (row["read"] == 1) == (row["documents"] > 0)
        for side in ("by_", "to_", "within_") if unit == "country-month" else ("",):
            assert (row[f"{side}deeds"] is None) == (row["read"] == 0)
            if row["read"]:
                quads = [row[f"{side}{quad}"] for quad in get_args(Quad)]
                types = [row[f"{side}{type_.lower()}"] for type_ in get_args(EventType)]
                assert row[f"{side}deeds"] == sum(quads) == sum(types)


def test_an_imprecise_date_is_in_no_cell_that_it_may_miss(ledger: Ledger) -> None:
    ledger.add(
        reading(
            "2024-01-10",
            event(("RUS",), "THREATEN", ("UKR",), date="2024-01"),
            event(("RUS",), "THREATEN", ("UKR",), date="2023"),
        )
    )
    assert cell(ledger, source="RUS", target="UKR")["deeds"] == 1
    assert panel(ledger, "dyad-month").left_out == {"deeds that are not dated to the month": 1}
    by_day = panel(ledger, "dyad-day")
    assert {row["deeds"] for row in by_day.rows} == {0}
    assert by_day.left_out == {"deeds that are not dated to the day": 2}


def test_documents_without_a_day_are_no_exposure_and_are_told(ledger: Ledger) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    ledger.add(reading(None))
    ledger.add(reading("2024"))
    made = panel(ledger, "dyad-month")
    assert {row["documents"] for row in made.rows} == {1}
    assert made.left_out == {"documents whose publication is not known to the month": 2}


def test_one_happening_counts_once_and_its_other_reports_are_told(ledger: Ledger) -> None:
    for outlet in ("The Gazette", "The Herald"):
        deed = event(("RUS",), "SANCTION", ("UKR",), date="2024-01-09")
        ledger.add(reading("2024-01-10", deed, outlet=outlet))
    made = panel(ledger, "dyad-month")
    assert [row["deeds"] for row in made.rows if row["source"] == "RUS"] == [1]
    assert made.left_out == {"deeds that another report of the same happening counts": 1}


def test_days_are_periods_too(ledger: Ledger) -> None:
    ledger.add(reading("2024-02-28", event(("RUS",), "THREATEN", ("UKR",))))
    ledger.add(reading("2024-03-01", event(("RUS",), "ASSAULT", ("UKR",), date="2024-02-28")))
    found = [row for row in rows(ledger, "dyad-day") if row["source"] == "RUS"]
    assert [(row["period"].isoformat(), row["deeds"]) for row in found] == [
        ("2024-02-28", 2),
        ("2024-02-29", None),
        ("2024-03-01", 0),
    ]


def test_time_and_states_may_be_named(ledger: Ledger) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",)), event(("FRA",), "AID", ("UKR",))))
    ledger.add(reading("2024-03-10", event(("RUS",), "THREATEN", ("UKR",))))
    made = panel(ledger, "dyad-month", since="2024-02-15", until="2024", actors=["USA", "RUS", "UKR", "RUS"])
    assert made.states == ["RUS", "UKR", "USA"]
    assert (made.first, made.last) == (date(2024, 2, 1), date(2024, 12, 1))
    # Nobody read of the United States, which is zero where anything was read.
    assert [row["deeds"] for row in made.rows if row["source"] == "USA" and row["target"] == "RUS"] == [
        None, 0, *[None] * 9
    ]  # fmt: skip
    assert made.left_out == {"deeds outside the time": 2}
    within = panel(ledger, "dyad-month", actors=["RUS", "UKR"])
    assert within.left_out == {"deeds that are not between two of the states": 1}


def test_parties_that_are_no_states_are_no_units(ledger: Ledger) -> None:
    ledger.add(
        reading(
            "2024-01-10",
            event(("RUS",), "THREATEN", ("org:nato",)),
            event(("ministry",), "ACCUSE", ("UKR",)),
            event(("IGO",), "ACCUSE", ("UKR",)),
            others=(people("org:nato", "IGO"), people("ministry", "RUS", "RUS"), people("IGO", "IGO")),
        )
    )
    made = panel(ledger, "dyad-month")
    assert made.states == ["RUS", "UKR"]
    # Who acts for a state is that state.
    assert cell(ledger, source="RUS", target="UKR")["accuse"] == 1
    assert made.left_out == {"deeds that are not between two of the states": 2}


def test_a_country_did_suffered_and_saw_within(ledger: Ledger) -> None:
    others = (people("miners", "UKR"), people("police", "UKR", "UKR"))
    ledger.add(
        reading(
            "2024-01-10",
            event(("RUS", "BLR"), "THREATEN", ("UKR", "POL")),
            event(("miners",), "PROTEST", ("police",)),
            event(("miners", "police"), "PROTEST"),
            event(("UKR", "POL"), "CONSULT"),
            event(("police",), "COERCE", ("miners",), status="alleged"),
            others=others,
        )
    )
    ukraine = cell(ledger, "country-month", country="UKR")
    # Two threatened it in one deed; it met Poland, and Poland met it.
    assert (ukraine["to_deeds"], ukraine["to_threaten"], ukraine["to_consult"]) == (2, 1, 1)
    # Who protests against nobody in particular does something by the country, not within it.
    assert (ukraine["by_deeds"], ukraine["by_protest"], ukraine["by_consult"]) == (2, 1, 1)
    assert (ukraine["within_deeds"], ukraine["within_protest"], ukraine["within_alleged"]) == (1, 1, 1)
    assert (ukraine["within_intensity"], ukraine["to_intensity"]) == (-5, -0.5)
    russia = cell(ledger, "country-month", country="RUS")
    assert (russia["by_deeds"], russia["to_deeds"], russia["within_deeds"]) == (1, 0, 0)


def test_data_sets_are_never_one(ledger: Ledger) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    for published in ("2023-05-01", "2023-06-01"):
        ledger.add(reading(published, event(("USA",), "AID", ("UKR",))), dataset="counts")
    read, imported = panel(ledger, "dyad-month"), panel(ledger, "dyad-month", dataset="counts")
    assert read.states == ["RUS", "UKR"]
    assert imported.states == ["UKR", "USA"]
    assert [(row["dataset"], row["deeds"]) for row in read.rows if row["source"] == "RUS"] == [("texts", 1)]
    assert [(row["dataset"], row["deeds"]) for row in imported.rows if row["source"] == "USA"] == [("counts", 1)] * 2
    with pytest.raises(
        InputError, match=r"no data set 'other' in it; name one of its data sets with --dataset: counts"
    ):
        panel(ledger, "dyad-month", dataset="other")


@pytest.mark.parametrize(("scale", "mean"), [("plover", -3.5), ("cameo-goldstein", 10.0)])
def test_no_mean_is_taken_over_two_scales(ledger: Ledger, scale: IntensityScale, mean: float) -> None:
    deeds = event(("RUS",), "THREATEN", ("UKR",)), event(("RUS",), "AID", ("UKR",), scale="cameo-goldstein")
    ledger.add(reading("2024-01-10", *deeds))
    with pytest.raises(InputError, match=r"several scales \(cameo-goldstein, plover\).*--scale"):
        panel(ledger, "dyad-month")
    (row, _) = rows(ledger, scale=scale)
    assert (row["deeds"], row["intensity"], row["intensity_scale"]) == (2, mean, scale)


def test_what_cannot_be_made_is_told_with_the_way_out(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="no texts in it that were read; read texts into it"):
        panel(ledger, "dyad-month")
    ledger.add(reading(None))
    with pytest.raises(InputError, match="none is a party to any deed"):
        panel(ledger, "dyad-month")
    ledger.add(reading(None, event(("RUS",), "THREATEN", ("UKR",))))
    with pytest.raises(InputError, match="no document tells to the month"):
        panel(ledger, "dyad-month")
    ledger.add(reading("2024-01-10"))
    with pytest.raises(InputError, match="RSU: is no state's code"):
        panel(ledger, "dyad-month", actors=["RSU"])
    with pytest.raises(InputError, match="is no time; documents were read from 2024-01-01 to 2024-01-01"):
        panel(ledger, "dyad-month", since="2025")


def test_a_table_without_end_is_refused_with_its_size(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "MOST_ROWS", 6)
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    assert len(rows(ledger, until="2024-03")) == 6
    with pytest.raises(InputError, match=r"2 states from 2024-01-01 to 2024-04-01 make 8 rows, .* --actors"):
        panel(ledger, "dyad-month", until="2024-04")
    with pytest.raises(InputError, match="make 8 rows"):
        panel(ledger, "dyad-day", until="2024-01-13")
    assert len(rows(ledger, "country-month", until="2024-03")) == 6


def test_the_same_ledger_gives_the_same_file_and_manifest_but_for_the_time(ledger: Ledger, tmp_path: Path) -> None:
    for number in range(40):
        deeds = (event(("RUS",), "THREATEN", ("UKR",)), event(("FRA", "RUS"), "CONSULT"))
        ledger.add(reading(f"2024-01-{1 + number % 28:02}", *deeds, outlet=f"Outlet {number}"))
    for ending in ("csv", "parquet"):
        made = []
        for folder in ("one", "other"):
            (tmp_path / folder).mkdir(exist_ok=True)
            file = tmp_path / folder / f"panel.{ending}"
            write(ledger, file, "dyad-day", until="2024-02")
            beside = msgspec.json.decode(manifest.manifest_of(file).read_bytes())
            assert beside.pop("made")
            made.append((file.read_bytes(), beside))
        assert made[0] == made[1]


def test_the_manifest_says_what_the_file_is_and_rests_on(ledger: Ledger, tmp_path: Path) -> None:
    one = reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",)))
    other = msgspec.structs.replace(
        reading("2024-02-10", event(("RUS",), "ASSAULT", ("UKR",), date="2024")),
        reader=msgspec.structs.replace(one.reader, version="0.2.0"),
    )
    for some in (one, other):
        ledger.add(some)
    ledger.add(reading("2024-01-10"), dataset="counts")
    file = tmp_path / "panel.csv"
    written = write(ledger, file, "dyad-month", until="2024-02")
    beside = msgspec.json.decode((tmp_path / "panel.csv.manifest.json").read_bytes(), type=manifest.Manifest)
    assert msgspec.json.encode(beside) == msgspec.json.encode(written)
    assert beside.file == "panel.csv"
    assert beside.ledger == "ledger.duckdb"
    assert beside.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (beside.rows, beside.columns[:3]) == (4, ("dataset", "source", "target"))
    assert beside.parameters == {
        "command": "panel",
        "unit": "dyad-month",
        "since": None,
        "until": "2024-02",
        "actors": [],
        "scale": "plover",
        "states": ["RUS", "UKR"],
        "first": "2024-01-01",
        "last": "2024-02-01",
    }
    assert beside.left_out == {"deeds that are not dated to the month": 1}
    assert beside.inputs.documents == 2
    assert [(read.version, read.documents) for read in beside.inputs.readers] == [("0.1.0", 1), ("0.2.0", 1)]
    texts = sorted((some.document.id, some.document.text) for some in (one, other))
    lines = "".join(f"{id}\t{hashlib.sha256(text.encode()).hexdigest()}\n" for id, text in texts)
    assert beside.inputs.sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_both_kinds_of_file_hold_the_same(ledger: Ledger, tmp_path: Path) -> None:
    import pyarrow.parquet

    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    ledger.add(reading("2024-03-10"))
    expected = rows(ledger)
    write(ledger, tmp_path / "panel.parquet", "dyad-month")
    assert pyarrow.parquet.read_table(tmp_path / "panel.parquet").to_pylist() == expected
    write(ledger, tmp_path / "panel.csv", "dyad-month")
    with (tmp_path / "panel.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.DictReader(stream)) == [
            {name: "" if value is None else str(value) for name, value in row.items()} for row in expected
        ]


class Meanwhile(Rows):
    """Rows during which somebody writes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self.columns = ledger, ("n",)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        yield {"n": 1}
        self._ledger.add(reading("2024-01-11"))


def test_a_file_of_which_the_ledger_changed_is_not_left(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(reading("2024-01-10"))
    file = tmp_path / "rows.csv"
    file.write_text("kept")
    with pytest.raises(LedgerError, match=r"was written to while .* run the same command again"):
        manifest.export(
            ledger,
            file,
            lambda new: tables.write([Meanwhile(ledger)], "csv", new),
            columns=("n",),
            dataset=None,
            parameters={},
            left_out={},
        )
    assert file.read_text() == "kept"
    assert {path.name for path in tmp_path.iterdir()} <= {
        "rows.csv",
        *(f"ledger.duckdb{end}" for end in ("", ".lock", ".wal", ".waiting")),
    }


def test_no_file_is_made_where_it_cannot_be(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
    with pytest.raises(InputError, match=r"panel.xlsx: its ending is none of .csv, .parquet"):
        write(ledger, tmp_path / "panel.xlsx", "dyad-month")
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        write(ledger, tmp_path / "none" / "panel.csv", "dyad-month")


def test_the_ledger_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    with Ledger(path) as ledger:
        ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
        with pytest.raises(InputError, match="is the ledger and would be lost"):
            write(ledger, path, "dyad-month")
        assert len(list(ledger.readings())) == 1
