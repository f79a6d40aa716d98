"""Pictures of relations, really drawn: what stands in them, what hostile names may not do, and that nothing differs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.errors import ExtraError, InputError
from detente.relations import curve, sociogram
from detente.relations.curve import QUADS, Break, Deed, Period
from detente.relations.plots import POLES, save
from detente.relations.sociogram import TIES, UNALIGNED, Exposure, Node, Tie

HOSTILE = [
    "<script>alert(1)</script>",
    "<image href='http://localhost/x.png'/>",
    "datum['x']",
    "'\"&",
    "\x00\u202eX\n",
    "long " * 400,
]

# Run in a process of its own: draws one picture of each kind into a folder.
DRAWING = """
import sys
from datetime import date
from pathlib import Path
from detente.relations import curve, sociogram
from detente.relations.curve import Break, Deed, Period
from detente.relations.plots import save
from detente.relations.sociogram import Exposure, Node, Tie
folder = Path(sys.argv[1])
days = date(2024, 3, 25), date(2024, 4, 3)
save(curve.picture("T", [Period(*days, 3, 1.5, 0, 2)], [Deed(days[0], "A", "B", -2, "verbal_conflict", "x")],
    [Break(date(2024, 3, 31), True, "changed")]), folder / "timeline.svg")
nodes = [Node(letter, letter * 5, letter if letter < "f" else None, letter == "c") for letter in "abcdefgh"]
save(sociogram.picture("N", nodes, [Tie("a", "b", 2), Tie("b", "c", -1)], Exposure(2, 1)), folder / "network.svg")
"""


def _periods(*documents: int) -> list[Period]:
    first = date(2024, 1, 1)
    return [
        Period(first + timedelta(7 * week), first + timedelta(7 * week + 6), read, *((1, 0, 2) if read else [None] * 3))
        for week, read in enumerate(documents)
    ]


def _deeds(source: str = "AAA", target: str = "BBB", label: str = "a deed") -> list[Deed]:
    return [Deed(date(2024, 1, 3), source, target, -2, quad, label) for quad in QUADS]


def _svg(chart: altair.VConcatChart, path: Path) -> str:
    save(chart, path)
    text = path.read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    return text


def _rows(chart: altair.VConcatChart, dataset: str) -> list[dict[str, Any]]:
    """The rows behind some of the marks. Altair finds the chart valid, or the test fails here."""
    found: list[dict[str, Any]] = chart.to_dict()["datasets"][dataset]
    return found


def _network(
    size: int, names: list[str], poles: list[str | None], weights: list[float]
) -> tuple[list[Node], list[Tie]]:
    nodes = [
        Node(f"n{number}", names[number % len(names)], poles[number % len(poles)], number % 5 == 0)
        for number in range(size)
    ]
    pairs = combinations(nodes, 2)
    return nodes, [Tie(one.id, other.id, weight) for (one, other), weight in zip(pairs, weights, strict=False)]


NETWORKS = st.builds(
    _network,
    st.integers(1, 25),
    st.lists(st.text("aM字 ", min_size=15, max_size=60) | st.text(), min_size=1, max_size=8),
    st.lists(st.sampled_from(["p", "q", "r", None]), min_size=1, max_size=5),
    st.lists(st.floats(-100, 100), max_size=60),
)


def _shuffled(nodes: list[Node], ties: list[Tie]) -> tuple[list[Node], list[Tie]]:
    chance = random.Random(1)  # noqa: S311
    turned = [Tie(tie.other, tie.one, tie.weight) for tie in ties]
    return chance.sample(nodes, len(nodes)), chance.sample(turned, len(turned))


@settings(max_examples=20)
@given(NETWORKS)
@example(_network(40, ["The Ministry of Trade and Industry"], ["p"], []))
def test_no_two_names_overlap_and_order_changes_nothing(drawn: tuple[list[Node], list[Tie]]) -> None:
    nodes, ties = drawn
    chart = sociogram.picture("N", nodes, ties, Exposure(1, 1))
    boxes = []
    for mark in _rows(chart, "nodes"):
        lines = mark["lines"].split("\n")
        # A small letter of a sans serif of eleven pixels has six, an M nine; a ring reaches up twelve.
        half = max(sum({"字": 11, "M": 9}.get(letter, 6) for letter in line) for line in lines) / 2
        high = 13 * len(lines)
        boxes.append((mark["x"] - half, mark["x"] + half, mark["y"] - 12, mark["y"] + 15 + high))
    assert len(boxes) == len(nodes)
    for (left, right, top, bottom), (left2, right2, top2, bottom2) in combinations(boxes, 2):
        assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
    width, height = (chart.to_dict()["vconcat"][0][side] for side in ("width", "height"))
    assert all(left >= 0 and right <= width and top >= 0 and bottom <= height for left, right, top, bottom in boxes)
    assert sociogram.picture("N", *_shuffled(nodes, ties), Exposure(1, 1)).to_dict() == chart.to_dict()


def test_the_same_is_drawn_by_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    nodes = [Node(name, name, "p" if name < "c" else None, name == "c") for name in "abc"]
    ties = [Tie("a", "b", 2), Tie("b", "c", -1)]
    drawn = [sociogram.picture("N", n, t, Exposure(3, 1)) for n, t in ((nodes, ties), _shuffled(nodes, ties))]
    one, other = (_svg(chart, tmp_path / "n.svg") for chart in drawn)
    assert one == other
    assert "Read: 3 documents of 1 outlet." in one
    deeds = _deeds() + _deeds("BBB", "AAA")
    breaks = [Break(date(2024, 1, 9), False, label) for label in ("one", "other")]
    lines = [curve.picture("T", _periods(1, 0, 2)[::way], deeds[::way], breaks[::way]) for way in (1, -1)]
    first, second = (_svg(chart, tmp_path / "t.svg") for chart in lines)
    assert first == second


def test_another_process_and_another_time_zone_draw_the_same_bytes(tmp_path: Path) -> None:
    drawn = []
    for zone, seed in (("Pacific/Kiritimati", "1"), ("America/Los_Angeles", "2")):
        subprocess.run(
            [sys.executable, "-c", DRAWING, str(tmp_path)],
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
            check=True,
        )
        drawn.append([(tmp_path / name).read_bytes() for name in ("timeline.svg", "network.svg")])
    assert drawn[0] == drawn[1]


def test_no_theme_alters_a_picture(tmp_path: Path) -> None:
    chart = sociogram.picture("N", [Node("a", "A", "p", False)], [], Exposure(1, 1))
    plain = _svg(chart, tmp_path / "n.svg")
    with altair.theme.enable("dark"):
        assert _svg(chart, tmp_path / "n.svg") == plain
        again = sociogram.picture("N", [Node("a", "A", "p", False)], [], Exposure(1, 1))
        assert _svg(again, tmp_path / "n.svg") == plain
        assert altair.theme.active == "dark"


def test_weeks_that_were_not_read_are_a_gap_and_no_zero() -> None:
    chart = curve.picture("T", _periods(1, 0, 2), [], [])
    assert [(row["from"], row["to"]) for row in _rows(chart, "unread")] == [("2024-01-08", "2024-01-15")]
    assert len({row["run"] for row in _rows(chart, "means")}) == 2
    assert [row["documents"] for row in _rows(chart, "read")] == [1, 2]


def test_deeds_that_would_lie_on_each_other_are_one_mark_for_their_number() -> None:
    deeds = _deeds()[:1] * 3 + _deeds()[1:2] + _deeds("BBB", "AAA")[:1]
    chart = curve.picture("T", _periods(1), deeds, [])
    filled, hollow = _rows(chart, "filled"), _rows(chart, "hollow")
    assert [(row["deed"], row["deeds"]) for row in filled] == [("verbal cooperation", 3), ("material cooperation", 1)]
    assert [(row["deed"], row["deeds"]) for row in hollow] == [("verbal cooperation", 1)]
    assert "2 more" in filled[0]["label"]


@settings(max_examples=20)
@given(
    st.lists(
        st.builds(
            Deed,
            st.dates(date(2000, 1, 1), date(2020, 1, 1)),
            st.just("AAA"),
            st.just("BBB"),
            st.integers(-10, 10).map(float),
            st.sampled_from([*QUADS]),
            st.sampled_from("xyz"),
        ),
        max_size=60,
    )
)
def test_no_deed_is_lost_and_no_mark_leaves_the_days_of_its_deeds(deeds: list[Deed]) -> None:
    marks = _rows(curve.picture("T", _periods(1), deeds, []), "filled")
    assert sum(mark["deeds"] for mark in marks) == len(deeds)
    for mark in marks:
        same = [d.day for d in deeds if (d.quad.replace("_", " "), d.intensity) == (mark["deed"], mark["intensity"])]
        assert str(min(same)) <= mark["from"][:10] <= str(max(same) + timedelta(1))


def test_each_direction_has_a_name_of_its_own_in_the_key(tmp_path: Path) -> None:
    one, other = ("The People's Assembly of the Northern " + end for end in ("Provinces", "Protectorates"))
    drawn = _svg(curve.picture("T", _periods(1), _deeds(one, other) + _deeds(other, one), []), tmp_path / "t.svg")
    key = next(text for text in ElementTree.fromstring(drawn).itertext() if text.startswith("Filled"))
    assert key.count(" → ") == 2
    assert len({side.strip(" .") for part in key.split("Hollow")[0].split(": ")[1:] for side in part.split("→")}) == 2


def test_a_break_that_reading_explains_is_dashed_and_says_so(tmp_path: Path) -> None:
    breaks = [Break(date(2024, 1, 9), explained, "broke") for explained in (False, True)]
    drawn = _svg(curve.picture("T", _periods(1, 1), [], breaks), tmp_path / "t.svg")
    assert drawn.count("broke (reading changed)") >= 1
    assert 'stroke-dasharray="4,3"' in drawn


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str, tmp_path: Path) -> None:
    drawn = _svg(
        curve.picture(name, _periods(1), _deeds(name, "B", name), [Break(date(2024, 1, 2), True, name)]),
        tmp_path / "t.svg",
    )
    drawn += _svg(sociogram.picture(name, [Node(name, name, name, True)], [], Exposure(1, 1)), tmp_path / "n.svg")
    assert "<script" not in drawn
    assert "<image" not in drawn
    assert "long " * 60 not in drawn


@pytest.fixture
def asked() -> Iterator[str]:
    """An address that nobody may ask for. Its server is a process of its own, for the renderer holds Python's lock."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); "
            "s.accept(); print('asked', flush=True)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    server.terminate()
    said, _ = server.communicate()
    assert said == ""


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_nothing_is_fetched(asked: str, ending: str, tmp_path: Path) -> None:
    data = altair.Chart(altair.UrlData(asked + "data.json")).mark_point().encode(x="a:Q")
    with pytest.raises(InputError, match="not allowed"):
        save(altair.vconcat(data), tmp_path / f"d.{ending}")
    rows = altair.InlineData(values=[{"from": asked + "image.png"}])
    image = altair.Chart(rows).mark_image(width=9, height=9).encode(url="from:N")
    with pytest.raises(InputError, match="nothing is fetched"):
        save(altair.vconcat(image), tmp_path / f"i.{ending}")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("package", ["altair", "igraph", "vl_convert"])
