"""What docs/bargaining.md shows runs."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from detente.cli import run

MANUAL = (Path(__file__).parents[2] / "docs" / "bargaining.md").read_text("utf-8")


def _block(language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)
    return str(block)


@pytest.fixture(autouse=True)
def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manual's tables as files."""
    monkeypatch.chdir(tmp_path)
    Path("tariffs.csv").write_text(_block("csv"), encoding="utf-8")
    Path("tariffs.yaml").write_text(_block("yaml"), encoding="utf-8")


def test_its_commands_run(capsys: pytest.CaptureFixture[str]) -> None:
    for command in _block("console").splitlines():
        assert run(command.split()[1:]) == 0, command
    capsys.readouterr()
    assert Path("tariffs.svg").stat().st_size > 0


def test_a_reckoning_is_kept_and_scored_as_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    for command in _block("sh").splitlines():
        assert run(shlex.split(command, comments=True)[1:]) == 0, command
    shown = capsys.readouterr()
    assert "corrects 12" in shown.err
    assert "1 decided" in shown.out


def test_its_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(_block("python"), "docs/bargaining.md", "exec"), {})  # noqa: S102
    assert "expected_utility [" in capsys.readouterr().out


def test_both_its_tables_are_one_issue() -> None:
    one, other = Issue.from_csv("tariffs.csv"), Issue.from_yaml("tariffs.yaml")
    assert (one.title, one.quota, one.actors) == (other.title, other.quota, other.actors)
    np.testing.assert_array_equal(one.stakes, other.stakes)
    np.testing.assert_array_equal(one.veto, other.veto)


def test_the_fault_that_it_shows_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tariffs.csv").write_text(_block("csv").replace("Borland,15", "Borland,25"), encoding="utf-8")
    assert run(["issue", "show", "tariffs.csv"]) == 1
    assert f"    {capsys.readouterr().err}" in MANUAL


def test_it_names_all_models_and_settings_in_their_order() -> None:
    for name, model in MODELS.items():
        assert f"| `{name}` | {', '.join(f'`{setting}`' for setting in model.settings)} |" in MANUAL


def test_its_json_has_keys_that_there_are() -> None:
    shown = json.loads(_block("json"))["models"]
    found = Issue.from_csv("tariffs.csv").reckon().json()["models"]
    for name in ("expected_utility", "election"):
        assert shown[name].keys() <= found[name].keys()
    assert shown["expected_utility"]["rounds"][0].keys() == found["expected_utility"]["rounds"][0].keys()
