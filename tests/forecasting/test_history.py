from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputError
from detente.forecasting.history import History

ENTITIES = "Chad\t0\nNiger\t2\nCitizen (Chad)\t1\n"
RELATIONS = "Make statement\t0\nConsult\t1\n"


def _data_set(directory: Path, train: str, *, entities: str = ENTITIES, relations: str = RELATIONS) -> Path:
    (directory / "entity2id.txt").write_text(entities, "utf-8")
    (directory / "relation2id.txt").write_text(relations, "utf-8")
    (directory / "train.txt").write_text(train, "utf-8")
    return directory


def test_events_stand_in_the_order_of_time_whatever_the_order_of_lines(tmp_path: Path) -> None:
    _data_set(tmp_path, "0\t1\t2\t48\n1\t0\t2\t0\t-1\n")
    (tmp_path / "valid.txt").write_text("2 0 0 24\n", "utf-8")
    history = History.read(tmp_path, "train", "valid")
    assert history.entities == ("Chad", "Citizen (Chad)", "Niger")
    assert history.relation_names == ("Make statement", "Consult")
    columns = (history.sources, history.relations, history.targets, history.times)
    assert [column.tolist() for column in columns] == [[1, 2, 0], [0, 0, 1], [2, 0, 2], [0, 24, 48]]
    assert history.step == 24


def test_before_and_between_are_views(tmp_path: Path) -> None:
    history = History.read(_data_set(tmp_path, "0 0 1 3\n0 0 1 4\n0 0 2 4\n0 0 2 9\n"), "train")
    past = history.before(4)
    assert past.times.tolist() == [3]
    assert np.shares_memory(past.times, history.times)
    assert history.between(4, 9).targets.tolist() == [1, 2]
    assert len(history.before(10)) == 4
    assert len(history.before(3)) == 0
    assert history.before(3).step == 1


def test_no_split_and_an_empty_file_are_histories_without_events(tmp_path: Path) -> None:
    _data_set(tmp_path, "")
    assert len(History.read(tmp_path)) == len(History.read(tmp_path, "train")) == 0


@pytest.mark.parametrize(
    ("train", "says"),
    [
        ("0 1 2 3\n0 1 2\n", "train.txt:2: source, relation, target and time are wanted"),
        ("0 1 2 3\n\n", "train.txt:2: source, relation, target and time are wanted"),
        ("0 1 x 3\n", "train.txt:1: a target below 3 is wanted, and it says 'x'"),
        ("0 1 1.5 3\n", "train.txt:1: a target below 3 is wanted"),
        ("3 1 2 3\n", "train.txt:1: a source below 3 is wanted, and it says '3'"),
        ("0 2 2 3\n", "train.txt:1: a relation below 2 is wanted"),
        ("0 1 2 -3\n", "train.txt:1: a time is wanted, and it says '-3'"),
        ("0 1 2 99999999999999999999\n", "train.txt:1: a time is wanted"),
    ],
)
def test_a_line_that_is_no_event_is_named(tmp_path: Path, train: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        History.read(_data_set(tmp_path, train), "train")


@pytest.mark.parametrize(
    ("entities", "says"),
    [
        ("Chad 0\n", "entity2id.txt:1: a name, a tab and a number are wanted"),
        ("Chad\t0\nNiger\t0\n", "entity2id.txt:2: number 0 has a name already"),
        ("Chad\t0\nNiger\t2\n", "numbers from 0 to 1 are wanted, and 2 is among them"),
    ],
)
def test_names_without_their_numbers_are_refused(tmp_path: Path, entities: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        History.read(_data_set(tmp_path, "", entities=entities), "train")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"entity2id.txt: cannot be read: No such file"):
        History.read(tmp_path, "train")
    _data_set(tmp_path, "")
    (tmp_path / "train.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"train.txt: is not UTF-8"):
        History.read(tmp_path, "train")
    with pytest.raises(InputError, match=r"valid.txt: cannot be read"):
        History.read(tmp_path, "valid")
