"""Reading on a Ray cluster: the same readings in the same order, by processes on many machines.

The documents are written to a folder that all machines of the cluster see, some to a file, and become a stream of Ray
Data; actors that hold the model read them and write a Parquet file of readings beside each; these are taken in one
after the other, in the order of the documents, while others are still being read. An actor that dies is replaced by
Ray, and what it had in hand is read again. When the program itself was ended, the next run with the same folder
finishes what was begun before it takes anything new.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from detente.documents import Failed
from detente.errors import ExtraError, InputError, ModelError, one_line
from detente.reading.processes import DEATHS, deadly, prepare
from detente.reading.reader import Outcome, kept, read_in_turn, reader
from detente.records import Document, Reader, Reading, reading_from_json, to_json
from detente.world import tables

log = logging.getLogger(__name__)

_PIECE: Final = 32
"""Documents in a file: some ten seconds of reading, so that little is lost with an actor and all end together."""

_STORE: Final = 256 << 20
"""Bytes of memory that a cluster of this machine alone may use to hand documents on."""

_DECODER: Final = msgspec.json.Decoder(Document)


class Run(msgspec.Struct, frozen=True):
    """What a folder holds: pieces 0 … `pieces` - 1, to be read by `reader`."""

    reader: Reader
    pieces: int
    whole: bool = True
    """Whether all pieces are written. Before the first one is, a run that is not whole says whose the folder is."""


@dataclass(frozen=True)
class Parts:
    """The folder in which documents and readings lie while a cluster reads."""

    folder: Path

    def documents(self, piece: int) -> Path:
        """The documents of a piece, as JSON Lines."""
        return self.folder / f"documents-{piece:06}.jsonl"

    def readings(self, piece: int) -> Path:
        """What came of them, in their order, as Parquet: there only when it is whole."""
        return self.folder / f"readings-{piece:06}.parquet"

    def stage(self, documents: Iterable[Document]) -> Run:
        """Write the documents into pieces. Raises `InputError` where that cannot be done."""
        waiting = iter(documents)
        for piece in count():
            some = [*islice(waiting, _PIECE)]
            if not some:
                break
            if not piece:
                self._note(Run(reader(), 0, whole=False))
            self._write(self.documents(piece), b"".join(msgspec.json.encode(one) + b"\n" for one in some))
        run = Run(reader(), piece)
        if run.pieces:
            self._note(run)
        return run

    def begun(self) -> Run | None:
        """The run that was begun here and not finished. What is not whole, or not by this reader, is dropped.

        Raises `InputError` where something is in the folder and no run says that it is its own: what is removed in the
        end is to be nobody else's.
        """
        try:
            run = msgspec.json.decode((self.folder / "run.json").read_bytes(), type=Run)
        except (FileNotFoundError, msgspec.MsgspecError):
            if self.folder.exists() and any(self.folder.iterdir()):
                reason = "holds other things than a run that was broken off; name a new folder with --parts"
                raise InputError(str(self.folder), reason) from None
            return None
        except OSError as error:
            reason = f"is no folder that can be read: {error.strerror}; name another with --parts"
            raise InputError(str(self.folder), reason) from error
        if not run.whole:
            self.remove()
            return None
        if run.reader != reader():
            for piece in range(run.pieces):
                self.readings(piece).unlink(missing_ok=True)
            run = msgspec.structs.replace(run, reader=reader())
            self._note(run)
        return run

    def _note(self, run: Run) -> None:
        """Say what the folder holds."""
        self._write(self.folder / "run.json", msgspec.json.encode(run))

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file that is there only when it is whole."""
        new = path.with_name(f"{path.name}.new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(content)
            new.replace(path)
        except OSError as error:
            reason = f"cannot be written to: {error.strerror}; name another with --parts"
            raise InputError(str(self.folder), reason) from error

    def remove(self) -> None:
        """Remove what was written here, and the folder if nothing else is in it."""
        for pattern in ("documents-??????.jsonl*", "readings-??????.parquet*", "tries-??????.txt", "run.json*"):
            for path in self.folder.glob(pattern):
                path.unlink()
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()


def read_on_cluster(
    documents: Iterable[Document],
    *,
    parts: Path | None = None,
    workers: int | None = None,
    address: str | None = None,
    failed: Failed | None = None,
) -> Iterator[Reading]:
    """The readings of documents, streamed in order, read by `workers` actors (default: one for each core).

    The cluster is the one at `address`, else one of this machine that is started and ended here. `parts` is a folder
    that all its machines see; a run that was begun there is finished first. Without it, only this machine sees the
    folder, and nothing is kept of a run that is broken off. What cannot be read is passed to `failed`, else raised.
    Raises `ExtraError` without Ray, `InputError` where no cluster answers, `ModelError` where an actor cannot read.
    """
    if parts is None:
        with TemporaryDirectory(prefix="detente-") as folder:
            yield from read_on_cluster(
                documents, parts=Path(folder, "parts"), workers=workers, address=address, failed=failed
            )
        return
    own = Parts(parts)
    begun = own.begun()
    if begun is not None:
        log.info("%s: finishing the run that was begun there", parts)
        yield from kept(_outcomes(own, begun, workers, address), failed)
        own.remove()
    _ready(address)
    yield from kept(_outcomes(own, own.stage(documents), workers, address), failed)
    own.remove()


def _outcomes(parts: Parts, run: Run, workers: int | None, address: str | None) -> Iterator[Outcome]:
    """What came of the documents of all pieces, in order, as soon as a piece and those before it are read."""
    missing = [piece for piece in range(run.pieces) if not parts.readings(piece).exists()]
    following = 0
    for _ in _read(parts, missing, run.reader, workers, address):
        while following < run.pieces and parts.readings(following).exists():
            yield from _stored(parts.readings(following))
            following += 1
    for piece in range(following, run.pieces):
        yield from _stored(parts.readings(piece))


def _read(parts: Parts, pieces: list[int], known: Reader, workers: int | None, address: str | None) -> Iterator[None]:
    """Have pieces read by a cluster, and tell each time when one is."""
    if not pieces:
        return
    ray = _ray(address)
    paths = [str(parts.documents(piece).resolve()) for piece in pieces]
    with _cluster(ray, workers, address):
        size = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        ray.data.DataContext.get_current().enable_progress_bars = False
        stream = ray.data.read_binary_files(paths, include_paths=True, override_num_blocks=len(paths)).map(
            Reads,
            fn_constructor_args=(tables.own_rows(), known),
            compute=ray.data.ActorPoolStrategy(size=min(size, len(paths))),
            num_cpus=1,
        )
        try:
            for _ in stream.iter_rows():
                yield
        except ray.exceptions.RayError as error:
            raise ModelError(f"an actor of the cluster cannot read: {_reason(error)}") from error


class Reads:
    """An actor: holds the model and reads pieces."""

    def __init__(self, own: tables.OwnRows, known: Reader) -> None:
        prepare(own)
        if reader() != known:
            # Its readings would be other ones, and nobody would see which.
            raise ModelError(
                f"detente {reader().version} on this machine is not the one that was started, or its model"
            )

    def __call__(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Read the piece whose documents' file is in `row`, and write what came of it."""
        source = Path(row["path"])
        number = int(source.stem.rpartition("-")[2])
        documents = _DECODER.decode_lines(row["bytes"])
        outcomes = _tried(documents, source.with_name(f"tries-{number:06}.txt"))
        _store(Parts(source.parent).readings(number), documents, outcomes)
        return {"piece": number}


def _tried(documents: list[Document], notes: Path) -> list[Outcome]:
    """What comes of documents, with notes of what was in hand, by which the next actor knows what the last died of."""
    tries = notes.read_text("ascii").split("-") if notes.exists() else []
    with notes.open("a", encoding="ascii") as noted:
        print("-", file=noted, flush=True)
        if not tries:
            return [*read_in_turn(documents)]
        # An actor has died of one of them, or has been killed: now they are read one by one.
        deaths = Counter(int(begun.split()[-1]) for begun in tries if begun.split())
        outcomes: list[Outcome] = []
        for number, document in enumerate(documents):
            if deaths[number] >= DEATHS:
                outcomes.append(deadly(document))
            else:
                print(number, file=noted, flush=True)
                outcomes += read_in_turn([document])
        return outcomes


def _store(path: Path, documents: list[Document], outcomes: list[Outcome]) -> None:
    import pyarrow
    from pyarrow import parquet

    read = [outcome if isinstance(outcome, Reading) else None for outcome in outcomes]
    lost = [outcome if isinstance(outcome, InputError) else None for outcome in outcomes]
    columns = {
        "document": [document.id for document in documents],
        "reading": [one and to_json(one).decode() for one in read],
        "name": [one and one.name for one in lost],
        "reason": [one and one.reason for one in lost],
    }
    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    whole = path.with_name(f"{path.name}.{os.getpid()}")
    parquet.write_table(pyarrow.table(columns, schema=schema), whole, compression="zstd")
    whole.replace(path)


def _stored(path: Path) -> Iterator[Outcome]:
    from pyarrow import parquet

    for row in parquet.read_table(path).to_pylist():
        if row["reading"] is None:
            yield InputError(row["name"], row["reason"])
        else:
            yield reading_from_json(row["reading"])


def _ready(address: str | None) -> None:
    """Raise what `read_on_cluster` does without Ray or a cluster, before anything is written for one."""
    _ray(address)
    if address is not None:
        _knock(address)


def _ray(address: str | None) -> Any:
    # Ray looks at these when it is loaded. It reports its use to its makers unless told otherwise, and tells the
    # terminal of every step. It listens on all of the machine's addresses: without a token it runs anybody's code.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_DATA_LOG_LEVEL", "ERROR")
    if address is None:
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ExtraError("reading on a cluster needs Ray; get it with: pip install 'detente[ray]'") from error
    return ray


@contextmanager
def _cluster(ray: Any, workers: int | None, address: str | None) -> Iterator[None]:
    """Be connected to a cluster."""
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address is None:
        ray.init(num_cpus=workers, include_dashboard=False, object_store_memory=_STORE, **quiet)
    else:
        _knock(address)
        try:
            ray.init(address=address, **quiet)
        except (OSError, RuntimeError, ValueError) as error:
            raise _silent(address, error) from error
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise `InputError` where nobody listens at HOST:PORT: Ray itself would try for a quarter of an hour."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        try:
            socket.create_connection((host, int(port)), timeout=10).close()
        except (OSError, OverflowError) as error:
            raise _silent(address, error) from error


def _silent(address: str, error: Exception) -> InputError:
    reason = f"no Ray cluster answers ({one_line(str(error))[:200]}); start one with: ray start --head"
    return InputError(address, reason)


def _reason(error: BaseException) -> str:
    """The last line of what Ray tells of an error, which is the error's own; before it stand many of Ray's."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return one_line(lines[-1]) if lines else type(error).__name__
