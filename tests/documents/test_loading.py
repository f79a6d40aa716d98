"""Files, folders and standard input, and the line that each gets if it cannot be read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.documents import Metadata, load
from detente.documents.inputs import MAX_BYTES
from detente.documents.loading import KINDS
from detente.errors import InputError
from tests.documents.conftest import Write
from tests.documents.loaded import is_root, loaded, only, reason, refusal, texts

LINES = b'{"text": "First."}\n{"text": "Second."}\n'
PAGE = b"<!DOCTYPE html>\n<html><body><p>The two governments resumed their talks on Friday.</p></body></html>"
FEED = (
    b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>The Daily</title>'
    b"<item><title>T</title><description>Talks resumed.</description></item></channel></rss>"
)

StandardInput = Callable[[bytes], str]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> StandardInput:
    """Puts bytes on standard input, and returns the path that reads them."""

    def put(content: bytes) -> str:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        return "-"

    return put


def test_a_text_file_is_a_document_with_what_the_user_says_about_it(write: Write) -> None:
    path = write("talks.txt", "\ufeffTalks resumed.\r\n\r\nThey go on.\r")
    told = Metadata(published="2024-11-08", title="Talks", source="The Daily", url="https://daily.example/1")
    document = only(path, metadata=told)
    assert document.text == "Talks resumed.\n\nThey go on.\n"
    assert document.path == str(path)
    assert Metadata(document.published, document.title, document.source, document.url) == told
    assert document.language is None


def test_without_a_word_from_the_user_nothing_is_known_of_a_text(write: Write) -> None:
    document = only(write("talks.txt", "Talks."))
    assert (document.published, document.title, document.source, document.url) == (None,) * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(encoding: str, write: Write) -> None:
    assert only(write("a.txt", "Élysée — “no”\n".encode(encoding))).text == "Élysée — “no”\n"


def test_a_suffix_may_be_in_capitals(write: Write) -> None:
    assert texts(loaded(write("A.JSONL", LINES))[0]) == ["First.", "Second."]


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_of_any_kind_is_refused(suffix: str, content: bytes, write: Write) -> None:
    why = refusal(write(f"a{suffix}", content))
    assert why == "is empty"


@pytest.mark.parametrize("suffix", [*KINDS, "", ".pdf"])
@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00\x00", b"PK\x03\x04" + bytes(range(256)), b"Talks\x00resumed.\n"],
)
def test_bytes_that_are_no_text_are_refused(suffix: str, content: bytes, write: Write) -> None:
    path = write(f"a{suffix}", content)
    documents, lines = loaded(path)
    assert documents == []
    assert all(reason(line, path) for line in lines)
    assert len(lines) == 1


def test_a_refusal_of_binary_says_what_can_be_read(write: Write) -> None:
    path = write("a.docx", b"PK\x03\x04\xe2\xe3\xcf\xd3\n\x01")
    assert refusal(path) == "is binary; plain text, HTML, JSON Lines, RSS and Atom can be read"


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.html", "a"])
def test_a_pdf_is_refused_with_the_way_out(name: str, write: Write) -> None:
    path = write(name, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    assert refusal(path) == "is a PDF; take the text out of it first: pdftotext FILE.pdf FILE.txt"


@pytest.mark.parametrize("content", [b'[{"text": "Talks resumed."}]', b'[\n  {"text": "Talks resumed."}\n]\n'])
def test_a_list_in_json_is_no_text(content: bytes, write: Write) -> None:
    assert refusal(write("a.json", content)).startswith("is a JSON list; write an object a line")


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize("content", [b'{\n  "text": "Talks resumed."\n}\n', b'[\n  {"text": "Talks resumed."}\n]\n'])
def test_json_over_several_lines_is_refused_once(suffix: str, content: bytes, write: Write) -> None:
    assert "an object a line" in refusal(write(f"a{suffix}", content))


def test_what_a_folder_holds_of_other_kinds_is_counted(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    folder = write("a.txt", "Talks resumed.").parent
    assert len(loaded(folder)[0]) == 1
    assert caplog.messages == []
    for name in ("b.pdf", "c.docx", "d.PDF", ".hidden.pdf", "e"):
        write(name, b"%PDF-1.7")
    assert len(loaded(folder)[0]) == 1
    assert caplog.messages == [f"{folder}: 4 files of other kinds in it passed over: .docx .pdf without a suffix"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_another_encoding_is_refused_with_the_way_out(encoding: str, write: Write) -> None:
    path = write("a.txt", "Talks at the Élysée resumed.".encode(encoding))
    assert refusal(path).startswith("is not UTF-8 (byte 13: ")
    assert refusal(path).endswith("convert it: iconv -f ENCODING -t UTF-8")


@pytest.mark.parametrize("suffix", [*sorted(set(KINDS) - {".jsonl", ".ndjson"}), ""])
def test_what_is_too_large_is_refused(suffix: str, write: Write) -> None:
    path = write(f"a{suffix}", b"word " * (2 * MAX_BYTES // 5))
    assert refusal(path) == "is larger than 5 MB; split it into articles"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_file_is_refused() -> None:
    assert refusal("/dev/zero")


@pytest.mark.parametrize("name", ["missing.txt", "missing", "no/such/folder/", "https://daily.example/feed.xml", ""])
def test_a_missing_path_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(name) == "there is no such file or folder"


@pytest.mark.parametrize("name", ["a\0b.txt", "a\ud800.txt"])
def test_what_is_no_name_of_a_file_is_refused(name: str) -> None:
    _, (line,) = loaded(name)
    assert line.isprintable()
    assert line.endswith("is no name that a file can have")


def test_a_path_that_runs_through_a_file_is_refused(write: Write) -> None:
    assert refusal(write("a.txt", "Talks.") / "b.txt") == "cannot be read: Not a directory"


def test_a_file_that_may_not_be_read_is_refused(write: Write) -> None:
    path = write("closed.txt", "Talks.")
    path.chmod(0)
    if is_root():
        os.seteuid(65_534)
    try:
        assert refusal(path) == "cannot be read: Permission denied"
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_a_name_need_not_be_unicode_but_what_is_shown_of_it_is(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_bytes(b"Talks.")
    except OSError:
        pytest.skip("this file system has Unicode names only")
    assert only(path).path == str(tmp_path / "caf?.txt")


def test_inputs_come_in_the_order_of_the_paths_and_failures_stop_none(write: Write) -> None:
    paths = [write("b.txt", "B."), Path("missing.txt"), write("a.txt", "A."), write("c.txt", "")]
    documents, lines = loaded(*paths)
    assert texts(documents) == ["B.", "A."]
    assert [reason(line, path) for line, path in zip(lines, [paths[1], paths[3]], strict=True)]


def test_a_folder_is_read_by_name_with_the_folders_in_it(write: Write, tmp_path: Path) -> None:
    for name, content in {
        "b.txt": b"B.",
        "a/z.text": b"A/Z.",
        "a/c/page.html": PAGE,
        "lines.jsonl": LINES,
        "news.xml": FEED,
        "notes.md": b"Not read.",
        "photo.jpg": b"\x00\x01",
        ".hidden.txt": b"Not read.",
        ".git/x.txt": b"Not read.",
    }.items():
        write(f"in/{name}", content)
    documents, lines = loaded(tmp_path / "in")
    assert lines == []
    assert texts(documents) == [
        "The two governments resumed their talks on Friday.",
        "A/Z.",
        "B.",
        "First.",
        "Second.",
        "Talks resumed.",
    ]
    assert documents[1].path == str(tmp_path / "in/a/z.text")


def test_a_file_that_fails_does_not_stop_its_folder(write: Write, tmp_path: Path) -> None:
    broken = write("in/a.txt", b"\xff\xff\x00")
    write("in/b.txt", "B.")
    documents, (line,) = loaded(tmp_path / "in")
    assert texts(documents) == ["B."]
    assert reason(line, broken)


@pytest.mark.parametrize("name", ["in/notes.md", "in/deep/er/photo.jpg", "in/.hidden.txt"])
def test_a_folder_without_anything_to_read_is_refused(name: str, write: Write, tmp_path: Path) -> None:
    write(name, "x")
    assert refusal(tmp_path / "in").startswith("is a folder without files that can be read (.txt ")


def test_links_that_run_in_a_ring_and_pipes_in_a_folder_are_passed_over(write: Write, tmp_path: Path) -> None:
    write("in/a.txt", "A.")
    (tmp_path / "in/ring").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/ring.txt").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    (tmp_path / "in/b.txt").symlink_to(tmp_path / "in/a.txt")
    os.mkfifo(tmp_path / "in/pipe.txt")
    documents, lines = loaded(tmp_path / "in")
    assert (texts(documents), lines) == (["A.", "A."], [])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"Talks resumed.\nThey go on.\n", ["Talks resumed.\nThey go on.\n"]),
        ("Talks resumed.".encode("utf-16"), ["Talks resumed."]),
        (b"[1] Talks resumed, <b>he</b> said.", ["[1] Talks resumed, <b>he</b> said."]),
        (b"<3 is no tag.", ["<3 is no tag."]),
        (LINES, ["First.", "Second."]),
        (b"\xef\xbb\xbf\n" + LINES, ["First.", "Second."]),
        (PAGE, ["The two governments resumed their talks on Friday."]),
        (b"<!-- saved -->\n" + PAGE, ["The two governments resumed their talks on Friday."]),
        (b'<?xml version="1.0"?>' + PAGE, ["The two governments resumed their talks on Friday."]),
        (b"<p>The two governments resumed their talks.</p>", ["The two governments resumed their talks."]),
        (FEED, ["Talks resumed."]),
        (FEED.partition(b"\n")[2], ["Talks resumed."]),
    ],
)
@pytest.mark.parametrize("where", ["standard input", "a file without a suffix"])
def test_what_has_no_name_is_told_by_how_it_begins(
    where: str, content: bytes, found: list[str], stdin: StandardInput, write: Write
) -> None:
    path = stdin(content) if where == "standard input" else write("unnamed", content)
    documents, lines = loaded(path)
    assert (texts(documents), lines) == (found, [])
    assert {document.path for document in documents} == {str(path)}


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\x00\x01", b"caf\xe9", b'{"text": ', b"<?xml version='1.0'?><rss>", b"<html></html>", b"x" * 10**7],
)
def test_standard_input_that_cannot_be_read_is_refused(content: bytes, stdin: StandardInput) -> None:
    documents, (line,) = loaded(stdin(content))
    assert documents == []
    assert line.startswith(("-: ", "-:1: "))
    assert line.isprintable()


def test_json_lines_on_standard_input_are_read_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(LINES)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    found = load(["-"])
    assert next(found).text == "First."
    assert stream.tell() == LINES.index(b"\n") + 1
    assert next(found).text == "Second."


@given(content=st.binary(max_size=300), suffix=st.sampled_from(["", *KINDS]))
def test_whatever_a_file_holds_it_gives_documents_or_lines(
    content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(content)
    documents, lines = loaded(path)
    assert documents or lines
    for document in documents:
        assert document.text.strip()
        document.text.encode()
    for line in lines:
        assert line.startswith(str(path))
        assert line.isprintable()


def test_a_url_given_for_all_names_only_the_first_text(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_bytes(LINES)
    failed: list[InputError] = []
    found = list(load([path], metadata=Metadata(url="https://example.org/a"), failed=failed.append))
    assert [document.text for document in found] == ["First."]
    assert "give one for one text" in str(failed[0])
