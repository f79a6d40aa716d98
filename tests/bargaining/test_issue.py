"""The table of an issue: what files say, and every fault of theirs with its place."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.formats import table, yaml
from detente.bargaining.issue import CELL, Actor, Dimension, Floats, Ground, Issue, Scale
from detente.errors import InputError, IssueError
from tests.bargaining import emissions

TABLE = """\
# title: A ceiling for tariffs
# quota: 0.6
# scale: 0 = none; 20 = as now
# status quo: 20
Actor;Capability;Position;Salience;Veto;Position SD
Aland;2;0;0.5;;3
Borland;1;15;1;yes;
"""

YAML = """\
title: A ceiling for tariffs
quota: 0.6
dimensions:
  position:
    scale: {0: none, 20: as now}
    status quo: 20
actors:
  Aland:
    capability: 2
    position: {position: 0, salience: 0.5, position_sd: 3}
  Borland:
    capability: 1
    position: {position: 15, salience: 1, veto: yes}
"""

DECIDE = """\
#O\tA ceiling
#A\tAland\tThe Aland Islands
#A\tBorland
#P\ttariff\tThe tariff
#M\ttariff\t0\tnone
#M\ttariff\t20
#P\tquota
#D\tAland\ttariff\t0\t0.5\t2
#D\tBorland\ttariff\t15\t1\t1
#D\tBorland\tquota\t40\t1\t1
"""

KTAB = """\
Ceiling,A ceiling,2,2,
Actor,Description,Power,Tariff Position,Tariff Salience,Quota Position,Quota Salience,
A,Aland,2,0,50,30,50,
B,Borland,1,75,60,40,40,
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "issue.csv"


def issue(path: Path, text: str) -> Issue:
    path.write_text(text, encoding="utf-8")
    return Issue.from_file(path)


def faults(path: Path, text: str) -> list[str]:
    """The faults of a text, without the name before them."""
    with pytest.raises(IssueError) as error:
        issue(path, text)
    return [fault.removeprefix(f"{path}: ") for fault in error.value.faults]


def test_a_table_says_who_wants_what(written: Path) -> None:
    read = issue(written, TABLE)
    assert [actor.name for actor in read.actors] == ["Aland", "Borland"]
    (line,) = read.dimensions
    assert (line.scale.low, line.scale.high, line.status_quo) == (0, 20, 20)
    assert line.scale.labels == ((0.0, "none"), (20.0, "as now"))
    assert read.quota == 0.6
    assert read.stakes.tolist() == [[1.0], [1.0]]
    assert read.veto.tolist() == [[False], [True]]
    assert read.position_sd.tolist() == [[3.0], [0.0]]


def test_yaml_says_the_same(tmp_path: Path, written: Path) -> None:
    ours, theirs = issue(written, TABLE), issue(tmp_path / "issue.yaml", YAML)
    assert ours.dimensions[0].scale == theirs.dimensions[0].scale
    for name in ("position", "salience", "capability", "veto", "position_sd", "resolve"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))


def test_a_scale_that_nobody_states_goes_as_far_as_the_positions(written: Path) -> None:
    read = issue(written, "actor,position,salience,capability\nA,4,1,1\nB,10,1,1\n")
    assert (read.dimensions[0].scale.low, read.dimensions[0].scale.high) == (4, 10)
    assert not read.dimensions[0].scale.declared


def test_an_input_of_decide(written: Path) -> None:
    read = issue(written, DECIDE)
    assert [actor.title for actor in read.actors] == ["The Aland Islands", "Borland"]
    assert [line.scale.high for line in read.dimensions] == [20, 100]
    assert read.present.tolist() == [[True, False], [True, True]]
    assert read.stakes[0, 1] == 0


def test_an_input_of_ktab(written: Path) -> None:
    read = issue(written, KTAB)
    assert [line.title for line in read.dimensions] == ["Tariff", "Quota"]
    assert read.salience.tolist() == [[0.5, 0.5], [0.6, 0.4]]
    assert read.capability.tolist() == [[2, 2], [1, 1]]


def test_all_faults_of_a_table_are_told_with_their_places(written: Path) -> None:
    text = TABLE.replace("0;0.5;;3", "-1;1.5;perhaps;x") + "Aland;1;2;0.1;;\nCland;1;3;;;\n;1;2;1;;\n"
    assert faults(written, text) == [
        "line 6, column 3: Aland's position -1 lies outside the scale of position, 0 to 20",
        "line 6, column 4: salience 1.5 is not 0 to 1",
        "line 6, column 5: veto 'perhaps' is neither yes nor no",
        "line 6, column 6: position_sd 'x' is no number; write it like 0.5",
        "line 8, column 1: Aland on position stands twice, first in line 6",
        "line 9, column 1: a position without salience; give it, or leave the position empty",
        "line 10, column 1: no actor is named",
    ]


