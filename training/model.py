"""The encoder and its attribution head.

The encoder is BERT's architecture with one addition: each piece also carries a feature (case, quotation, paragraph).
Its word embeddings stay as they were pre-trained, in eight bits a number, so that training sees what is shipped.

The head works in two steps. A detector marks the first unit of each cue. Then, for each cue found, a narrow transformer
over the units around it says what each is to this cue: source, cue, content or nothing; and whether the cue stands. So
broken contents and several attributions in a sentence need no special tagging.

The speech act is read by a short branch of its own above the embeddings: even the encoder's lower layers learn who
says what and forget what it does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from detente.language.attribution import ACTS, AFTER, BEFORE
from detente.language.dyads import DEEDS, MARKS, SOURCE, TARGET
from detente.language.encoder import FEATURES

WIDTH: Final = 384
LAYERS: Final = 6
DEED_LAYERS: Final = 5
"""Layers of the branch for deeds."""
BRANCH: Final = 2
"""Layers of the branch for speech acts."""
HEADS: Final = 12
INNER: Final = 1536
VOCABULARY: Final = 30_522
POSITIONS: Final = 512

AROUND: Final = BEFORE + AFTER


def narrowed() -> torch.autocast:
    """Sixteen bits where the processor multiplies them itself, else all 32: there, sixteen are fifty times as slow."""
    able = torch.cpu.get_capabilities()
    return torch.autocast("cpu", torch.bfloat16, enabled=bool(able.get("amx_bf16") or able.get("avx512_bf16")))


def thinned(x: Tensor, share: float) -> Tensor:
    """Dropout, from a random source that is four times as quick as torch's on a CPU; seeded by torch's."""
    random = np.random.Generator(np.random.SFC64(int(torch.randint(2**62, (1,)))))
    kept = torch.from_numpy(random.integers(0, 256, x.shape, dtype=np.uint8)) >= round(share * 256)
    return x * kept / (1 - share)


class Layer(nn.Module):
    """A transformer layer; `before` puts the normalisation before each part, else it comes after, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, before: bool = False) -> None:
        super().__init__()
        self.heads, self.dropout, self.before = heads, dropout, before
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` is (batch, length, width); `mask` (batch, 1, 1, length) is 0 where there is something, else very low."""
        if self.before:
            x = x + self._drop(self._attend(self.norm(x), mask))
            return x + self._drop(self._feed(self.norm2(x)))
        x = self.norm(x + self._drop(self._attend(x, mask)))
        fed: Tensor = self.norm2(x + self._drop(self._feed(x)))
        return fed

    def _drop(self, x: Tensor) -> Tensor:
        return thinned(x, self.dropout) if self.training else x

    def _feed(self, x: Tensor) -> Tensor:
        fed: Tensor = self.down(functional.gelu(self.up(x)))
        return fed

    def _attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        # Written out: on CPUs in bfloat16 this takes a third of the time of torch's fused attention, backward included.
        batch, length, width = x.shape
        size = width // self.heads
        qkv = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.reshape(3, batch * self.heads, length, size).unbind(0)
        scores = torch.bmm(q * size**-0.5, k.transpose(1, 2)).view(batch, self.heads, length, length)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        shares = scores.softmax(-1)
        seen = torch.bmm(shares.view(-1, length, length), v).view(batch, self.heads, length, size)
        mixed: Tensor = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        return mixed


class Encoder(nn.Module):
    """Pieces and features in, one vector a piece out."""

    words: Tensor
    scales: Tensor

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.dropout = dropout
        self.register_buffer("words", torch.zeros(VOCABULARY, WIDTH, dtype=torch.int8))
        self.register_buffer("scales", torch.zeros(VOCABULARY, 1))
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(layers))
        nn.init.zeros_(self.features.weight)

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        """Both are (batch, length); piece 0 is padding."""
        return self.above(self.embedded(pieces, features), padding(pieces))

    def embedded(self, pieces: Tensor, features: Tensor) -> Tensor:
        """What the lowest layer is given."""
        x = self.words[pieces].float() * self.scales[pieces]
        x = x + self.positions.weight[: pieces.shape[1]] + self.features(features)
        x = self.norm(x)
        return thinned(x, self.dropout) if self.training else x

    def above(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """What the layers make of embedded pieces."""
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Take over the weights of a BERT of this shape, of its lowest layers where this has fewer."""
        given = load_file(path)
        words = given["embeddings.word_embeddings.weight"]
        scales = words.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.words.copy_((words / scales).round().to(torch.int8))
        self.scales.copy_(scales)
        ours = self.state_dict()
        kind = given["embeddings.token_type_embeddings.weight"][0]
        ours["positions.weight"].copy_(given["embeddings.position_embeddings.weight"] + kind)
        for part in ("weight", "bias"):
            ours[f"norm.{part}"].copy_(given[f"embeddings.LayerNorm.{part}"])
        for i, layer in enumerate(self.layers):
            _take_over(layer, given, i)


def padding(pieces: Tensor) -> Tensor:
    """The mask that keeps layers from looking at padding."""
    return torch.where(pieces == 0, -1e4, 0.0)[:, None, None, :]


def _take_over(layer: nn.Module, given: dict[str, Tensor], number: int) -> None:
    """Give a layer the weights of a BERT's layer of this number, from 0."""
    ours, theirs = layer.state_dict(), f"encoder.layer.{number}."
    for part in ("weight", "bias"):
        triple = [given[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        ours[f"qkv.{part}"].copy_(torch.cat(triple))
        for mine, other in _NAMES.items():
            ours[f"{mine}.{part}"].copy_(given[f"{theirs}{other}.{part}"])


_NAMES: Final = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


class Attribution(nn.Module):
    """The head: cues first, then the parts of each."""

    def __init__(self, width: int = 256, heads: int = 4, layers: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        marks = nn.Linear(WIDTH, 4)
        self.detector = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout), marks)
        self.narrow = nn.Linear(WIDTH, width)
        self.cue = nn.Linear(WIDTH, width)
        self.slots = nn.Embedding(AROUND, width)
        self.layers = nn.ModuleList(Layer(width, heads, 2 * width, dropout, before=True) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.labels = nn.Linear(width, 4)
        self.stands = nn.Linear(width, 1)
        nn.init.normal_(self.slots.weight, std=0.02)
        # One unit in thirty begins a cue: starting from there saves the first hundred steps.
        nn.init.constant_(marks.bias, -3.0)

    def detect(self, units: Tensor) -> Tensor:
        """For each unit the logits: begins a cue; is part of any source, cue, content. (batch, units, 4)."""
        found: Tensor = self.detector(units)
        return found

    def parts(self, units: Tensor, lengths: Tensor, rows: Tensor, anchors: Tensor) -> tuple[Tensor, Tensor]:
        """For cue k, which begins at unit `anchors[k]` of row `rows[k]`: logits of the labels of the units around it,
        (cues, AROUND, 4), and of whether the cue stands, (cues,).
        """
        at, there = around(units, lengths, rows, anchors)
        x = self.narrow(units)[rows[:, None], at]
        x = x + self.slots.weight + self.cue(units[rows, anchors])[:, None, :]
        mask = torch.where(there, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = self.norm(x)
        return self.labels(x), self.stands(x[:, BEFORE]).squeeze(-1)


def around(units: Tensor, lengths: Tensor, rows: Tensor, anchors: Tensor) -> tuple[Tensor, Tensor]:
    """The units around each cue, and which of them there are, both (cues, AROUND)."""
    at = anchors[:, None] + torch.arange(-BEFORE, AFTER, device=units.device)
    there = (at >= 0) & (at < lengths[rows][:, None])
    return at.clamp(min=0, max=units.shape[1] - 1), there


class Acts(nn.Module):
    """The branch for speech acts."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, 0.1) for _ in range(BRANCH))
        self.named = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(3 * WIDTH, WIDTH),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(WIDTH, len(ACTS)),
        )

    def forward(
        self,
        embedded: Tensor,
        mask: Tensor | None,
        firsts: Tensor,
        lengths: Tensor,
        rows: Tensor,
        anchors: Tensor,
        content: Tensor,
    ) -> Tensor:
        """Logits of the acts of each cue, (cues, acts).

        `content` (cues, AROUND) says how much of each unit around a cue is its content.
        """
        x = embedded
        for layer in self.layers:
            x = layer(x, mask)
        units = x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))
        at, there = around(units, lengths, rows, anchors)
        near, share = units[rows[:, None], at], (content * there)[:, :, None]
        mean = (near * share).sum(1) / (share.sum(1) + 1e-4)
        most = torch.where(share > 0.5, near, -9.0).amax(1)
        named: Tensor = self.named(torch.cat([units[rows, anchors], mean, most], -1))
        return named

    def load_pretrained(self, path: Path) -> None:
        """Begin with the lowest layers of a BERT of this shape."""
        given = load_file(path)
        for i, layer in enumerate(self.layers):
            _take_over(layer, given, i)


class Deeds(nn.Module):
    """The branch for deeds: what a marked actor does to another."""

    def __init__(self, dropout: float = 0.1, layers: int = DEED_LAYERS) -> None:
        super().__init__()
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(layers))
        self.named = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(3 * WIDTH, WIDTH),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(WIDTH, len(DEEDS)),
        )
        nn.init.normal_(self.marks.weight, std=0.02)

    def forward(self, embedded: Tensor, mask: Tensor | None, marks: Tensor) -> Tensor:
        """Logits of the types for each pair, (pairs, types); `marks` (pairs, length) says whose each piece is."""
        x = embedded + self.marks(marks)
        for layer in self.layers:
            x = layer(x, mask)
        parts = [x[:, 0]]
        for side in (SOURCE, TARGET):
            share = (marks == side).to(x.dtype)[:, :, None]
            parts.append((x * share).sum(1) / (share.sum(1) + 1e-4))
        named: Tensor = self.named(torch.cat(parts, -1))
        return named

    def load_pretrained(self, path: Path) -> None:
        """Begin with the lowest layers of a BERT of this shape."""
        given = load_file(path)
        for i, layer in enumerate(self.layers):
            _take_over(layer, given, i)


class Model(nn.Module):
    """Encoder and head."""

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS, head_layers: int = 2) -> None:
        super().__init__()
        self.encoder = Encoder(dropout, layers)
        self.attribution = Attribution(dropout=dropout, layers=head_layers)

    def units(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> Tensor:
        """The vectors of the units: those of their first pieces."""
        x: Tensor = self.encoder(pieces, features)
        return x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))
