"""The tutorial's commands run, in their order, on a ledger made from the sample, and print what the tutorial shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Detente

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n\$ detente (.+)\n((?:.*\n)*?)```", TUTORIAL)


def missing(shown: str, printed: str) -> str | None:
    """The first shown line that was not printed after those before it.

    `…` stands for what was left out, whole lines or a part of one; spaces at the end of a line do not count.
    """
    left = iter(printed.splitlines())
    for line in shown.splitlines():
        if line.strip() in ("", "…"):
            continue
        pattern = re.compile(".*".join(map(re.escape, line.rstrip().split("…"))))
        if not any(pattern.fullmatch(found.rstrip()) for found in left):
            return line
    return None


def test_every_command_runs_and_prints_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    # A process each: own rows of what is known before reading would stay with this one.
    detente = Detente(tmp_path)
    assert len(BLOCKS) == TUTORIAL.count("```console")
    for command, shown in BLOCKS:
        done = detente(*shlex.split(command), variables={"COLUMNS": "130"})
        printed = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, f"detente {command}\n{printed}"
        line = missing(shown, printed)
        assert line is None, f"detente {command}\ndoes not print, or not there:\n{line}\nbut:\n{printed}"


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        ("a\nb\n", None),
        ("a\n…\nc d\n", None),
        ("…\nc …\n", None),
        ("b\na\n", "a"),
        ("c\n", "c"),
        ("a\n…\n", None),
        ("a …\n", "a …"),
    ],
)
def test_what_is_shown_has_to_be_printed_in_its_order(shown: str, line: str | None) -> None:
    assert missing(shown, "a\nb  \nc d\n") == line
