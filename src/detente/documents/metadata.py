"""What is known about a text besides its words, and the dates of publication in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from detente.errors import InputError

_MONTH: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_LONGEST: Final = 64
"""Characters of the longest form of a date; more is something else, and parsers need not see it."""


@dataclass(frozen=True)
class Metadata:
    """What the user says of inputs that do not say it themselves; an input's own word comes first.

    Blank values count as absent; `published` is normalised by `publication_day`. Raises `InputError` where it is no
    date.
    """

    published: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        for name in ("published", "title", "source", "url"):
            object.__setattr__(self, name, " ".join((getattr(self, name) or "").split()) or None)
        if self.published is not None:
            try:
                object.__setattr__(self, "published", publication_day(self.published))
            except ValueError as error:
                raise InputError("published", str(error)) from None

    def over(self, other: Metadata) -> Metadata:
        """This, with the word of `other` where this has none."""
        return Metadata(
            published=self.published or other.published,
            title=self.title or other.title,
            source=self.source or other.source,
            url=self.url or other.url,
        )


def publication_day(value: str) -> str:
    """`value` as "2024-11-08", "2024-11" or "2024", no more precise than it is itself.

    Reads ISO 8601 and the dates of e-mail and RSS. Of a point in time it keeps the day where it was written: 23:30 in
    New York is not yet tomorrow, whatever the day in London. Raises `ValueError` where it is no date.
    """
    value = value.strip()
    try:
        if len(value) > _LONGEST:
            raise ValueError
        if month := _MONTH.fullmatch(value):
            date(int(month[1]), int(month[2] or 1), 1)
            return value
        return _point_in_time(value).date().isoformat()
    except (ValueError, OverflowError):
        shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        raise ValueError(f'"{shown}" is no date; write it as 2024-11-08, 2024-11 or 2024') from None


def publication_day_or_none(value: object) -> str | None:
    """The same for pages and feeds, whose dates are not in the user's hands: what is no date is none."""
    try:
        return publication_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _point_in_time(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return parsedate_to_datetime(value)
