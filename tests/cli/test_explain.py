"""`detente explain` shows why a record says what it says, of a ledger or of a text, harmlessly."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from detente import Ledger
from detente.cli import run
from detente.reading.reader import read
from detente.reading.tables import Row, rows
from detente.records import Reading
from tests.examples import READING

TEXT = "Oman denied that it had shelled Yemen. Mali praised Niger."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)


def printed(capsys: pytest.CaptureFixture[str], arguments: Iterable[str]) -> str:
    """What a command prints, and that it prints nothing else."""
    assert run(["explain", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def remembered(*documents: str, text: str = TEXT) -> Reading:
    """A text's reading, and a ledger in which it stands under some ids."""
    reading = read(text, published="2024-06-14")
    with Ledger("detente.duckdb") as ledger:
        for id in documents:
            head = msgspec.structs.replace(reading.document, id=id)
            ledger.add(msgspec.structs.replace(reading, document=head))
    return reading


def refused(capsys: pytest.CaptureFixture[str], arguments: Iterable[str], status: int) -> str:
    """The one line with which a command ends that shows nothing."""
    assert run(["explain", *arguments]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    return line.removeprefix("detente: ")


def parts(block: str) -> dict[str, str]:
    """What is told of each part of a record, its lines joined."""
    found: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        # Parts stand at the third column; what goes on about them stands further in.
        if line[:2] == "  " and line[2:3].strip() and "  " in line[2:]:
            name, _, told = line[2:].partition("  ")
            found[name] = told.strip()
        elif name:
            found[name] += " " + line.strip()
    return found


def test_a_record_of_the_ledger_is_shown_with_sentence_tree_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("3f9a77", "77aa")
    shown = printed(capsys, ["3f9/e1"])
    lines = shown.splitlines()
    assert lines[:2] == ["3f9a77/e1: event", "  Oman denied that it had shelled Yemen."]
    assert lines[2:9] == [
        "  denied ROOT ← denied",
        "    Oman nsubj",
        "    shelled ccomp ← trigger",
        "      that mark",
        "      it nsubj ← source",
        "      had aux",
        "      Yemen dobj ← target, place",
    ]
    told = parts("\n".join(lines[9:]))
    assert told["source"] == "OMN (Oman) “it” role subj, of “shelled”"
    assert told["layer"].startswith("denied “denied” embedding.csv:")
    assert "effect denied, link any, words deny " in told["layer"]
    assert told["status"] == "denied"
    assert told["reported by"].startswith("s1: Oman … denied")
    assert told["intensity"].endswith("PLOVER's score of the mode heavy-weapons")
    assert "Mali" not in shown


def row_of(table: str, word: str, **cells: str) -> Row:
    """The only row of a table with a word and some cells."""
    wanted = cells.items()
    (found,) = [row for row in rows(table) if word in row.cells["words"].split() and wanted <= row.cells.items()]
    return found


def test_a_row_is_shown_with_its_line_and_all_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, ["--text", "Oman feared that Yemen had praised Mali.", "--published", "2024-06-14"])
    told = parts(shown[shown.index("e1: event") :])
    praise = row_of("events.csv", "praise", part="v")
    cells = ", ".join(f"{column} {cell or '–'}" for column, cell in praise.cells.items())
    assert told["type"].endswith(f"events.csv:{praise.line}: {cells}")
    assert tuple(praise.cells) == ("type", "mode", "part", "words", "needs", "source", "target")
    # of many words the one that was found
    fear = row_of("embedding.csv", "fear", link="any")
    count = len(fear.cells["words"].split())
    assert f"embedding.csv:{fear.line}: effect hypothetical, link any, words … fear … ({count} words)" in told["layer"]


def test_all_records_of_a_text_are_shown_without_a_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reading = read(TEXT, published="2024-06-14")
    shown = printed(capsys, ["--text", TEXT, "--published", "2024-06-14"])
    heads = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    assert heads == [
        *(f"{statement.id}: statement" for statement in reading.statements),
        *(f"{event.id}: event" for event in reading.events),
        *(f"{holding.id}: holding" for holding in reading.holdings),
        *(f"{position.id}: position" for position in reading.positions),
    ]
    assert len(reading.events) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_text_without_a_date_is_explained_and_a_line_says_what_stays_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--text", "Mali praised Niger on Monday."]) == 0
    shown = capsys.readouterr()
    (line,) = shown.err.splitlines()
    assert "relative dates stay open" in line
    assert "date" not in parts(shown.out)
    assert run(["explain", "--text", "Mali praised Niger on Monday.", "--published", "2024-06-14"]) == 0
    assert parts(capsys.readouterr().out)["date"] == "2024-06-10 “Monday”"


def test_a_text_in_which_nothing_is_read_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(capsys, ["--text", "The sky is blue.", "--published", "2024-06-14"], 0)
    assert line == "no statement, event, holding or position is read in this text"


def test_control_characters_and_markup_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\x1b[2J[b]Oman[/b]\x07\u202e shelled Yemen near \x1b]0;owned\x07 [red]Aden[/red] on Monday."
    remembered("d1", text=text)
    for arguments in (["--text", text, "--published", "2024-06-14"], ["d1/e1"]):
        shown = printed(capsys, arguments)
        assert not [c for c in shown if c != "\n" and not c.isprintable()]
        assert "[b]Oman" in shown
        assert "[red]" in shown


@pytest.mark.parametrize("called", ["3f9b/e1", "3f9a77/e99", "3f9a77/OMN", "%/e1", "nothing", "\x1b[2J/e1"])
def test_a_record_that_is_not_there_is_one_line(called: str, capsys: pytest.CaptureFixture[str]) -> None:
    remembered("3f9a77")
    line = refused(capsys, [called], 1)
    assert "no such record is in detente.duckdb; detente list events shows what is" in line
    assert "\x1b" not in line


