"""PLOVER's vocabulary: quad class, score and modes of each event type, and the sectors.

Facts from the PLOVER manual of 2024 (openeventdata/PLOVER, PLOVER_MANUAL.tex). ACCUSE's score is printed there without
its sign; one of the manual's tables puts SANCTION among verbal conflict, its own section among material, which is
followed here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from detente.records import EventType, Quad


class TypeInfo(NamedTuple):
    """What PLOVER says of an event type. `modes` maps each mode to its own score, None where it has none."""

    quad: Quad
    score: float
    modes: MappingProxyType[str, float | None]


def _info(quad: Quad, score: float, **modes: float | None) -> TypeInfo:
    return TypeInfo(quad, score, MappingProxyType({name.rstrip("_").replace("_", "-"): s for name, s in modes.items()}))


_VERBAL_COOPERATION: Final = "verbal_cooperation"
_MATERIAL_COOPERATION: Final = "material_cooperation"
_VERBAL_CONFLICT: Final = "verbal_conflict"
_MATERIAL_CONFLICT: Final = "material_conflict"

TYPES: Final[MappingProxyType[EventType, TypeInfo]] = MappingProxyType(
    {
        "AGREE": _info(_VERBAL_COOPERATION, 2.5),
        "CONSULT": _info(_VERBAL_COOPERATION, 2.5, visit=4, third_party=1, multilateral=4, phone=1.5),
        "SUPPORT": _info(_VERBAL_COOPERATION, 5),
        "CONCEDE": _info(_VERBAL_COOPERATION, 4.5),
        "COOPERATE": _info(_MATERIAL_COOPERATION, 9.5),
        "AID": _info(_MATERIAL_COOPERATION, 10),
        "RETREAT": _info(
            _MATERIAL_COOPERATION,
            6.5,
            withdraw=8,
            release=6.5,
            disarm=10,
            ceasefire=7.5,
            access=6.5,
            resign=4.5,
        ),
        "REQUEST": _info(_VERBAL_CONFLICT, 0, assist=0.5, change=-1, yield_=-1, meet=0),
        "ACCUSE": _info(_VERBAL_CONFLICT, -3, disapprove=-2, investigate=-3.5, allege=-3.5),
        "REJECT": _info(_VERBAL_CONFLICT, -2, assist=-1.5, change=-2, yield_=-2, meet=-2),
        "THREATEN": _info(
            _VERBAL_CONFLICT,
            -3.5,
            restrict=-3,
            arrest=-3.5,
            relations=-3.5,
            expel=-3.5,
            territory=-4,
            violence=-3.5,
        ),
        "PROTEST": _info(
            _MATERIAL_CONFLICT,
            -5,
            demo=-5,
            riot=-7,
            strike=-5,
            hunger=-4.5,
            boycott=-4.5,
            obstruct=-4.5,
            vandalize=None,
        ),
        "SANCTION": _info(_MATERIAL_CONFLICT, -6, convict=-6, expel=-5.5, withdraw=-6, discontinue=-6),
        "MOBILIZE": _info(_MATERIAL_CONFLICT, -5.5, troops=-6.5, weapons=-6.5, police=-5.5, militia=-6),
        "COERCE": _info(
            _MATERIAL_CONFLICT,
            -7,
            seize=-7,
            restrict=-7,
            censor=-6.5,
            curfew=-6.5,
            martial_law=-7.5,
            arrest=-7,
            deport=-7,
            withhold=-7,
            misinformation=-6.5,
            cyber=-7,
        ),
        "ASSAULT": _info(
            _MATERIAL_CONFLICT,
            -9,
            abduct=-8.5,
            beat=-7.5,
            torture=-8.5,
            sexual=-8.5,
            targeted=-9.5,
            destroy=-8.5,
            primitive=-8,
            firearms=-9,
            explosives=-9,
            suicide_attack=-9.5,
            aerial=-9.5,
            drone=-9.5,
            heavy_weapons=-9.5,
            crowd_control=-7.5,
            unconventional=-10,
        ),
    }
)

MUTUAL: Final[frozenset[EventType]] = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types in which who is named first is a matter of wording: "A met B" and "B met A"."""

SECTORS: Final = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)

NOT_STATES: Final = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
"""Country codes of actors that are no state."""


def quad(event_type: EventType) -> Quad:
    """The quad class, which follows the type and never the sign of the score."""
    return TYPES[event_type].quad


def intensity(event_type: EventType, mode: str | None) -> float:
    """PLOVER's score by mode, or by type where there is no mode or the mode has no score."""
    return score(event_type, mode)[0]


def strongest(event_type: EventType, *modes: str | None) -> str | None:
    """Of several modes of an event that whose score is furthest from 0, the first of equals."""
    given = [mode for mode in modes if mode is not None]
    return max(given, key=lambda mode: abs(intensity(event_type, mode)), default=None)


def score(event_type: EventType, mode: str | None) -> tuple[float, Literal["mode", "type"]]:
    """PLOVER's score, and which of both gives it."""
    info = TYPES[event_type]
    own = info.modes[mode] if mode is not None else None
    return (float(info.score), "type") if own is None else (float(own), "mode")
