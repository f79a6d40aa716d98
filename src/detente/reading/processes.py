"""Reading in several processes of one machine: the same readings in the same order, however many they are.

A process that dies (killed for its memory, say) is replaced, and what it had in hand is read again, one document at a
time. A document that two processes in a row die of is left out with a line. One that dies before it has loaded its
models is not replaced, as there is hardly room for it: the others read on without it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import warnings
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from detente.documents import Failed
from detente.errors import InputError, ModelError
from detente.language import attribution, pipeline
from detente.reading.reader import Outcome, called, kept, read_in_turn
from detente.records import Document, Reading
from detente.world import tables

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Documents that are sent to a process together: the parser gains little by more, and all processes end together."""

_IN_HAND: Final = 2 * AT_ONCE
"""Documents that a process has at most, so that it never waits for the next ones."""

_AHEAD: Final = 32
"""For each process, documents that may be read before their turn, while one long one holds up the others."""

DEATHS: Final = 2
"""Processes that may die of a document, read by itself, before it is left out."""

# A process that is forked has locks of threads that it does not have; one that is spawned has nothing.
_CONTEXT: Final = get_context("spawn")

_Numbered = tuple[int, Document]


def read_in_processes(
    documents: Iterable[Document], workers: int, *, failed: Failed | None = None
) -> Iterator[Reading]:
    """The readings of documents, streamed in order, read by `workers` processes of one thread each.

    What cannot be read is passed to `failed`, else raised. Raises `ModelError` where no process can start.
    """
    crew = _Crew(workers)
    try:
        yield from kept(crew.outcomes(enumerate(documents)), failed)
    finally:
        crew.dismiss()


@dataclass(eq=False)
class _Worker:
    """A process that reads, and what it was sent and has not answered."""

    process: SpawnProcess
    connection: Connection
    ready: bool = False
    """Whether it has loaded its models."""
    messages: deque[list[_Numbered]] = field(default_factory=deque)

    def send(self, message: Sequence[_Numbered]) -> None:
        """Give it documents; it takes them in at once, also while it reads others."""
        self.messages.append([*message])
        # Where it has died meanwhile, whoever waits for its answers will hear of it.
        with suppress(ConnectionError):
            self.connection.send([document for _, document in message])

    def answered(self) -> int:
        """Take the document that it has answered from what it has in hand, and return its number."""
        number, _ = self.messages[0].pop(0)
        if not self.messages[0]:
            self.messages.popleft()
        return number

    def in_hand(self) -> int:
        """Documents that it has not answered."""
        return sum(map(len, self.messages))


class _Crew:
    """The processes that read, and what they have found before its turn."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._workers: list[_Worker] = []
        self._found: dict[int, Outcome] = {}
        self._again: deque[_Numbered] = deque()
        """What dead processes had in hand; to be read one by one."""
        self._deaths: Counter[int] = Counter()
        self._sent = 0

    def outcomes(self, documents: Iterator[_Numbered]) -> Iterator[Outcome]:
        """What comes of the documents, in order."""
        number = 0
        while True:
            self._give(documents, upto=number + _AHEAD * self._size)
            if number in self._found:
                yield self._found.pop(number)
                number += 1
            elif self._again or any(worker.messages for worker in self._workers):
                self._hear()
            else:
                return

    def _give(self, documents: Iterator[_Numbered], upto: int) -> None:
        """Send documents of numbers below `upto` to the processes that soon have nothing more to read."""
        while len(self._workers) < self._size or any(w.in_hand() + AT_ONCE <= _IN_HAND for w in self._workers):
            if self._again:
                message = [self._again.popleft()]
            else:
                message = [*islice(documents, AT_ONCE)] if self._sent < upto else []
                self._sent += len(message)
            if not message:
                return
            self._freest().send(message)

    def _freest(self) -> _Worker:
        """The process with least in hand; a new one where all have something and there may be more."""
        least = min(self._workers, key=_Worker.in_hand, default=None)
        if least is None or (least.messages and len(self._workers) < self._size):
            least = _started()
            self._workers.append(least)
        return least

    def _hear(self) -> None:
        """Wait for answers and take them in."""
        heard = wait([worker.connection for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.connection in heard]:
            try:
                answer = worker.connection.recv()
            except (EOFError, ConnectionError):
                self._bury(worker)
                continue
            if isinstance(answer, ModelError):
                raise answer
            if answer is None:
                worker.ready = True
            else:
                self._found[worker.answered()] = answer

    def _bury(self, worker: _Worker) -> None:
        """See to it that what a dead process had in hand is read by others."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        status = worker.process.exitcode
        if worker.ready:
            log.warning("a process that read has died (exit status %s); another reads on", status)
        elif any(other.ready for other in self._workers):
            self._size -= 1
            log.warning(
                "a process that was to read died as it started (exit status %s); %d read on without it; each needs "
                "about 1 GB of memory: ask for fewer --workers",
                status,
                self._size,
            )
        else:
            raise ModelError(
                f"a process that was to read died as it started (exit status {status}); each needs about 1 GB of "
                "memory: ask for fewer --workers"
            )
        blamed = worker.messages[0] if worker.messages else []
        if worker.ready and len(blamed) == 1:  # of several, read together, any may have been the cause
            ((number, document),) = blamed
            self._deaths[number] += 1
            if self._deaths[number] == DEATHS:
                self._found[number] = deadly(document)
                worker.messages.popleft()
        self._again.extend(one for message in worker.messages for one in message)

    def dismiss(self) -> None:
        """End the processes; they have nothing to lose."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()


def deadly(document: Document) -> InputError:
    """What is said of a document that processes die of."""
    return InputError(called(document), f"{DEATHS} processes died while reading it (of too little memory, as a rule)")


def _started() -> _Worker:
    mine, its = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_work, args=(its, tables.own_rows()), daemon=True)
    with _no_interrupts():
        process.start()
    its.close()
    return _Worker(process, mine)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let a process that is started here not hear of Ctrl-C, which is for the one that started it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare(own: tables.OwnRows) -> None:
    """Make a process that has read nothing yet one that reads by users' rows and quotes no document on the terminal."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    tables.take(own)


def _work(connection: Connection, own: tables.OwnRows) -> None:
    """What a process does: load the models, say so, and answer each document that comes with its outcome."""
    prepare(own)
    inbox: SimpleQueue[list[Document]] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, inbox), daemon=True).start()
    with suppress(ConnectionError):
        try:
            pipeline.load()
            attribution.load()
            connection.send(None)
            while True:
                for outcome in read_in_turn(inbox.get()):
                    connection.send(outcome)
        except ModelError as error:
            connection.send(error)


def _listen(connection: Connection, inbox: SimpleQueue[list[Document]]) -> None:
    """Take in what is sent, so that neither end waits for the other; end the process when the other end is gone."""
    try:
        while True:
            inbox.put(connection.recv())
    except (EOFError, ConnectionError):
        os._exit(0)