def test_a_beginning_of_several_is_refused_and_names_some(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("3f9a77", "3f9b", "3f9c", "3f9d")
    line = refused(capsys, ["3f9/e1"], 1)
    assert "3f9/e1: may be one of several records: 3f9a77/e1, 3f9b/e1, 3f9c/e1 …; write more of" in line
    assert "3f9a77/s1" in refused(capsys, ["3f9a77"], 1)
    assert "several records" in refused(capsys, [""], 1)


def test_a_whole_id_is_meant_though_others_begin_so(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("d1", "d11")
    assert printed(capsys, ["d1/e1"]).startswith("d1/e1: event")


def test_a_beginning_alone_names_the_only_record_of_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("3f9a77", text="Russian forces control Crimea.")
    assert printed(capsys, ["3f9a"]).startswith("3f9a77/h1: holding")


def test_what_is_taken_for_one_happening_is_told_with_the_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("d1", text="Ethiopia accused Eritrea on Tuesday of shelling a bridge near Rama.")
    assert "happening" not in parts(printed(capsys, ["d1/e1"]))
    remembered("d2", text="Eritrea was accused by the Ethiopian government on Tuesday of firing shells at a bridge.")
    shown = parts(printed(capsys, ["d2/e1"]))
    assert shown["happening"] == "one of 2 reports, 2 independent"
    assert shown["· another"].startswith("d1/e1")
    assert "Ethiopia accused Eritrea on Tuesday" in shown["· another"]
    assert run(["ledger", "part", "d1/e1", "d2/e1"]) == 0
    assert capsys.readouterr().err == "detente: d1/e1 and d2/e1 are reports of two happenings\n"
    assert "happening" not in parts(printed(capsys, ["d2/e1"]))
    assert run(["ledger", "part", "d2/e1", "d1/e1"]) == 0
    assert "as they were already" in capsys.readouterr().err


def test_a_ledgers_record_that_the_text_gives_otherwise_now_is_told(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = read(TEXT, published="2024-06-14")
    head = msgspec.structs.replace(reading.document, id="changed")
    first = msgspec.structs.replace(reading.events[0], status="actual", reported_by=None)
    with Ledger(ledger) as opened:
        opened.add(msgspec.structs.replace(reading, document=head, events=(first, *reading.events[1:])))
    assert run(["explain", "changed/e1"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "detente: changed/e1: the text gives another status, reported_by now\n"
    # What is shown is what the text gives.
    assert parts(shown.out)["status"] == "denied"


def test_a_ledgers_record_of_another_model_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    reading = read(TEXT, published="2024-06-14")
    reader = msgspec.structs.replace(reading.reader, model="0" * 64)
    head = msgspec.structs.replace(reading.document, id="d1")
    with Ledger("detente.duckdb") as opened:
        opened.add(msgspec.structs.replace(reading, document=head, reader=reader))
    assert run(["explain", "d1/e1"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("detente: d1/e1: the text gives the same now; the ledger's was made by version ")
    assert f"model {'0' * 12}, this is version" in line
    assert reading.reader.model[:12] in line


def test_a_record_that_the_text_gives_no_more_is_one_line(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The example is made by hand: the text says nothing of a holding.
    assert READING.holdings
    line = refused(capsys, ["d1/h1"], 1)
    assert line.startswith("d1/h1: the text gives no such record now; the ledger's was made by version ")


def test_the_kinds_of_records_are_all_explained(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for id, kind in (("s1", "statement"), ("e1", "event"), ("p1", "position")):
        assert run(["explain", f"d1/{id}"]) == 0
        assert capsys.readouterr().out.startswith(f"d1/{id}: {kind}\n")
    shown = printed(capsys, ["--text", "Russian forces control Crimea.", "--published", "2024-06-14"])
    assert "h1: holding\n" in shown
    assert "holdings.csv:" in shown


def test_the_ledger_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("d1")
    before = Path("detente.duckdb").read_bytes()
    printed(capsys, ["d1/e1"])
    assert Path("detente.duckdb").read_bytes() == before


def test_results_go_to_a_file_but_never_over_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    remembered("d1")
    shown = printed(capsys, ["d1/e1"])
    assert printed(capsys, ["d1/e1", "--output", "why.txt"]) == ""
    assert Path("why.txt").read_text("utf-8") == shown
    assert "would be lost" in refused(capsys, ["d1/e1", "--output", "detente.duckdb"], 2)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Missing argument 'RECORD' or option '--text'"),
        (["d1/e1", "--text", "Mali praised Niger."], "RECORD and --text do not go together"),
        (["--text", "", "--ledger", "a.duckdb"], "--text do not go together"),
        (["d1/e1", "--published", "2024-06-14"], "--published do not go together"),
        (["--text", "Mali praised Niger.", "--published", "soon"], "is no date"),
        (["d1/e1", "d1/e2"], "d1/e2"),
    ],
)
def test_wrong_usage_is_one_line_before_anything_is_opened(
    arguments: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reason in refused(capsys, arguments, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "--text: is empty"),
        (" \n", "--text: is empty"),
        ("a\0b", "--text: holds NUL characters"),
        ("Der Minister sagte am Montag, dass die Gespräche mit dem Iran weitergehen würden.", "is in another language"),
    ],
)
def test_a_text_that_cannot_be_read_is_one_line(text: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert reason in refused(capsys, ["--text", text, "--published", "2024-06-14"], 1)


def test_a_missing_ledger_is_status_3_and_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no ledger" in refused(capsys, ["d1/e1"], 3)
    assert list(tmp_path.iterdir()) == []
