"""What a brief is made of: typed, frozen records, ready for the terminal, for a page and for JSON.

A line is made of pieces: the brief's own neutral words, and the text's words, which are always shown in quotation
marks. Of the text nothing but the names of actors, places and outlets stands in a piece that is not `quoted`.
"""

from __future__ import annotations

import re
from typing import Final

from detente.records import Act, PositionAct, Record, Status

_INNER: Final = str.maketrans("“”", "‘’")
"""Marks inside a quotation, one level down."""
_OPENING: Final = re.compile(r'(?<![^\s([‘“—–-])"')
"""A straight mark before words; others stand after them."""


class Piece(Record, frozen=True, kw_only=True):
    """A run of words: the brief's own, or (`quoted`) the text's."""

    text: str
    quoted: bool = False

    @property
    def marked(self) -> str:
        """The words with the quotation marks that they are shown in."""
        if not self.quoted:
            return self.text
        text = _OPENING.sub("“", self.text.replace("''", '"')).replace('"', "”")
        more = text.count("“") - text.count("”")  # a quotation that goes on before or after the words
        return f"“{'‘' if more < 0 else ''}{text.translate(_INNER)}{'’' if more > 0 else ''}”"


Words = tuple[Piece, ...]


def plain_text(words: Words) -> str:
    """`words` with the quotation marks that they are shown in."""
    return "".join(piece.marked for piece in words)


class Line(Record, frozen=True, kw_only=True):
    """One thing that was read, with the sentences it rests on.

    `text` is the line in plain text, the text's words in quotation marks; `pieces` keeps the two apart.
    `references` are numbers of `Situation.sentences`, `omitted` counts those that are not shown in a shortened brief;
    `outlets` counts the different outlets that carry the line;
    `records` names what it was made of as DOCUMENT/ID; `salience` says how much it is worth showing, beside others.
    Of a ledger: `independent` counts the stories among several documents that report a happening, and a line is `new`
    if all its documents came in after the last brief.
    """

    text: str
    pieces: Words
    references: tuple[int, ...]
    omitted: int = 0
    outlets: int
    records: tuple[str, ...]
    salience: float
    independent: int | None = None
    new: bool = False


class Saying(Line, frozen=True, kw_only=True):
    """What somebody said; `pieces` start with the verb, since the speaker heads the group."""

    act: Act
    date: str | None


class Speaker(Record, frozen=True, kw_only=True):
    """Somebody and all that they said. `actor` is None where nobody known is named; `omitted` lines are not shown."""

    actor: str | None
    name: Words
    lines: tuple[Saying, ...]
    omitted: int = 0


class Deed(Line, frozen=True, kw_only=True):
    """Something done, or said to be done, demanded, promised …"""

    status: Status
    date: str | None


class Deeds(Record, frozen=True, kw_only=True):
    """The deeds under one heading, in the order of time."""

    heading: str
    lines: tuple[Deed, ...]
    omitted: int = 0


class Stand(Line, frozen=True, kw_only=True):
    """A position; `pieces` start with the verb, since the actor heads the group. `condition` is what it hangs on."""

    act: PositionAct
    condition: Words = ()
    date: str | None


class Standpoint(Record, frozen=True, kw_only=True):
    """An actor and all that it wants, offers, refuses and makes a condition."""

    actor: str
    name: Words
    lines: tuple[Stand, ...]
    omitted: int = 0


class Change(Record, frozen=True, kw_only=True):
    """An actor that was against something and then for it, or the other way round."""

    actor: str
    name: Words
    earlier: Stand
    later: Stand


class Lines(Record, frozen=True, kw_only=True):
    """Lines that need no heading of their own."""

    lines: tuple[Line, ...] = ()
    omitted: int = 0


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence that lines rest on; `document` is a number of `Situation.documents`, offsets are into its text."""

    number: int
    document: int
    start: int
    end: int
    text: str


class Witness(Record, frozen=True, kw_only=True):
    """A document that lines rest on."""

    number: int
    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None


class Basis(Record, frozen=True, kw_only=True):
    """What the brief rests on.

    `read` counts the documents that were read, `documents` those that lines rest on, `outlets` the outlets among these
    (a document without one counts for itself), `lines` the lines of all sections but the summary, which repeats them,
    and `single` those that rest on one outlet alone. Of a ledger `matching` counts the documents that have to do with
    what is asked, and `latest` those of them that were looked at.
    """

    read: int
    documents: int
    outlets: int
    lines: int
    single: int
    matching: int | None = None
    latest: int | None = None


class Situation(Record, frozen=True, kw_only=True):
    """A situation as some documents tell it: what `detente brief` shows, and with `--json` prints.

    `happened` holds what the texts or their sources state as facts, `claimed` what is only alleged, denied, demanded
    and so on, `open_questions` what hangs on a condition or is only held possible. `former` is when (UTC) the last
    brief about the same was made of the ledger.
    """

    about: str | None = None
    since: str | None = None
    until: str | None = None
    former: str | None = None
    summary: tuple[Line, ...] = ()
    statements: tuple[Speaker, ...] = ()
    happened: tuple[Deeds, ...] = ()
    claimed: tuple[Deeds, ...] = ()
    positions: tuple[Standpoint, ...] = ()
    changes: tuple[Change, ...] = ()
    holdings: Lines = Lines()
    open_questions: Lines = Lines()
    sentences: tuple[Sentence, ...] = ()
    documents: tuple[Witness, ...] = ()
    basis: Basis
