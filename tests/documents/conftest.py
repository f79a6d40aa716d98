"""Files to load, and no network to fetch from."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="package", autouse=True)
def no_network() -> Iterator[None]:
    """Whatever asks for a connection or for a name's address fails its test."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something was fetched from the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the test's own folder."""

    def to(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to
