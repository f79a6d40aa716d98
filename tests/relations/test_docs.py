"""What docs/relations.md shows runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from tests.relations.told import event, ledger, reading

MANUAL = (Path(__file__).parents[2] / "docs" / "relations.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def _told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger called as in the manual, and without --ledger."""
    monkeypatch.chdir(tmp_path)
    deeds = [
        event(n, "ACCUSE", [one], [other], date="2024-10-02")
        for n, (one, other) in enumerate([("RUS", "USA"), ("RUS", "UKR"), ("EGY", "ISR"), ("person:putin", "USA")])
    ]
    made = ledger(tmp_path / "crisis.duckdb", reading("d1", *deeds, published="2024-10-03"))
    (tmp_path / "detente.duckdb").write_bytes(made.read_bytes())


def test_its_commands_run(capsys: pytest.CaptureFixture[str]) -> None:
    (commands,) = re.findall(r"```console\n(.*?)```", MANUAL, re.DOTALL)
    for command in commands.splitlines():
        assert run(command.split()[1:]) == 0, command
    capsys.readouterr()


def test_its_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    exec(compile(code, "docs/relations.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out == "-3.0 [] []\n"


def test_its_sql_runs() -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", MANUAL, re.DOTALL)
    with Ledger("crisis.duckdb", read_only=True) as opened:
        assert len([*opened.sql(query)]) == 1
