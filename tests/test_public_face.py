"""What `import detente` promises, and that it stays quick."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import detente
from detente.errors import DetenteError, ExtraError, InputError, IssueError, LedgerError, ModelError


@pytest.mark.parametrize("name", detente.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(detente, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        detente.nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (InputError, ValueError),
        (ModelError, RuntimeError),
        (LedgerError, OSError),
        (ExtraError, ImportError),
        (IssueError, ValueError),
    ],
)
def test_every_error_has_one_base_and_the_nearest_builtin(error: type[Exception], builtin: type[Exception]) -> None:
    assert issubclass(error, DetenteError)
    assert issubclass(error, builtin)


def test_an_input_error_is_one_line_without_control_characters() -> None:
    error = InputError("a\x1b[31m\nb.txt", "is\nempty")
    assert str(error) == "a [31m b.txt: is empty"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import detente, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"spacy", "duckdb", "rich", "jinja2", "trafilatura", "numpy", "numba", "scipy"} & set(loaded)


def test_the_version_is_the_one_that_is_packaged() -> None:
    pyproject = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    match = re.search(r'^version = "(.+)"$', pyproject, re.M)
    assert match is not None
    assert match.group(1) == detente.__version__


def test_every_dependency_has_its_reason_and_its_pin() -> None:
    root = Path(__file__).parents[1]
    pyproject = (root / "pyproject.toml").read_text(encoding="utf-8")
    reasons = (root / "docs/architecture.md").read_text(encoding="utf-8").lower()
    pins = (root / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    named = re.findall(r'^  "([a-z0-9-]+)>=', pyproject, re.M)
    assert len(named) > 10
    for name in named:
        assert name in reasons, f"docs/architecture.md gives no reason for {name}"
        assert re.search(rf"^{re.escape(name)}==", pins, re.M), f"constraints.txt does not pin {name}"
