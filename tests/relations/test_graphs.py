"""A network as a file has the same parties and edges as the network, whatever the parties are called."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import igraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import InputError, Ledger
from detente.relations import graphs
from detente.relations.graphs import EDGES, NODES, export_graph, gexf
from detente.relations.network import Network, Tie, network
from tests.relations.told import event, ledger, reading

SPACE = {"": "http://gexf.net/1.3"}

HOSTILE = ["<b>&\"'", "]]>", "a\tb", "a\nb", "a\rb", "\x00", "\x1b[2J", "\ufffe", "=cmd()", "👩‍👧", " ", "&#0;"]

_names = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
ties = st.lists(
    st.builds(
        lambda source, target, deeds, mean: Tie(source, target, deeds, 1, mean * (deeds + 1)),
        _names,
        _names,
        st.integers(0, 50),
        st.floats(-10, 10),
    ),
    max_size=8,
)


def camps() -> Network:
    """Two hostile pairs, somebody between, and a pair whose deeds cancel out."""
    friends = [("USA", "GBR"), ("RUS", "BLR"), ("IND", "USA"), ("IND", "RUS")]
    foes = [("USA", "RUS"), ("GBR", "BLR"), ("USA", "BLR"), ("GBR", "RUS")]
    made = [Tie(*pair, 40, 0, 400.0) for pair in friends] + [Tie(*pair, 0, 40, -360.0) for pair in foes]
    return network([*made, Tie("EGY", "SDN", 1, 1, 0.0)])


def gexf_of(found: Network) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], dict[str, str]]]:
    """Nodes by id and edges by ends of a GEXF document, with what each tells."""
    root = ElementTree.fromstring(gexf(found, "title"))
    names = {a.get("id"): a.get("title") for a in root.iterfind(".//attribute", SPACE)}

    def told(element: ElementTree.Element) -> dict[str, str]:
        values = {names[v.attrib["for"]]: v.attrib["value"] for v in element.iterfind("attvalues/attvalue", SPACE)}
        return dict(element.attrib) | {str(name): value for name, value in values.items()}

    return (
        {node.attrib["id"]: told(node) for node in root.iterfind("graph/nodes/node", SPACE)},
        {(e.attrib["source"], e.attrib["target"]): told(e) for e in root.iterfind("graph/edges/edge", SPACE)},
    )


def graphml_of(found: Network, file: Path) -> igraph.Graph:
    graphs.graph(found).write_graphml(str(file))
    return igraph.Graph.Read_GraphML(str(file))


def test_nodes_and_edges_tell_what_the_network_does(tmp_path: Path) -> None:
    found = camps()
    nodes, edges = gexf_of(found)
    assert nodes["IND"] == {
        "id": "IND", "label": "India", "community": nodes["IND"]["community"], "pole": "0", "broker": "true",
        "cooperation": "80", "conflict": "0", "warmth": nodes["IND"]["warmth"], "hostility": "0.0",
    }  # fmt: skip
    poles = {id: node["pole"] for id, node in nodes.items()}
    assert poles["USA"] == poles["GBR"] != poles["RUS"] == poles["BLR"]
    assert poles["EGY"] == "0"
    signs = {ends: (edge["sign"], float(edge["weight"]) >= 0) for ends, edge in edges.items()}
    assert signs["RUS", "USA"] == ("-1", True)
    assert signs["GBR", "USA"] == ("1", True)
    assert (edges["EGY", "SDN"]["weight"], edges["EGY", "SDN"]["sign"]) == ("0.0", "0")
    back = graphml_of(found, tmp_path / "net.graphml")
    assert not back.is_directed()
    assert {*back.vs.attributes()} >= {"party", *NODES}
    assert {*back.es.attributes()} >= {*EDGES}
    assert back.vs.find(party="IND")["label"] == "India"


@given(made=ties)
def test_every_party_and_edge_is_there_whatever_it_is_called(
    tmp_path_factory: pytest.TempPathFactory, made: list[Tie]
) -> None:
    found = network(made)
    expected = {(edge.party, edge.other): edge.weight for edge in found.edges()}
    nodes, edges = gexf_of(found)
    assert len(nodes) == len(found.parties)
    assert sorted(float(edge["signed"]) for edge in edges.values()) == sorted(expected.values())
    assert all(set(ends) <= set(nodes) for ends in edges)
    back = graphml_of(found, tmp_path_factory.getbasetemp() / "net.graphml")
    assert len(set(back.vs["party"])) == len(found.parties) if found.parties else back.vcount() == 0
    for edge in back.es:
        assert edge["weight"] == abs(edge["signed"])
        assert edge["sign"] == (edge["signed"] > 0) - (edge["signed"] < 0)
    assert sorted(back.es["signed"] if expected else []) == pytest.approx(sorted(expected.values()))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_a_graph_of_a_ledger_has_a_manifest_and_the_same_bytes_each_time(tmp_path: Path, format: graphs.Format) -> None:
    deeds = [event(1, "AID", ["USA"], ["UKR"]), event(2, "ASSAULT", ["RUS"], ["UKR"])]
    made = ledger(tmp_path / "a.duckdb", reading("d1", *deeds))
    ledger(made, reading("d2", event(1, "AID", ["FRA"], ["DEU"])), dataset="counts")
    with Ledger(made, read_only=True) as opened:
        file, again = tmp_path / "net", tmp_path / "again"
        manifest = export_graph(opened, format, file, since="2024")
        assert export_graph(opened, format, again, since="2024").sha256 == manifest.sha256
        assert b"Ukraine" in file.read_bytes() and b"France" not in file.read_bytes()
        assert (manifest.rows, manifest.inputs.documents) == (2, 1)
        beside = json.loads((tmp_path / "net.manifest.json").read_bytes())
        assert beside["parameters"] == {
            "command": "export", "format": format, "since": "2024", "until": None,
            "first": "2024-01-01", "last": beside["parameters"]["last"],
        }  # fmt: skip
        export_graph(opened, format, file, dataset="counts")
        assert b"France" in file.read_bytes() and b"Ukraine" not in file.read_bytes()
        with pytest.raises(InputError, match="other: is no data set of this ledger"):
            export_graph(opened, format, file, dataset="other")
