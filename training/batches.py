"""Windows of articles as tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from detente.language.attribution import AFTER, BEFORE
from detente.language.encoder import LONGEST, Window, pieces_of, windows
from training.corpus import UNKNOWN, Article
from training.model import AROUND

Items = list[tuple[Article, Window]]


@dataclass(frozen=True)
class Batch:
    """Some windows, padded to one length."""

    pieces: Tensor
    features: Tensor
    firsts: Tensor
    lengths: Tensor
    """Units in each window."""
    body: Tensor
    """Which units are in the window's body."""
    any: Tensor
    """For each unit 1.0 where it begins a cue, is part of any source, cue, content."""
    rows: Tensor
    anchors: Tensor
    labels: Tensor
    """For each cue in a body what the units around it are; UNKNOWN outside the window."""
    acts: Tensor
    """For each cue in a body its speech act, or UNKNOWN."""


def cut(articles: Sequence[Article], phases: np.random.Generator | None = None, size: int = LONGEST) -> Items:
    """The windows of all articles; with moved borders, and of at most `size` pieces, where `phases` is given."""

    def of(article: Article) -> Iterator[Window]:
        if phases is None:
            return windows(article.encoded)
        return windows(article.encoded, phase=float(phases.uniform(0.3, 1.0)), size=size, context=16)

    return [(article, window) for article in articles for window in of(article)]


def shuffled(items: Items, size: int, order: np.random.Generator) -> list[Items]:
    """All windows in groups of similar length, in random order."""
    mixed = [items[i] for i in order.permutation(len(items))]
    groups: list[Items] = []
    for i in range(0, len(mixed), size * 16):
        pool = sorted(mixed[i : i + size * 16], key=lambda item: item[1].end - item[1].start)
        groups += [pool[j : j + size] for j in range(0, len(pool), size)]
    return [groups[i] for i in order.permutation(len(groups))]


def collate(items: Sequence[tuple[Article, Window]]) -> Batch:
    """One batch of `items`."""
    inputs = [pieces_of(article.encoded, window) for article, window in items]
    longest = max(len(pieces) for pieces, _, _ in inputs)
    most = max(len(units) for _, _, units in inputs)
    shape = (len(items), longest)
    pieces, features = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    firsts, body = np.zeros((len(items), most), dtype=np.int64), np.zeros((len(items), most), dtype=bool)
    anything = np.zeros((len(items), most, 4), dtype=np.float32)
    rows, anchors, labels, acts = [], [], [], []
    for row, ((article, window), (some_pieces, some_features, units)) in enumerate(zip(items, inputs, strict=True)):
        pieces[row, : len(some_pieces)] = some_pieces
        features[row, : len(some_features)] = some_features
        firsts[row, : len(units)] = units
        body[row, window.body_start - window.start : window.body_end - window.start] = True
        for attribution in article.attributions:
            inside = (attribution.units >= window.start) & (attribution.units < window.end)
            at, what = attribution.units[inside] - window.start, attribution.labels[inside]
            anything[row, at, what] = 1.0
            if window.start <= attribution.anchor < window.end:
                anything[row, attribution.anchor - window.start, 0] = 1.0
            if window.body_start <= attribution.anchor < window.body_end:
                rows.append(row)
                anchors.append(attribution.anchor - window.start)
                acts.append(attribution.act)
                labels.append(_around(at - anchors[-1], what, anchors[-1], window.end - window.start))
    return Batch(
        pieces=torch.from_numpy(pieces),
        features=torch.from_numpy(features),
        firsts=torch.from_numpy(firsts),
        lengths=torch.tensor([window.end - window.start for _, window in items]),
        body=torch.from_numpy(body),
        any=torch.from_numpy(anything),
        rows=torch.tensor(rows, dtype=torch.int64),
        anchors=torch.tensor(anchors, dtype=torch.int64),
        labels=torch.from_numpy(np.stack(labels) if labels else np.zeros((0, AROUND), dtype=np.int64)),
        acts=torch.tensor(acts, dtype=torch.int64),
    )


def _around(offsets: np.ndarray, what: np.ndarray, anchor: int, length: int) -> np.ndarray:
    """Labels of the units around a cue, by slot."""
    labels = np.zeros(AROUND, dtype=np.int64)
    kept = (offsets >= -BEFORE) & (offsets < AFTER)
    labels[offsets[kept] + BEFORE] = what[kept]
    at = anchor + np.arange(-BEFORE, AFTER)
    labels[(at < 0) | (at >= length)] = UNKNOWN
    return labels
