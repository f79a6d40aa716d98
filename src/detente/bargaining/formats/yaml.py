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

An actor says capability, resolve and veto for all dimensions, or for one of them beside position and salience. A cell
may name its `proxies`, the fields that were counted from texts, and have `grounds`, the statements that it rests on:

    Netherlands:
      year:
        position: 4
        salience: 0.8
        proxies: salience
        grounds:
          - {statement: d1/s4, speaker: The minister, date: 2001-05-02, source: The Courier, sentence: "..."}
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import yaml

from detente.bargaining.issue import CELL, Field, Ground, Issue, Scale
from detente.bargaining.sheet import Line, Mark, Place, Sheet
from detente.errors import one_line

_FOR_ALL: Final[tuple[Field, ...]] = ("capability", "resolve", "veto", "capability_sd")
_BESIDE: Final = ("proxies", "grounds")
"""What a cell has beside its fields."""
_GROUND: Final = ("statement", "speaker", "date", "source", "url", "sentence", "position")
_NEEDED: Final = ("statement", "sentence")

_WIDTH: Final = 120


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
            said = dict(_pairs(found, parts[name], f"{key.text} on {name}", (*CELL, *_BESIDE)))
            own = {field: _scalar(found, said[field]) for field in CELL if field in said}
            found.add(Mark(key.text, _place(parts[name])), Mark(name, key.place), {**for_all, **own})
            if "proxies" in said:
                found.proxies[key.text, name] = _scalar(found, said["proxies"])
            if "grounds" in said:
                found.grounds[key.text, name] = tuple(_grounds(found, said["grounds"]))


def _grounds(found: Sheet, node: yaml.Node) -> Iterator[Ground]:
    """The statements that a cell rests on."""
    if not isinstance(node, yaml.SequenceNode):
        found.fault(_place(node), "grounds are a list of statements, each on lines that begin with `- statement:`")
        return
    for item in node.value:
        said = {name: _scalar(found, value) for name, value in _pairs(found, item, "a ground", _GROUND)}
        missing = [name for name in _NEEDED if name not in said or not said[name].text]
        if missing:
            found.fault(_place(item), f"a ground without {' and '.join(missing)}; give both")
            continue
        texts = {name: mark.text or None for name, mark in said.items()}
        at = said["position"] if texts.get("position") else None
        yield Ground(
            statement=said["statement"].text,
            speaker=texts.get("speaker") or "",
            date=texts.get("date"),
            source=texts.get("source") or "",
            url=texts.get("url"),
            sentence=said["sentence"].text,
            position=found.number(at, "position") if at is not None else None,
        )


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


def text(issue: Issue, remarks: Sequence[str] = ()) -> str:
    """An issue as this format has it, from which it is read again as it was; `remarks` are lines at its beginning."""
    top: dict[str, Any] = {"title": issue.title} if issue.title else {}
    if issue.quota is not None:
        top["quota"] = _plain(issue.quota)
    top["dimensions"] = {}
    for line in issue.dimensions:
        said: dict[str, Any] = {"title": line.title} if line.title != line.name else {}
        if line.scale.declared:
            said["scale"] = _points(line.scale)
        if line.status_quo is not None:
            said["status quo"] = _plain(line.status_quo)
        top["dimensions"][line.name] = said
    top["actors"] = {}
    for i, actor in enumerate(issue.actors):
        row: dict[str, Any] = {"title": actor.title} if actor.title != actor.name else {}
        for j, line in enumerate(issue.dimensions):
            if issue.present[i, j]:
                row[line.name] = _cell(issue, (i, j))
        top["actors"][actor.name] = row
    head = "".join(f"# {one_line(remark)}\n" for remark in remarks)
    return head + yaml.dump(top, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)


def _cell(issue: Issue, at: tuple[int, int]) -> dict[str, Any]:
    """A cell, without what it does not state; an empty capability keeps its place for who fills it in."""
    cell: dict[str, Any] = {
        "position": _plain(issue.position[at]),
        "salience": _plain(issue.salience[at]),
        "capability": _plain(issue.capability[at]) if issue.capability_stated else None,
    }
    if not math.isnan(issue.resolve[at]):
        cell["resolve"] = _plain(issue.resolve[at])
    if issue.veto[at]:
        cell["veto"] = True
    for name in ("position_sd", "salience_sd", "capability_sd"):
        if value := getattr(issue, name)[at]:
            cell[name] = _plain(value)
    if proxies := issue.proxies.get(at):
        cell["proxies"] = " ".join(name for name in CELL if name in proxies)
    if grounds := issue.grounds.get(at):
        cell["grounds"] = [_ground(ground) for ground in grounds]
    return cell


def _ground(ground: Ground) -> dict[str, Any]:
    said = {name: getattr(ground, name) for name in _GROUND}
    if ground.position is not None:
        said["position"] = _plain(ground.position)
    return {name: value for name, value in said.items() if value not in (None, "")}


def _points(scale: Scale) -> dict[int | float, str] | list[int | float]:
    """A scale by its labelled points and its ends."""
    labels = dict(scale.labels)
    if not labels:
        return [_plain(scale.low), _plain(scale.high)]
    return {_plain(point): labels.get(point, "") for point in sorted({scale.low, scale.high, *labels})}


def _plain(value: float) -> int | float:
    """A number as somebody would write it: 40, not 40.0."""
    value = float(value)
    return int(value) if value.is_integer() else value


class _Dumper(yaml.SafeDumper):
    """Writes nothing for what is not stated, lists below their names further in, and no references."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def replaced(text: str, place: Place, value: str) -> str:
    """A YAML text with another value where the single one at `place` stands."""
    nodes = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.ScalarNode) and _place(node) == place:
            # Where nothing stood, as after `capability:`, a name's colon wants a space behind it.
            space = " " if node.start_mark.index == node.end_mark.index and value else ""
            return text[: node.start_mark.index] + space + value + text[node.end_mark.index :]
    raise ValueError(f"no single value at {place}")
