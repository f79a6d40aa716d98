"""Pictures of relations, really drawn: what stands in them, what hostile names may not do, and that nothing differs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from detente.errors import InputError
from detente.relations.plots import QUADS, Break, Deed, Exposure, Node, Period, Tie, network, save, timeline

HOSTILE = ["<script>alert(1)</script>", "datum['x']", "'\"&", "\x00\u202eX\n", "long " * 400]


def _periods(*documents: int) -> list[Period]:
    first = date(2024, 1, 1)
    return [
        Period(first + timedelta(7 * week), first + timedelta(7 * week + 6), read, *((1, 0, 2) if read else [None] * 3))
        for week, read in enumerate(documents)
    ]


def _deeds(source: str = "AAA", target: str = "BBB", label: str = "a deed") -> list[Deed]:
    return [Deed(date(2024, 1, 3), source, target, -2, quad, label) for quad in QUADS]


def _svg(chart: object, path: Path) -> str:
    save(chart, path)  # type: ignore[arg-type]
    text = path.read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    return text


def test_the_same_is_drawn_by_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    nodes = [Node(name, name, "p" if name < "c" else None, name == "c") for name in "abc"]
    ties = [Tie("a", "b", 2), Tie("b", "c", -1)]
    drawn = [network("N", n, t, Exposure(3, 1)) for n, t in ((nodes, ties), (nodes[::-1], ties[::-1]))]
    one, other = (_svg(chart, tmp_path / "n.svg") for chart in drawn)
    assert one == other
    assert "Read: 3 documents of 1 outlet." in one
    lines = [timeline("T", _periods(1, 0, 2), deeds, []) for deeds in (_deeds(), _deeds()[::-1])]
    first, second = (_svg(chart, tmp_path / "t.svg") for chart in lines)
    assert first == second


def test_weeks_that_were_not_read_are_a_gap_and_no_zero() -> None:
    layers = timeline("T", _periods(1, 0, 2), [], []).to_dict()
    rows = list(layers["datasets"].values())
    assert [{"from": "2024-01-08", "to": "2024-01-15"}] in rows
    assert [len({row["run"] for row in found}) for found in rows if found and "run" in found[0]] == [2]
    assert [[row["documents"] for row in found] for found in rows if found and "documents" in found[0]] == [[1, 2]]


def test_a_break_that_reading_explains_is_dashed_and_says_so(tmp_path: Path) -> None:
    breaks = [Break(date(2024, 1, 9), explained, "broke") for explained in (False, True)]
    drawn = _svg(timeline("T", _periods(1, 1), [], breaks), tmp_path / "t.svg")
    assert drawn.count("broke (reading changed)") >= 1
    assert 'stroke-dasharray="4,3"' in drawn


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str, tmp_path: Path) -> None:
    drawn = _svg(
        timeline(name, _periods(1), _deeds(name, "B", name), [Break(date(2024, 1, 2), True, name)]), tmp_path / "t.svg"
    )
    drawn += _svg(network(name, [Node(name, name, name, True)], [], Exposure(1, 1)), tmp_path / "n.svg")
    assert "<script" not in drawn
    assert "long " * 60 not in drawn


def test_png_is_written_and_other_endings_are_refused(tmp_path: Path) -> None:
    chart = timeline("T", _periods(1), _deeds(), [])
    save(chart, tmp_path / "t.PNG")
    assert (tmp_path / "t.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        save(chart, tmp_path / "t.gif")
    with pytest.raises(InputError, match="cannot be written"):
        save(chart, tmp_path / "none" / "t.svg")


def test_what_cannot_be_drawn_is_told() -> None:
    with pytest.raises(InputError, match="no period"):
        timeline("T", [], [], [])
    with pytest.raises(InputError, match="several pairs"):
        timeline("T", _periods(1), _deeds() + _deeds("CCC"), [])
    with pytest.raises(InputError, match="no actor"):
        network("N", [], [], Exposure(0, 0))
    with pytest.raises(InputError, match="no node"):
        network("N", [Node("a", "A", None, False)], [Tie("a", "b", 1)], Exposure(1, 1))