def test_a_package_that_is_missing_is_named_with_the_way_out(
    package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chart = curve.picture("T", _periods(1), [], [])
    nodes = [Node("a", "A", None, False)]
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ExtraError, match=rf"{package} is not installed; .*detente\[plots\]"):
        if package == "vl_convert":
            save(chart, tmp_path / "t.svg")
        else:
            sociogram.picture("N", nodes, [], Exposure(1, 1))


def test_png_is_written_and_other_endings_are_refused(tmp_path: Path) -> None:
    chart = curve.picture("T", _periods(1), _deeds(), [])
    save(chart, tmp_path / "t.PNG")
    assert (tmp_path / "t.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        save(chart, tmp_path / "t.gif")
    with pytest.raises(InputError, match="cannot be written"):
        save(chart, tmp_path / "none" / "t.svg")


def test_what_cannot_be_drawn_is_told() -> None:
    with pytest.raises(InputError, match="no period"):
        curve.picture("T", [], [], [])
    with pytest.raises(InputError, match="several pairs"):
        curve.picture("T", _periods(1), _deeds() + _deeds("CCC"), [])
    with pytest.raises(InputError, match="no actor"):
        sociogram.picture("N", [], [], Exposure(0, 0))
    with pytest.raises(InputError, match="one id"):
        sociogram.picture("N", [Node("a", "A", None, False)] * 2, [], Exposure(1, 1))
    with pytest.raises(InputError, match="no node"):
        sociogram.picture("N", [Node("a", "A", None, False)], [Tie("a", "b", 1)], Exposure(1, 1))


# Linear light to CIE XYZ (IEC 61966-2-1), and what is left of it for an eye without the middle cones (Machado,
# Oliveira and Fernandes 2009, their matrix for deuteranomaly of severity 1.0).
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)


