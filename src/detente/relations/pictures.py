"""What is drawn of a relation and of a network: their numbers as `curve` and `sociogram` want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente import days
from detente.ledger import Ledger
from detente.relations import curve, sociogram
from detente.relations.parties import called
from detente.relations.relation import Change, Relation, deeds
from detente.relations.snapshots import Snapshot

if TYPE_CHECKING:
    import altair

_MOST_DEEDS: Final = 5000
"""More would be one dark band; then the means alone are drawn."""

_MOST_PARTIES: Final = 60
"""More cannot be told apart on a page; then those with the strongest ties are drawn."""


def relation(ledger: Ledger, found: Relation) -> altair.VConcatChart:
    """A relation over time: its deeds, their mean, what changed, and what was read. Raises as `curve.picture`."""
    past = found.history
    first, second = past.chosen.first.name, past.chosen.second
    there = (first, second.name) if second else (f"Among {first}", "each other")
    back = there[::-1] if second else there
    told = [*deeds(ledger, past)] if found.tone.count <= _MOST_DEEDS else []
    title = f"{first} – {second.name}" if second else f"Among {first}"
    return curve.picture(
        f"{title}: {found.tone.count} deeds by {past.by}, intensity on the scale {past.scale or 'plover'}"
        + ("" if told or not found.tone.count else ", too many to draw each"),
        [
            curve.Period(
                start=period.start,
                end=days.end(past.by, period.start),
                documents=period.documents,
                mean=tone.value,
                low=tone.low,
                high=tone.high,
            )
            for period, tone in zip(past.periods, found.tones, strict=True)
        ],
        [
            curve.Deed(
                day=deed.first,
                source=(there if deed.forth else back)[0],
                target=(there if deed.forth else back)[1],
                intensity=deed.intensity,
                quad=deed.quad,
                label=f"{deed.source} {deed.type} {deed.target}: {deed.evidence}",
            )
            for deed in told
            if deed.intensity is not None and deed.quad is not None
        ],
        [curve.Break(at=change.at, by_exposure=change.by_exposure, label=_label(change)) for change in found.changes],
    )


def network(found: Snapshot) -> altair.VConcatChart:
    """The signed network of a time, and what it rests on. Raises as `sociogram.picture`."""
    parties = sorted(found.network.standings(), key=lambda one: (-one.warmth - one.hostility, one.party))
    drawn = {one.party: one for one in parties[:_MOST_PARTIES]}
    brokers = {broker.party for broker in found.network.brokers}
    number = len(found.network.parties)
    some = f", the {_MOST_PARTIES} of {number} parties with the strongest ties" if number > len(drawn) else ""
    return sociogram.picture(
        f"Who stood with whom from {found.first} to {found.last}{some}",
        [
            sociogram.Node(
                id=one.party,
                name=called(one.party),
                pole=None if one.pole is None else f"pole {one.pole + 1}",
                broker=one.party in brokers,
            )
            for one in drawn.values()
        ],
        [
            sociogram.Tie(edge.party, edge.other, edge.weight)
            for edge in found.network.edges()
            if edge.party in drawn and edge.other in drawn
        ],
        sociogram.Exposure(found.read.documents, found.read.outlets),
    )


def _label(change: Change) -> str:
    if change.of == "tone":
        return f"intensity {change.before:+.1f} to {change.after:+.1f}"
    return f"deeds {change.before:.0f} to {change.after:.0f}" + ("" if change.by_exposure else " per 1,000 documents")
