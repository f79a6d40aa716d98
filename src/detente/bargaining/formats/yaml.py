"""An issue as YAML, for tables that are written by hand:

    title: Emission standards
    quota: 0.7                      # share of capability that a decision needs; 1 is unanimity
    dimensions:
      year:
        title: Year of introduction
        scale: {4: four years from now, 10: ten years from now}
        status quo: 10
    actors:
      Netherlands:
        capability: 0.08
        year: {position: 4, salience: 0.8, position_sd: 1}

An actor says capability, resolve and veto for all dimensions, or for one of them beside position and salience.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import yaml

from detente.bargaining.issue import CELL, Field
from detente.bargaining.sheet import Line, Mark, Place, Sheet

_FOR_ALL: Final[tuple[Field, ...]] = ("capability", "resolve", "veto", "capability_sd")


def is_of(text: str) -> bool:
    """Whether a text may be in this format: it has a line that begins with `actors:`."""
    return any(line.startswith("actors:") for line in text.splitlines())


def sheet(name: str, text: str) -> Sheet:
    """What a text says."""
    found = Sheet(name)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        found.fault(place, f"is no YAML: {error.problem or error.context}")
        return found
    except (yaml.YAMLError, RecursionError) as error:
        found.fault(Place(1, 1), f"is no YAML: {error}")
        return found
    top = dict(_pairs(found, root, "the file", ("title", "quota", "dimensions", "actors")))
    found.title = _scalar(found, top["title"]).text if "title" in top else ""
    found.quota = _scalar(found, top["quota"]) if "quota" in top else None
    for wanted in ("dimensions", "actors"):
        if wanted not in top and not found.faults:
            found.fault(Place(1, 1), f"{wanted} are missing")
    if found.faults:
        return found
    for key, node in _named(found, top["dimensions"], "dimensions"):
        _dimension(found, key, node)
    for key, node in _named(found, top["actors"], "actors"):
        _actor(found, key, node)
    return found


def _dimension(found: Sheet, key: Mark, node: yaml.Node) -> None:
    parts = dict(_pairs(found, node, f"dimension {key.text}", ("title", "scale", "status quo")))
    line = found.lines[key.text] = Line(key)
    if key.text in ("title", *_FOR_ALL):
        found.fault(key.place, f"a dimension cannot be called {key.text}")
    if "title" in parts:
        line.title = _scalar(found, parts["title"]).text
    if "status quo" in parts:
        line.status_quo = _scalar(found, parts["status quo"])
    if "scale" in parts:
        scale = parts["scale"]
        if isinstance(scale, yaml.SequenceNode):
            line.ends = [(_scalar(found, item), "") for item in scale.value]
        else:
            line.ends = [(end, _scalar(found, label).text) for end, label in _named(found, scale, "a scale")]


def _actor(found: Sheet, key: Mark, node: yaml.Node) -> None:
    parts = dict(_pairs(found, node, f"actor {key.text}", ("title", *_FOR_ALL, *found.lines)))
    found.actors[key.text] = _scalar(found, parts["title"]).text if "title" in parts else ""
    for_all = {name: _scalar(found, parts[name]) for name in _FOR_ALL if name in parts}
    for name in found.lines:
        if name in parts:
            said = dict(_pairs(found, parts[name], f"{key.text} on {name}", CELL))
            own = {field: _scalar(found, said[field]) for field in CELL if field in said}
            found.add(Mark(key.text, _place(parts[name])), Mark(name, key.place), {**for_all, **own})


def _place(node: yaml.Node) -> Place:
    """Where a node begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _pairs(found: Sheet, node: yaml.Node | None, what: str, names: Iterable[str]) -> Iterator[tuple[str, yaml.Node]]:
    """The entries of a mapping by their names, which must be some of `names`."""
    allowed = [*names]
    for key, value in _named(found, node, what):
        if key.text in allowed:
            yield key.text, value
        else:
            found.fault(key.place, f"{what} has no {key.text!r}; there are {', '.join(allowed)}")


def _named(found: Sheet, node: yaml.Node | None, what: str) -> Iterator[tuple[Mark, yaml.Node]]:
    """The entries of a mapping, each name once."""
    if not isinstance(node, yaml.MappingNode):
        found.fault(_place(node) if node else Place(1, 1), f"{what}: names with values are wanted, like `name: value`")
        return
    seen: set[str] = set()
    for key, value in node.value:
        mark = _scalar(found, key)
        if mark.text in seen:
            found.fault(mark.place, f"{mark.text} stands twice")
        else:
            seen.add(mark.text)
            yield mark, value


def _scalar(found: Sheet, node: yaml.Node) -> Mark:
    if isinstance(node, yaml.ScalarNode):
        text = "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
        return Mark(text, _place(node))
    found.fault(_place(node), "a single value is wanted here")
    return Mark("", _place(node))


def replaced(text: str, place: Place, value: str) -> str:
    """A YAML text with another value where the single one at `place` stands."""
    nodes = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.ScalarNode) and _place(node) == place:
            return text[: node.start_mark.index] + value + text[node.end_mark.index :]
    raise ValueError(f"no single value at {place}")
