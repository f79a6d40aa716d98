"""The model that reads who said what, run by onnxruntime: for each cue in a text, what the units around it are to it.

The model sees one window at a time. That is as quick as batches on a CPU, needs no padding, and makes what is found in
a text independent of the texts beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError, one_line
from detente.language.encoder import CLS, SEP, Encoded, load_tokenizer, pieces_of, windows
from detente.records import Act

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, RunOptions
    from tokenizers import Tokenizer

ACTS: Final[tuple[Act, ...]] = get_args(Act)
"""The speech acts in the order of the model's output."""

NOTHING, SOURCE, CUE, CONTENT = range(4)
"""What a unit is to a cue."""

BEFORE: Final = 48
AFTER: Final = 80
"""Units before and after a cue's first that are looked at."""

DOUBTFUL: Final = 0.08
"""Units below this probability of beginning a cue are not looked at further."""

Floats = NDArray[np.float32]

_FOUND: Final = ("anchors", "likely", "stands", "shares", "acts")
_IDLE: Final[Mapping[str, NDArray[Any]]] = {
    "pieces": np.array([CLS, SEP, SEP]),
    "features": np.zeros(3, dtype=np.int64),
    "firsts": np.ones(1, dtype=np.int64),
    "body": np.array([0, 1]),
    "threshold": np.array(1.0, dtype=np.float32),
    "dyad_pieces": np.array([[CLS, SEP, SEP]]),
    "dyad_features": np.zeros((1, 3), dtype=np.int64),
    "dyad_marks": np.zeros((1, 3), dtype=np.int64),
}
"""Something short for each input: the runtime wants all of them, also where they bear on nothing that is asked for."""


@dataclass(frozen=True)
class Candidate:
    """A unit that may begin a cue."""

    anchor: int
    """The unit."""
    likely: float
    """How likely it is to begin a cue, at first sight."""
    stands: float
    """How likely the cue is to stand, seen with its source and content."""
    first: int
    """The unit that the first row of `shares` speaks of."""
    shares: Floats
    """For each unit around, the probabilities that it is nothing, source, cue, content to this cue."""
    acts: Floats
    """The probabilities of the speech acts, as `ACTS` has them."""


def candidate(
    anchor: int, likely: float, stands: float, shares: Floats, acts: Floats, edges: tuple[int, int]
) -> Candidate:
    """A candidate in the window between the units `edges`; `shares` begins `BEFORE` units before `anchor`."""
    first = max(edges[0], anchor - BEFORE)
    last = min(edges[1], anchor + AFTER)
    at = anchor - BEFORE
    return Candidate(anchor, likely, stands, first, shares[first - at : last - at], acts)


class Model:
    """The model and its tokenizer, from a folder that holds both."""

    NAME: Final = "attribution.onnx"
    TOKENIZER: Final = "tokenizer.json"

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.path = folder / self.NAME
        for path in (self.path, folder / self.TOKENIZER):
            if not path.is_file():
                raise ModelError(f"{path}: the model that reads statements is missing; make it with: make train")
        try:
            self.tokenizer: Tokenizer = load_tokenizer((folder / self.TOKENIZER).read_text(encoding="utf-8"))
            self.session, self._reckoned = _session(self.path, threads)
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelError(f"{folder}: the model cannot be loaded: {one_line(str(error))}") from error
        stored = self.session.get_modelmeta().custom_metadata_map
        self.calibration = np.array(json.loads(stored.get("calibration", "[]")))
        """What turns evidence into a probability; see `detente.reading.speech.sourcing`."""
        self.events = np.array(json.loads(stored.get("events", "null")) or [0.0] * 5, dtype=np.float64)
        """What turns evidence for an event into a probability; see `detente.reading.deeds.dyads.evidence`."""
        self.threshold = float(stored.get("threshold", "nan"))
        """Attributions less probable than this are not believed."""

    def fingerprint(self) -> str:
        """The SHA-256 of the model's file."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def run(self, outputs: Sequence[str], given: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """The outputs named, from what is `given` for them; what belongs to others is not reckoned."""
        found: list[NDArray[Any]] = self.session.run(outputs, {**_IDLE, **given}, self._reckoned)
        return found

    def candidates(self, encoded: Encoded) -> list[Candidate]:
        """What may be a cue in a text, in the text's order."""
        found = []
        for window in windows(encoded):
            pieces, features, firsts = pieces_of(encoded, window)
            body = np.array([window.body_start - window.start, window.body_end - window.start])
            given = {
                "pieces": pieces,
                "features": features,
                "firsts": firsts,
                "body": body,
                "threshold": np.array(DOUBTFUL, dtype=np.float32),
            }
            anchors, likely, stands, shares, acts = self.run(_FOUND, given)
            edges = (window.start, window.end)
            found += [
                candidate(window.start + int(anchor), float(likely[k]), float(stands[k]), shares[k], acts[k], edges)
                for k, anchor in enumerate(anchors)
                if likely[k] >= DOUBTFUL
            ]
        return found


@cache
def load() -> Model:
    """The model that the package carries. Raises `ModelError` where it is missing."""
    return Model(Path(str(resources.files("detente.language") / "data")))


def _session(path: Path, threads: int) -> tuple[InferenceSession, RunOptions]:
    # Unless told otherwise before it is loaded, onnxruntime reports its use to its maker.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # onnxruntime's fused kernel for this is slower than its parts: a fifth of the whole time is won without it.
    off = ["SkipLayerNormFusion"]
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"], disabled_optimizers=off)
    reckoned = onnxruntime.RunOptions()
    reckoned.only_execute_path_to_fetches = True
    return session, reckoned
