"""How every picture looks, and how it is saved; drawn by Altair.

A picture can be read without colour: shape, filling and dashes say the same. The colours are Okabe and Ito's (Color
Universal Design, jfly.uni-koeln.de/color, 2008) and ColorBrewer's (Harrower and Brewer 2003), made to be told apart by
people who see no difference between red and green. For black and white print they differ in lightness (CIE L*, of a
hundred) as well: classes of deeds by ten, the two kinds of tie by fifteen, poles by five.

Names and labels come from texts of anybody. They stand in a picture as they are, on one line and cut where they are
long; none is taken for code, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from detente.errors import ExtraError, InputError, one_line

if TYPE_CHECKING:
    import altair

Datasets = dict[str, list[dict[str, Any]]]
"""The rows that a picture shows, by the names that its marks have for them."""

BLACK: Final = "#000000"
GREY: Final = "#595959"
SILVER: Final = "#8C8C8C"
PALE: Final = "#E6E6E6"
WHITE: Final = "#FFFFFF"

POLES: Final = (
    ("#08519C", "circle"),
    ("#F0E442", "square"),
    ("#238B45", "triangle-up"),
    ("#E69F00", "diamond"),
    ("#252525", "triangle-down"),
    ("#9ECAE1", "cross"),
    ("#8C510A", "triangle-right"),
    ("#CC79A7", "triangle-left"),
)
"""Colour and shape of a pole, from the first; a ninth pole begins anew, and only its place tells it apart."""

LINE: Final = 14
"""Height in pixels of a line of small text."""

_CHARACTER: Final = 6.6
"""Width in pixels that is kept for a letter of the small text; capitals, m and w get more."""

_LABEL: Final = 40
"""Characters of a label that are shown."""

_CONFIG: Final[dict[str, Any]] = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelColor": BLACK, "titleColor": BLACK, "titleFontWeight": "normal", "gridColor": PALE},
    "legend": {"labelLimit": 0, "titleLimit": 0, "titleFontWeight": "normal", "symbolLimit": 0, "symbolOpacity": 1},
    "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": GREY, "limit": 0},
}


def save(chart: altair.VConcatChart, path: Path) -> None:
    """Write a picture, as SVG or as PNG of twice its size in pixels, by the ending of `path`.

    The same picture gives the same bytes of SVG, whatever theme Altair is told to use; a PNG takes its letters from the
    fonts of the machine. Nothing is fetched: a chart made elsewhere that asks for data or images from an address is
    refused. Raises `InputError` for that, where the ending is another or the file cannot be written, and `ExtraError`
    where vl-convert is not installed.
    """
    ending = path.suffix.lower()
    if ending not in (".svg", ".png"):
        raise InputError(str(path), f"ends in {ending or 'nothing'}; let it end in .svg or .png")
    drawing = svg(chart, str(path))
    import vl_convert

    try:
        path.write_bytes(drawing.encode() if ending == ".svg" else vl_convert.svg_to_png(drawing, scale=2))
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error


def svg(chart: altair.VConcatChart, name: str) -> str:
    """A picture as SVG, which fetches nothing. Raises as `save`, with `name` for what it is drawn for."""
    need("vl_convert")
    import altair
    import vl_convert

    with altair.theme.enable("none"):
        # What the functions above make is valid, and to look again costs a second where deeds are many.
        drawing = chart.to_dict(validate=False)
    version = "_".join(altair.SCHEMA_VERSION.split(".")[:2])
    try:
        drawn: str = vl_convert.vegalite_to_svg(drawing, vl_version=version, allowed_base_urls=[])
    except ValueError as error:
        raise InputError(name, f"cannot be drawn: {shortened(str(error), 200)}") from error
    # What is allowed holds for data alone: images would be fetched when the SVG is made into pixels, or looked at.
    if "<image" in drawn:
        raise InputError(name, "cannot be drawn: the chart shows an image, and nothing is fetched; leave it out")
    return drawn


def page(chart: altair.VConcatChart, title: str, key: Sequence[str], datasets: Datasets) -> altair.VConcatChart:
    """A chart as it is shown: under its title and the lines of its key, with its rows by the names of datasets."""
    import altair as alt

    lines = wrap(shortened(title, 200), 90) or [""]
    return _configured(chart.properties(title=alt.Title(lines, subtitle=[*key], offset=12)), datasets, WHITE)


def bare(chart: altair.VConcatChart, datasets: Datasets) -> altair.VConcatChart:
    """A chart on the ground of a page that says what it is."""
    return _configured(chart, datasets, "transparent")


def _configured(chart: altair.VConcatChart, datasets: Datasets, background: str) -> altair.VConcatChart:
    shown = chart.properties(config=_CONFIG | {"background": background})
    # Altair looks through rows that are given to a chart, and copies them, at every step.
    shown.datasets = datasets
    return shown


def drawn(dataset: str) -> altair.Chart:
    """A chart of the rows that `page` gets under this name."""
    import altair as alt

    return alt.Chart(alt.NamedData(dataset))


def scaled(channel: Any, field: str, domain: Iterable[str], marks: Iterable[Any]) -> Any:
    """The channel that shows `field` by the mark that each value of the domain has, with its legend."""
    import altair as alt

    scale = alt.Scale(domain=[*domain], range=[*marks])
    return channel(f"{field}:N", scale=scale, title=field)


def told_apart(names: Iterable[str], length: int = _LABEL) -> dict[str, str]:
    """Each name as it is shown; those that are alike once they are cut get a number."""
    shown: dict[str, str] = {}
    for name in names:
        label, number = shortened(name, length), 1
        while label in shown.values():
            number += 1
            label = f"{shortened(name, length - 5)} ({number})"
        shown[name] = label
    return shown


def shortened(text: str, length: int = _LABEL) -> str:
    """`text` on one line, cut where it is longer than `length`."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def room(label: str) -> float:
    """Pixels that a label of small text may need. Capitals are wide, Chinese and the like are twice as wide."""
    return LINE + _CHARACTER * sum(
        2 if east_asian_width(letter) in "WF" else 1.4 if letter.isupper() or letter in "mw@%" else 1
        for letter in label
    )


def need(package: str) -> None:
    """Raise `ExtraError` where a package that pictures need is not installed."""
    try:
        import_module(package)
    except ImportError as error:
        raise ExtraError(f"{package} is not installed; get it with: pip install 'detente[plots]'") from error
