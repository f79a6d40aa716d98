"""The table of CAMEO codes: all there, in PLOVER's words, each departure from the draft with its reason."""

from __future__ import annotations

import re

import pytest

from detente import plover
from detente.ledger.formats import known

ROWS = {row["code"]: row for row in known.rows("cameo.csv")}


def test_every_root_and_its_own_codes_are_there() -> None:
    assert {code[:2] for code in ROWS} == {f"{root:02}" for root in range(1, 21)}
    assert all(re.fullmatch(r"\d{3,4}", code) for code in ROWS)
    # A code of four digits is one of three, told more closely.
    assert {code[:3] for code in ROWS} <= {*ROWS, "084"}
    assert {"010", "019", "020", "0256", "155", "176", "1834", "1951", "1952"} <= ROWS.keys()


@pytest.mark.parametrize("code", ROWS)
def test_types_and_modes_are_plovers(code: str) -> None:
    row = ROWS[code]
    if row["type"]:
        assert row["type"] in plover.TYPES
    assert not row["mode"] or row["mode"] in plover.TYPES[row["type"]].modes  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("010", "", ""),
        ("020", "REQUEST", ""),
        ("0231", "REQUEST", "assist"),
        ("085", "CONCEDE", ""),
        ("116", "SANCTION", "convict"),
        ("155", "MOBILIZE", ""),
        ("163", "SANCTION", ""),
        ("1712", "ASSAULT", "destroy"),
        ("176", "COERCE", "cyber"),
        ("186", "ASSAULT", "targeted"),
        ("195", "ASSAULT", "aerial"),
        ("1951", "ASSAULT", "aerial"),
        ("1952", "ASSAULT", "drone"),
    ],
)
def test_departures_have_a_reason(code: str, type_: str, mode: str) -> None:
    row = ROWS[code]
    assert (row["type"], row["mode"]) == (type_, mode)
    assert row["reason"]