def test_capability_that_is_empty_throughout_is_one_for_all_and_marked(written: Path) -> None:
    read = issue(written, "actor,position,salience,capability\nA,4,1,\nB,10,0.5,\nC,,,\n")
    assert read.capability.tolist() == [[1], [1], [0]]
    assert not read.capability_stated
    assert issue(written, TABLE).capability_stated
    assert faults(written, "actor,position,salience,capability\nA,4,1,\nB,10,1,1\nC,5,1,\n") == [
        f"line {line}, column 1: {who} has no capability, where others have one; give it, or leave it empty for all"
        for line, who in ((2, "A"), (4, "C"))
    ]


GROUND = Ground("d1/s4", "The minister", "2024-05", "The Courier", None, "“Never”, he said: null.", 0.0)


def test_a_cell_has_proxies_and_what_it_rests_on(tmp_path: Path, written: Path) -> None:
    text = YAML.replace("position_sd: 3}", "position_sd: 3, proxies: salience position_sd, grounds: [{GROUND}]}")
    said = "statement: d1/s4, speaker: The minister, date: 2024-05, source: The Courier, position: 0, "
    read = issue(tmp_path / "i.yaml", text.replace("GROUND", said + "sentence: '“Never”, he said: null.'"))
    assert read.proxies == {(0, 0): {"salience", "position_sd"}}
    assert read.grounds == {(0, 0): (GROUND,)}
    table = "actor,position,salience,capability,proxies\nA,4,1,2,salience\nB,10,1,1,\n"
    assert issue(written, table).proxies == {(0, 0): {"salience"}}
    assert faults(written, table.replace("2,salience", "2,resolve worth")) == [
        "line 2, column 5: proxies are fields of a cell, not 'worth'; there are " + ", ".join(CELL),
        "line 2, column 5: resolve of A is marked as a proxy and has no value",
    ]
    without = faults(tmp_path / "i.yaml", text.replace("GROUND", "speaker: The minister"))
    assert without == ["line 10, column 101: a ground without statement and sentence; give both"]


numbers = st.floats(0, 100).map(lambda value: round(value, 6)) | st.integers(0, 100).map(float)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=40)
@given(st.data())
def test_what_is_written_is_read_again_as_it_was(data: st.DataObject) -> None:
    shape = data.draw(st.tuples(st.integers(2, 4), st.integers(1, 2)))
    ground = st.builds(Ground, words, words, st.none() | words, words, st.none() | words, words, st.none() | numbers)
    stated = data.draw(st.booleans())

    def drawn(values: st.SearchStrategy[float]) -> Floats:
        cells = data.draw(st.lists(values, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
        return np.array(cells).reshape(shape)

    ours = Issue(
        name="issue",
        title=data.draw(words),
        actors=tuple(Actor(f"{i} {data.draw(words)}", data.draw(words)) for i in range(shape[0])),
        dimensions=tuple(
            Dimension(f"line {j}", data.draw(words), Scale(0, 100, ((0, data.draw(words)), (50, data.draw(words)))))
            for j in range(shape[1])
        ),
        position=drawn(numbers),
        salience=drawn(st.sampled_from([0.25, 1.0])),
        capability=drawn(st.sampled_from([1.0, 2.5])) if stated else np.ones(shape),
        resolve=drawn(st.sampled_from([0.5, np.nan])),
        veto=drawn(st.sampled_from([0, 1])).astype(np.bool_),
        position_sd=drawn(numbers.filter(lambda value: value == 0 or value > 1e-6)),
        salience_sd=np.zeros(shape),
        capability_sd=np.zeros(shape),
        quota=data.draw(st.sampled_from([None, 0.5, 1.0])),
        capability_stated=stated,
        proxies={(0, 0): frozenset({"position", "salience"})},
        grounds={(1, 0): tuple(data.draw(st.lists(ground, min_size=1, max_size=3)))},
    )
    theirs = yaml.sheet("issue", yaml.text(ours, ["a remark", data.draw(words)])).issue()
    for name in (one.name for one in fields(Issue)):
        np.testing.assert_equal(getattr(theirs, name), getattr(ours, name), err_msg=name)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1, column 1: no table"),
        ("actor,position\nA,1\n", "line 1, column 1: no column salience, capability"),
        (
            "actor,position,salience\nA,1,1\n",
            "line 1, column 1: no column capability; capability may be empty throughout",
        ),
        ("actor,position,salience,capability,power\n", "line 1, column 5: no column is called 'power'"),
        ('actor,position,salience,capability\n"A,1,1,1\n', "line 2, column 1: unexpected end of data"),
        ("actor,position,salience,capability\nA,1,1,1\n", "line 1, column 1: fewer than two actors"),
        ("actor,position,salience,capability\nA,1,0,1\nB,2,1,0\n", "line 1, column 1: no actor has both"),
        (TABLE.replace("0 = none; ", ""), "line 3, column 1: the scale of position has one end"),
        (TABLE.replace("# scale:", "# scale tariff:"), "line 3, column 1: no dimension 'tariff'"),
        (TABLE.replace("Aland;2", "Aland;1e300"), "line 6, column 2: capability 1e300 is too small or too large"),
        (TABLE.replace("0.6", "0"), "line 2, column 1: a quota of 0"),
        (DECIDE.replace("#D\tBorland\tq", "#D\tCland\tq"), "line 10, column 2: no actor 'Cland'"),
        (DECIDE.replace("\t1\t1\n", "\n"), "line 9, column 1: a line #D has 6 fields, this one 4"),
        (DECIDE + "#X\t1\n", "line 11, column 1: a line of no known kind '#X'"),
        (KTAB.replace("2,2,\n", "3,2,\n", 1), "line 1, column 3: the first line tells of 3 actors, but there are 2"),
        (KTAB.replace(",40,40,", ",40,"), "line 4, column 1: B has 6 fields, where 7 are wanted"),
        (KTAB.replace(",50,30", ",500,30"), "line 3, column 5: salience 500 is not 0 to 100"),
    ],
)
def test_a_fault_is_told_with_its_place(written: Path, text: str, fault: str) -> None:
    assert any(told.startswith(fault) for told in faults(written, text)), faults(written, text)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("salience: 1,", "saliense: 1,", "line 13, column 30: Borland on position has no 'saliense'"),
        ("quota: 0.6", "quota: [1]", "line 2, column 8: a single value is wanted here"),
        ("20: as now", "0: as now", "line 5, column 22: 0 stands twice"),
        ("  Borland:", "  Borland", "line 12, column 15: is no YAML"),
        ("position: 15,", "position: 25,", "line 13, column 26: Borland's position 25 lies outside the scale"),
    ],
)
def test_a_fault_of_yaml_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    told = faults(tmp_path / "issue.yaml", YAML.replace(old, new))
    assert any(line.startswith(fault) for line in told), told


