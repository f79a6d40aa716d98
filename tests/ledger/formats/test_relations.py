"""Imported data sets are asked as what was read is: relations, networks, panels, exposure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente import Ledger
from detente.errors import InputError
from detente.relations import panel
from detente.relations.dyads import Chosen, history
from detente.relations.exposure import DataSets, exposed
from detente.relations.parties import group
from detente.relations.relation import deeds, relation
from detente.relations.snapshots import snapshot
from tests.ledger.formats.made import ACLED, GDELT, ICEWS, comma, taken, tsv


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """ICEWS with a deed of each kind of code, GDELT, and ACLED."""
    path = tmp_path / "l.duckdb"
    rows = [
        {**ICEWS, "Event ID": str(number), "CAMEO Code": code, "Intensity": intensity}
        for number, (code, intensity) in enumerate([("111", "-2"), ("190", "-10"), ("010", "0"), ("x", "")])
    ]
    taken(path, "icews", tsv(tmp_path / "e.tab", rows), dataset="icews")
    taken(path, "gdelt", tsv(tmp_path / "g.csv", [GDELT], header=False), dataset="gdelt")
    taken(path, "acled", comma(tmp_path / "a.csv", [ACLED]), dataset="acled")
    return path


def chosen(opened: Ledger, one: str, other: str, *datasets: str) -> Chosen:
    return Chosen.of(group(opened, one), group(opened, other), datasets=datasets)


def test_a_relation_counts_deeds_without_a_type(ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened:
        past = history(opened, chosen(opened, "RUS", "UKR", "icews"))
        (period,) = past.periods
        assert (period.deeds, period.forth, period.documents, period.outlets) == (4, 4, 4, 1)
        assert {quad: number for quad, number in period.quads.items() if number} == {
            "verbal_cooperation": 1,
            "verbal_conflict": 1,
            "material_conflict": 1,
        }
        # One has no intensity.
        assert past.intensities == ({-10.0: 1, -2.0: 1, 0.0: 1},)
        assert past.scale == "cameo-goldstein"
        found = relation(opened, chosen(opened, "RUS", "UKR", "icews"))
        told = {deed.id: (deed.type, deed.evidence, deed.outlet) for deed in deeds(opened, found.history)}
    assert told["icews/2014-03-04:1"] == ("ASSAULT", "190", "A Gazette")
    assert told["icews/2014-03-04:3"] == (None, "x", "A Gazette")


def test_relations_of_what_was_read_have_nothing_of_it(ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened, pytest.raises(InputError, match="texts: is no data set of this"):
        history(opened, chosen(opened, "RUS", "UKR"))


def test_exposure_is_articles_where_they_are_counted_and_else_events(ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened:
        read = {name: exposed(opened, DataSets.of([name]), "month") for name in ("icews", "gdelt", "acled")}
    assert {name: [*found] for name, found in read.items()} == {
        "icews": [date(2014, 3, 1)],
        "gdelt": [date(2023, 4, 1)],
        "acled": [date(2023, 1, 1)],
    }
    assert [one.documents for found in read.values() for one in found.values()] == [4, 7, 1]


def test_a_battle_is_done_together(ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened:
        (period,) = history(opened, chosen(opened, "MLI", "JNIM", "acled")).periods
    assert (period.deeds, period.together) == (1, 1)


def test_whom_a_data_set_alone_knows_is_found_by_name(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    taken(path, "icews", tsv(tmp_path / "e.tab", [{**ICEWS, "Source Name": "Nobody Known", "Source Sectors": ""}]))
    with Ledger(path, read_only=True) as opened:
        assert group(opened, "Nobody Known").parties == ("named:Nobody Known",)
        (period,) = history(opened, chosen(opened, "Nobody Known", "UKR", "set")).periods
    assert period.forth == 1


def test_a_network_leaves_out_what_is_neither_friendly_nor_hostile(ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened:
        found = snapshot(opened, datasets=["icews"])
    assert found.network.cooperation.tolist() == [1]
    assert found.network.conflict.tolist() == [2]


def test_a_panel_of_an_imported_data_set(tmp_path: Path, ledger: Path) -> None:
    with Ledger(ledger, read_only=True) as opened:
        made = panel.panel(opened, "dyad-month", dataset="icews")
        rows = {(row["source"], row["target"]): row for row in made.rows}
        manifest = panel.write(opened, tmp_path / "p.csv", "dyad-month", dataset="icews")
    assert rows["RUS", "UKR"]["deeds"] == 4
    assert rows["RUS", "UKR"]["assault"] == 1
    assert rows["RUS", "UKR"]["documents"] == 4
    assert manifest.inputs.dataset == "icews"
