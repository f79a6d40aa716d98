"""The command line, as a process and in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from detente import Ledger
from tests.examples import READING

# Where tests run side by side, each is told to be as wide as the terminal.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in {"DETENTE_LEDGER", "COLUMNS"}}


class Detente:
    """`python -m detente` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *arguments: str | Path, given: bytes = b"", variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end, with `given` on standard input."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=ENVIRONMENT | dict(variables or {}),
            input=given,
            capture_output=True,
            check=False,
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a command, with pipes to all its streams."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*arguments), cwd=self.folder, env=ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=pipe
        )

    @staticmethod
    def command(*arguments: str | Path) -> tuple[str, ...]:
        return (sys.executable, "-m", "detente", *map(str, arguments))


@pytest.fixture(autouse=True)
def _of_no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def detente(tmp_path: Path) -> Detente:
    """Runs `detente` in the test's own folder."""
    return Detente(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with the example reading, where `detente` looks for it by default."""
    path = tmp_path / "detente.duckdb"
    with Ledger(path) as opened:
        opened.add(READING)
    return path


@pytest.fixture
def article(tmp_path: Path) -> Callable[..., Path]:
    """Writes a short article to a file of the test's own folder."""

    def write(name: str = "article.txt", speaker: str = "Orlan") -> Path:
        path = tmp_path / name
        path.write_text(
            f"Negotiators met in Geneva on Monday. Minister {speaker} said that talks with Iran would go on. "
            "He denied that his country had broken the agreement of March.\n",
            "utf-8",
        )
        return path

    return write
