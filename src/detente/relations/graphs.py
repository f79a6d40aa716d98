"""The signed network of a time as a file for Gephi and other programs for graphs: GraphML or GEXF.

Nodes are the parties, undirected edges what two of them did to each other. Layouts go by `weight` and want none
below 0: so `weight` is how strong an edge is, `sign` whether it is cooperation (1), conflict (-1) or both alike (0),
and `signed` the weight of `relations.network`, in −1 … 1.

GraphML is written by igraph, GEXF here, to version 1.3 of its schema (https://gexf.net).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal
from xml.etree import ElementTree

import igraph

from detente.ledger import Ledger
from detente.ledger.formats import TEXTS
from detente.ledger.manifest import Manifest, export
from detente.relations.network import Network
from detente.relations.parties import called
from detente.relations.snapshots import snapshot

Format = Literal["graphml", "gexf"]

NODES: Final[Mapping[str, str]] = {
    "label": "string",
    "community": "integer",
    "pole": "integer",
    "broker": "boolean",
    "cooperation": "integer",
    "conflict": "integer",
    "warmth": "double",
    "hostility": "double",
}
"""What a node tells, by GEXF's types. Communities and poles are counted from 1; pole 0 is none."""

EDGES: Final[Mapping[str, str]] = {
    "weight": "double",
    "sign": "integer",
    "signed": "double",
    "cooperation": "integer",
    "conflict": "integer",
}
"""What an edge tells, by GEXF's types."""

_FORBIDDEN: Final = re.compile("[\x00-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold, escaped or not, and what its readers make others of (tabs and ends of lines)."""


def export_graph(
    ledger: Ledger,
    format: Format,
    file: Path,
    *,
    since: str | None = None,
    until: str | None = None,
    dataset: str | None = None,
) -> Manifest:
    """Write the network of one time, or of all that was read, to `file`, with its manifest; its rows are the edges.

    None stands for the texts that were read. Raises as `snapshots.snapshot` and `export`.
    """
    found = snapshot(ledger, since=since, until=until, datasets=[dataset or TEXTS])
    title = f"Who stood with whom from {found.first} to {found.last}: {found.read.documents} documents read"

    def write(new: Path) -> int:
        if format == "graphml":
            graph(found.network).write_graphml(str(new))
        else:
            new.write_bytes(gexf(found.network, title))
        return len(found.network.weight)

    return export(
        ledger,
        file,
        write,
        columns=("source", "target", *EDGES),
        dataset=dataset,
        parameters={
            "command": "export",
            "format": format,
            "since": since,
            "until": until,
            "first": found.first,
            "last": found.last,
        },
        left_out={},
    )


def graph(network: Network) -> igraph.Graph:
    """A network as a graph of igraph, with `NODES` and `EDGES` and the parties' ids as `party`."""
    nodes, edges = _nodes(network), _edges(network)
    return igraph.Graph(
        len(network.parties),
        network.ends,
        vertex_attrs={name: [node[name] for node in nodes] for name in ("party", *NODES)},
        edge_attrs={name: [edge[name] for edge in edges] for name in EDGES},
    )


def gexf(network: Network, title: str) -> bytes:
    """A network as a document of GEXF 1.3; a node's id is that of its party."""
    root = ElementTree.Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(meta, "creator").text = "detente"
    ElementTree.SubElement(meta, "description").text = title
    made = ElementTree.SubElement(root, "graph", {"mode": "static", "defaultedgetype": "undirected"})
    # A label and a weight are GEXF's own.
    told = {"node": [name for name in NODES if name != "label"], "edge": [name for name in EDGES if name != "weight"]}
    for of, kinds in (("node", NODES), ("edge", EDGES)):
        attributes = ElementTree.SubElement(made, "attributes", {"class": of, "mode": "static"})
        for name in told[of]:
            ElementTree.SubElement(attributes, "attribute", {"id": name, "title": name, "type": kinds[name]})
    nodes = ElementTree.SubElement(made, "nodes")
    for row in _nodes(network):
        node = ElementTree.SubElement(nodes, "node", {"id": row["party"], "label": row["label"]})
        _tell(node, row, told["node"])
    edges = ElementTree.SubElement(made, "edges")
    for number, row in enumerate(_edges(network)):
        ends = {"id": str(number), "source": row["source"], "target": row["target"], "weight": _text(row["weight"])}
        _tell(ElementTree.SubElement(edges, "edge", ends), row, told["edge"])
    ElementTree.indent(root)
    whole: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _tell(element: ElementTree.Element, row: Mapping[str, Any], names: Sequence[str]) -> None:
    values = ElementTree.SubElement(element, "attvalues")
    for name in names:
        ElementTree.SubElement(values, "attvalue", {"for": name, "value": _text(row[name])})


def _text(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _nodes(network: Network) -> list[dict[str, Any]]:
    brokers = {broker.party for broker in network.brokers}
    return [
        {
            "party": _legal(one.party),
            "label": _legal(called(one.party)),
            "community": one.community + 1,
            "pole": 0 if one.pole is None else one.pole + 1,
            "broker": one.party in brokers,
            "cooperation": one.cooperation,
            "conflict": one.conflict,
            "warmth": one.warmth,
            "hostility": one.hostility,
        }
        for one in network.standings()
    ]


def _edges(network: Network) -> list[dict[str, Any]]:
    return [
        {
            "source": _legal(edge.party),
            "target": _legal(edge.other),
            "weight": abs(edge.weight),
            "sign": edge.sign,
            "signed": edge.weight,
            "cooperation": edge.cooperation,
            "conflict": edge.conflict,
        }
        for edge in network.edges()
    ]


def _legal(text: str) -> str:
    r"""A text as XML can hold it: what it cannot is written by its number, as \u0000, so that no two become alike."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
