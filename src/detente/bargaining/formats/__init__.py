"""Files that an issue is read from: detente's own CSV and YAML, and the published inputs of Decide and KTAB.

docs/bargaining.md describes them. Each module turns a text into a `Sheet`; what format a table has is told by its head.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from detente.bargaining.formats import decide, ktab, plain, yaml
from detente.bargaining.issue import Issue
from detente.bargaining.sheet import Place, Sheet
from detente.errors import InputError, IssueError

YAML: Final = (".yaml", ".yml")
_TABLES: Final = (".csv", ".tsv", ".txt")


def read(path: Path) -> Issue:
    """The issue in a file. Raises `IssueError` with every fault, and `InputError` where it cannot be read."""
    return read_yaml(path) if path.suffix.lower() in YAML else read_table(path)


def read_table(path: Path) -> Issue:
    """The issue in a table of any format. Raises as `read`."""
    return table(str(path), text(path)).issue()


def read_yaml(path: Path) -> Issue:
    """The issue in a YAML file. Raises as `read`."""
    return yaml.sheet(str(path), text(path)).issue()


def table(name: str, text: str) -> Sheet:
    """What a table says, in the format that its head tells."""
    if decide.is_of(text):
        return decide.sheet(name, text)
    if ktab.is_of(text):
        return ktab.sheet(name, text)
    return plain.sheet(name, text)


def find(folder: Path) -> Iterator[Path]:
    """The files of a folder that hold an issue, with faults or without, by their names."""
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.suffix.lower() not in (*YAML, *_TABLES):
            continue
        try:
            # A table in another encoding is one with a fault. Its head can be read so, as UTF-16 without the zeros.
            content = path.read_bytes().decode("utf-8-sig", "ignore").replace("\0", "")
        except OSError:
            continue
        of = (yaml,) if path.suffix.lower() in YAML else (decide, ktab, plain)
        if any(format.is_of(content) for format in of):
            yield path


def text(path: Path) -> str:
    """What is in a file. Raises `InputError` where it cannot be read, and `IssueError` where it is not UTF-8."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(content.count(b"\n", 0, error.start) + 1, 1)
        raise IssueError(str(path), f"line {place.line}: is not UTF-8; save it as UTF-8") from None
