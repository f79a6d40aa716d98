"""Changes to the file of an issue: one value, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.bargaining.formats.editing import edit
from detente.bargaining.issue import Field, Issue
from detente.errors import IssueError
from tests.bargaining.test_issue import DECIDE, KTAB, TABLE, YAML

CRLF = TABLE.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("name", "text", "actor", "dimension", "changes", "old", "new"),
    [
        ("a.csv", TABLE, "Aland", None, {"position": "12", "veto": "yes"}, "2;0;0.5;;3", "2;12;0.5;yes;3"),
        ("a.csv", CRLF, "Borland", None, {"salience": "0.25"}, "15;1;", "15;0.25;"),
        (
            "a.yaml",
            YAML,
            "Aland",
            None,
            {"position": "12", "salience": "0.75"},
            "0, salience: 0.5",
            "12, salience: 0.75",
        ),
        ("a.yaml", YAML, "Borland", "position", {"capability": "3"}, "ty: 1\n", "ty: 3\n"),
        ("a.csv", TABLE.replace("Al", "A\u2028l"), "A\u2028land", None, {"position": "12"}, "2;0;0.5", "2;12;0.5"),
        ("a.csv", DECIDE, "Borland", "tariff", {"capability": "4"}, "15\t1\t1", "15\t1\t4"),
        ("a.csv", KTAB, "B", "Tariff Position", {"salience": "0.55"}, "75,60", "75,55"),
    ],
)
def test_a_value_is_changed_where_it_stands(
    tmp_path: Path,
    name: str,
    text: str,
    actor: str,
    dimension: str | None,
    changes: dict[Field, str],
    old: str,
    new: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    after = edit(path, actor, dimension, changes)
    assert text.count(old) == 1
    assert path.read_bytes().decode() == text.replace(old, new)
    i = [one.name for one in after.actors].index(actor)
    for field, value in changes.items():
        if field != "veto":
            assert getattr(after, field)[i, after.dimension(dimension)] == float(value)
    assert (after.position == Issue.from_file(path).position).all() or not after.present.all()
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        (
            "a.yaml",
            YAML.replace("position_sd: 3}", "position_sd: 3, proxies: 'position, salience'}"),
            "position: 0, salience: 0.5, position_sd: 3, proxies: 'position, salience'}",
            "position: 12, salience: 0.75, position_sd: 3, proxies: }",
        ),
        (
            "a.yaml",
            YAML.replace("position_sd: 3}", "position_sd: 3, proxies: position salience position_sd}"),
            "position: 0, salience: 0.5, position_sd: 3, proxies: position salience position_sd}",
            "position: 12, salience: 0.75, position_sd: 3, proxies: position_sd}",
        ),
        (
            "a.csv",
            "actor,proxies,position,salience,capability\nAland,salience,4,1,2\nBorland,,10,1,1\n",
            "Aland,salience,4,1,2",
            "Aland,,12,0.75,2",
        ),
    ],
)
def test_a_value_of_the_analyst_is_no_proxy_any_more(tmp_path: Path, name: str, text: str, old: str, new: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    after = edit(path, "Aland", None, {"position": "12", "salience": "0.75"})
    assert path.read_text(encoding="utf-8") == text.replace(old, new) != text
    assert "salience" not in after.proxies.get((0, 0), ())


def test_a_value_is_written_where_the_file_leaves_it_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML.replace("capability: 1", "capability:"), encoding="utf-8")
    assert edit(path, "Borland", None, {"capability": "3"}).capability.tolist() == [[2], [3]]
    assert path.read_text(encoding="utf-8") == YAML.replace("capability: 1", "capability: 3")


def test_the_capability_of_one_alone_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("actor,position,salience,capability\nAland,4,1,\nBorland,10,1,\n", encoding="utf-8")
    with pytest.raises(IssueError, match=r"a\.csv: no capability is stated, .* write it into the file for all"):
        edit(path, "Aland", None, {"capability": "2"})


@pytest.mark.parametrize(
    ("actor", "dimension", "changes", "fault"),
    [
        ("Aland", None, {"position": "25"}, "line 6, column 3: Aland's position 25 lies outside"),
        ("Aland", None, {"salience": "much"}, "salience 'much' is no number"),
        ("Aland", None, {"resolve": "1"}, "no place for the resolve of Aland; add the column"),
        ("Cland", None, {"position": "1"}, "no actor 'Cland'; there are: Aland, Borland"),
        ("Aland", "tariff", {"position": "1"}, "no dimension 'tariff'; there are: position"),
    ],
)
def test_nothing_is_written_where_a_change_does_not_fit(
    tmp_path: Path, actor: str, dimension: str | None, changes: dict[Field, str], fault: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(IssueError) as error:
        edit(path, actor, dimension, changes)
    assert fault in str(error.value)
    assert path.read_text(encoding="utf-8") == TABLE


@pytest.mark.parametrize("value", ["!!str 3", "3 # not 40", "3, resolve: 0.3", "&mine 3", " 3"])
def test_what_means_more_than_a_value_is_not_written(tmp_path: Path, value: str) -> None:
    text = "scale: [0, 10]\nactors:\n  Aland: {position: 4, salience: 1, capability: 1}\n"
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IssueError):
        edit(path, "Aland", None, {"position": value})
    assert path.read_text(encoding="utf-8") == text
