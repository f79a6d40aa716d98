"""What is drawn of a forecast: each class with its chance and, hollow, its base rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import ExtraError
from detente.forecasting.outlook import Forecast, side

if TYPE_CHECKING:
    import altair


def chances(found: Forecast) -> altair.VConcatChart:
    """The chances of a forecast, from 0 to 1. Raises `ExtraError` where altair is not installed."""
    try:
        import altair as alt
    except ImportError as error:
        raise ExtraError("altair is not installed; get it with: pip install 'detente[plots]'") from error
    rows = [
        {"kind": chance.kind.replace("_", " "), "what": what, "chance": value}
        for chance in found.chances
        for what, value in (("forecast", chance.probability), ("base rate", chance.base))
    ]
    order = [chance.kind.replace("_", " ") for chance in found.chances]
    data = alt.Chart(alt.InlineData(values=rows))
    x = alt.X("chance:Q", title="at least one deed", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    y = alt.Y("kind:N", title=None, sort=order)
    shown = alt.Scale(domain=["forecast", "base rate"], range=["#000000", "#FFFFFF"])
    marks = data.mark_point(filled=True, size=110, stroke="#000000", opacity=1).encode(
        x=x, y=y, fill=alt.Fill("what:N", title=None, scale=shown), description="what:N"
    )
    lines = data.mark_line(color="#8C8C8C").encode(x=x, y=y, detail="kind:N")
    title = f"{side(found.source)} towards {side(found.target)}, {found.day} to {found.last}"
    return alt.vconcat((lines + marks).properties(width=520, title=title))
