"""From the trained model to the file that is shipped: one ONNX graph in eight bits."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from detente.language.attribution import CONTENT
from training.model import Acts, Deeds, Model, padding

DYADS = ("dyad_pieces", "dyad_features", "dyad_marks")
INPUTS = ("pieces", "features", "firsts", "body", "threshold", *DYADS)
OUTPUTS = ("anchors", "likely", "stands", "shares", "acts", "deeds")


class Shipped(nn.Module):
    """What the graph computes: one window in, the cues found and the parts of each out; marked pairs in, deeds out."""

    def __init__(self, model: Model, acts: Acts, deeds: Deeds) -> None:
        super().__init__()
        self.model, self.acts, self.deeds = model, acts, deeds

    def forward(
        self,
        pieces: Tensor,
        features: Tensor,
        firsts: Tensor,
        body: Tensor,
        threshold: Tensor,
        dyad_pieces: Tensor,
        dyad_features: Tensor,
        dyad_marks: Tensor,
    ) -> tuple[Tensor, ...]:
        """`body` holds the first unit that cues are looked for in and the one after the last.

        The dyads' inputs are (pairs, length) and have nothing to do with the window: only the embeddings are shared,
        and whoever asks for one of the two gives the other something short.
        """
        embedded = self.model.encoder.embedded(pieces[None], features[None])
        units = self.model.encoder.above(embedded, None)[:, firsts]
        at = torch.arange(firsts.shape[0])
        likely = torch.sigmoid(self.model.attribution.detect(units)[0, :, 0])
        likely = torch.where((at >= body[0]) & (at < body[1]), likely, 0.0)
        # The likeliest unit is always looked at: not every runtime's Reshape takes an empty batch.
        anchors = torch.nonzero(likely >= torch.minimum(threshold, likely.max())).squeeze(1)
        lengths = torch.full((1,), firsts.shape[0])
        rows = torch.zeros_like(anchors)
        labels, stands = self.model.attribution.parts(units, lengths, rows, anchors)
        shares = torch.softmax(labels, -1)
        acts = self.acts(embedded, None, firsts[None], lengths, rows, anchors, shares[:, :, CONTENT])
        read = self.deeds(self.model.encoder.embedded(dyad_pieces, dyad_features), padding(dyad_pieces), dyad_marks)
        return anchors, likely[anchors], torch.sigmoid(stands), shares, torch.softmax(acts, -1), torch.softmax(read, -1)


def export(model: Model, acts: Acts, deeds: Deeds, path: Path) -> None:
    """Write `model` and its branches for speech acts and deeds to `path`, with weights of eight bits."""
    shipped = Shipped(model, acts, deeds).eval()
    dyads, length = torch.export.Dim("dyads", min=1, max=512), torch.export.Dim("length", min=3, max=512)
    pieces, units = torch.export.Dim("pieces", min=3, max=512), torch.export.Dim("units", min=1, max=510)
    example = (
        torch.arange(1000, 1040),
        torch.zeros(40, dtype=torch.int64),
        torch.arange(1, 31),
        torch.tensor([2, 28]),
        torch.tensor(0.01),
        torch.arange(1000, 1060).view(3, 20),
        torch.zeros(3, 20, dtype=torch.int64),
        torch.arange(60).view(3, 20) % 3,
    )
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        whole = Path(folder) / "plain.onnx"
        torch.onnx.export(
            shipped,
            example,
            whole,
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_shapes=({0: pieces}, {0: pieces}, {0: units}, {}, {}, *[{0: dyads, 1: length}] * 3),
            external_data=False,
            verbose=False,
        )
        # Seven bits of the eight: with all of them, processors without VNNI overflow where they add products up.
        quantize_dynamic(
            whole,
            path,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )


def describe(path: Path, calibration: list[float], threshold: float, events: list[float]) -> None:
    """Write into the file what turns its output into confidences, and take out where the code that made it stood."""
    graph = onnx.load(path)
    for node in [*graph.graph.node, *(node for function in graph.functions for node in function.node)]:
        del node.metadata_props[:]
        node.doc_string = ""
    for part in [graph.graph, *graph.functions, *graph.graph.value_info, *graph.graph.initializer]:
        del part.metadata_props[:]
        part.doc_string = ""
    props = {"calibration": json.dumps(calibration), "threshold": str(threshold), "events": json.dumps(events)}
    onnx.helper.set_model_props(graph, props)
    onnx.save(graph, path)
