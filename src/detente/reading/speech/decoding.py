"""From the model's opinion of each cue to its source, cue and content as spans of the text.

The model's word counts for the parts in general; quotation marks decide where quoted words begin and end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.language.attribution import CONTENT, CUE, NOTHING, SOURCE, Candidate
from detente.language.encoder import Encoded
from detente.reading.speech.quotations import Quotation

DOUBTFUL: Final = 0.3
"""Candidates less certain than this at first sight claim nothing."""

QUOTED: Final = 0.35
"""A quotation whose words are content at this mean probability is content from mark to mark."""

EVIDENCE: Final = ("first sight", "second sight", "content", "source", "no source", "quoted")
"""What a confidence is computed from: log-odds, but for the last two."""

Spans = tuple[tuple[int, int], ...]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Draft:
    """An attribution before it has a confidence."""

    source: Spans
    cue: Spans
    content: Spans
    evidence: Floats
    acts: NDArray[np.float32]
    """The probabilities of the speech acts, as `detente.language.attribution.ACTS` has them."""


def drafts(encoded: Encoded, quotations: Sequence[Quotation], candidates: Sequence[Candidate]) -> list[Draft]:
    """The attributions among `candidates`, in the order of their cues. No two share words of their contents."""
    believed = [c for c in candidates if _first_sight(c) >= DOUBTFUL]
    if not believed:
        return []
    pieces = _pieces_in_units(encoded, quotations)
    shares = _spread(encoded, believed)
    labels = shares.argmax(2).astype(np.int8)
    for row in labels:
        _fill(row, CONTENT)
        _fill(row, SOURCE)
    _give_quotations(labels, shares, believed, pieces)
    sights = np.array([_first_sight(c) for c in believed])
    outer = ~_held(labels, shares, [c.anchor for c in believed], sights)
    # A word is said by one source: of several that claim it, the surest has it.
    claims = np.where((labels == CONTENT) & outer[:, None], shares[:, :, CONTENT], -1.0)
    labels[(labels == CONTENT) & (np.arange(len(believed))[:, None] != claims.argmax(0))] = NOTHING
    between = np.zeros(len(encoded), dtype=bool)
    for start, end in pieces:
        between[start:end] = True
    found = []
    for k in np.flatnonzero(outer).tolist():
        content = labels[k] == CONTENT
        if content.any():
            source = _best_source(labels[k], shares[k])
            found.append(
                Draft(
                    source=_spans(encoded, source),
                    cue=_spans(encoded, labels[k] == CUE),
                    content=_spans(encoded, content),
                    evidence=_evidence(believed[k], shares[k], content, source, between),
                    acts=believed[k].acts,
                )
            )
    return found


def _held(labels: NDArray[np.int8], shares: NDArray[np.float32], anchors: list[int], sights: Floats) -> Flags:
    """Which candidates stand within what another, surer of it than they are of themselves, has for content or cue."""
    contents = np.where(labels[:, anchors] == CONTENT, shares[:, anchors, CONTENT], 0.0)
    cues = np.where(labels[:, anchors] == CUE, sights[:, None], 0.0)
    held: Flags = np.maximum(contents, cues).max(axis=0) > sights
    return held


def _first_sight(candidate: Candidate) -> float:
    return float((candidate.likely * candidate.stands) ** 0.5)


def _spread(encoded: Encoded, candidates: Sequence[Candidate]) -> NDArray[np.float32]:
    """The candidates' shares over all units of the text; what no candidate looked at is nothing to it."""
    shares = np.zeros((len(candidates), len(encoded), 4), dtype=np.float32)
    shares[:, :, NOTHING] = 1
    for row, candidate in zip(shares, candidates, strict=True):
        row[candidate.first : candidate.first + len(candidate.shares)] = candidate.shares
    return shares


def _fill(labels: NDArray[np.int8], label: int) -> None:
    """Give single units of nothing between two of `label` to it: commas, mostly."""
    is_label = labels == label
    labels[1:-1][is_label[:-2] & is_label[2:] & (labels[1:-1] == NOTHING)] = label


def _pieces_in_units(encoded: Encoded, quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """The pieces of quotations as ranges of units, their marks included."""
    starts, ends = encoded.spans[:, 0], encoded.spans[:, 1]
    pieces = []
    for quotation in quotations:
        for start, end in quotation.pieces:
            first, last = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end))
            if first < last:
                pieces.append((max(first - 1, 0), min(last + 1, len(encoded))))
    return pieces


def _give_quotations(
    labels: NDArray[np.int8],
    shares: NDArray[np.float32],
    candidates: Sequence[Candidate],
    pieces: Sequence[tuple[int, int]],
) -> None:
    """Give each quotation as a whole, marks included, to the candidate that claims most of it."""
    for start, end in pieces:
        claims = np.array([_claim(c, s, start, end) for c, s in zip(candidates, shares, strict=True)])
        if claims.max() >= QUOTED:
            piece = labels[:, start:end]
            piece[piece == CONTENT] = NOTHING
            labels[claims.argmax(), start:end] = CONTENT


def _claim(candidate: Candidate, shares: NDArray[np.float32], start: int, end: int) -> float:
    """The mean probability that a quotation's words are the candidate's content, of those that it looked at."""
    low = max(start + 1, candidate.first)
    high = min(end - 1, candidate.first + len(candidate.shares))
    if low >= high or start <= candidate.anchor < end:
        return 0.0
    return float(shares[low:high, CONTENT].mean())


def _best_source(labels: NDArray[np.int8], shares: NDArray[np.float32]) -> Flags:
    """The run of source units that the model is surest of: a statement has one source."""
    best = np.zeros(len(labels), dtype=bool)
    runs = _runs(labels == SOURCE)
    if runs:
        start, end = max(runs, key=lambda run: float(shares[run[0] : run[1], SOURCE].sum()))
        best[start:end] = True
    return best


def _evidence(
    candidate: Candidate, shares: NDArray[np.float32], content: Flags, source: Flags, between: Flags
) -> Floats:
    """What the confidence of a candidate is computed from, in the order of `EVIDENCE`."""
    named = bool(source.any())
    return np.array(
        [
            _logit(candidate.likely),
            _logit(candidate.stands),
            _logit(float(shares[content, CONTENT].mean())),
            _logit(float(shares[source, SOURCE].mean())) if named else 0.0,
            float(not named),
            float(between[content].mean()),
        ]
    )


def _logit(share: float) -> float:
    held = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(held / (1 - held))


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _spans(encoded: Encoded, flags: Flags) -> Spans:
    return tuple((int(encoded.spans[a, 0]), int(encoded.spans[b - 1, 1])) for a, b in _runs(flags))