@settings(max_examples=60)
@given(st.sampled_from([TABLE, YAML, DECIDE, KTAB]), st.data())
def test_a_damaged_text_is_read_or_refused_with_places(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    damaged = text[:start] + data.draw(st.text("0159.-;,\t\n\"'#:{}[]&*! eyx\0", max_size=4)) + text[end:]
    try:
        read = (yaml.sheet if text is YAML else table)("issue", damaged).issue()
    except IssueError as error:
        assert error.faults
        assert all(re.match(r"issue: line \d+, column \d+: \S", fault) for fault in error.faults)
    else:
        assert ((read.salience >= 0) & (read.salience <= 1)).all()
        assert (read.stakes.sum(axis=0) > 0).all()


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0c", "\x1d"])
@pytest.mark.parametrize("text", [TABLE, DECIDE, KTAB])
def test_a_line_ends_only_where_editors_see_an_end(text: str, sign: str) -> None:
    """What else `str.splitlines` divides at is a part of its field, and counts no line."""
    text = text.replace("Aland", f"A{sign}land")
    actor = table("a", text).issue().actors[0]
    assert f"A{sign}land" in (actor.name, actor.title)
    faulty = text.replace("15", "250").replace("75", "250")  # Borland's position
    line = next(number for number, line in enumerate(faulty.split("\n"), start=1) if "250" in line)
    with pytest.raises(IssueError, match=f"line {line}, column"):
        table("a", faulty).issue()


def test_a_file_that_is_not_there_or_not_utf_8(written: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Issue.from_csv(written)
    written.write_bytes(b"actor,position\n\xff")
    with pytest.raises(IssueError, match="line 2: is not UTF-8"):
        Issue.from_csv(written)


@emissions.shared
def test_a_published_input_with_errors_is_refused_with_their_places() -> None:
    with pytest.raises(IssueError) as error:
        Issue.from_csv(emissions.BARGAINING / "copenhagen_with_errors.csv")
    first, second = error.value.faults
    assert "line 86, column 4" in first
    assert "line 87, column 6" in second


@emissions.shared
@pytest.mark.parametrize(
    ("file", "shape", "cells"),
    [
        ("copenhagen.csv", (11, 7), 75),
        ("sample_data.txt", (10, 6), 60),
        ("SOE-Pol-Comp.csv", (13, 2), 26),
        ("dummyData_3Dim.csv", (7, 3), 21),
    ],
)
def test_published_inputs_are_read_whole(file: str, shape: tuple[int, int], cells: int) -> None:
    read = Issue.from_csv(emissions.BARGAINING / file)
    assert read.position.shape == shape
    assert read.present.sum() == cells