def _light(colour: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(light: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """CIE L*a*b* under D65."""
    x, y, z = np.cbrt(np.clip(XYZ @ light / (0.9505, 1, 1.089), (6 / 29) ** 3, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize(
    ("colours", "lightness", "apart"),
    [
        ([colour for colour, _ in QUADS.values()], 10, 15),
        ([colour for colour, _ in TIES.values()], 15, 50),
        ([colour for colour, _ in (*POLES, UNALIGNED)], 5, 15),
    ],
    ids=["deeds", "ties", "poles"],
)
def test_colours_are_told_apart_in_grey_and_without_red_and_green(
    colours: list[str], lightness: float, apart: float
) -> None:
    for one, other in combinations(colours, 2):
        assert abs(_lab(_light(one))[0] - _lab(_light(other))[0]) >= lightness, (one, other)
        seen = [_lab(np.clip(DEUTERANOPIA @ _light(colour), 0, 1)) for colour in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) >= apart, (one, other)


@pytest.mark.parametrize("colour", [colour for colour, _ in (*QUADS.values(), *TIES.values())])
def test_marks_without_a_border_stand_out_from_the_page(colour: str) -> None:
    # Three to one is what WCAG 2.2 asks of graphics (success criterion 1.4.11).
    assert 1.05 / ((XYZ @ _light(colour))[1] + 0.05) >= 3
