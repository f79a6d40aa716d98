"""The sample article that comes with detente."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from detente.documents import load


def test_the_sample_gives_its_title_its_outlet_its_date_and_all_its_paragraphs() -> None:
    path = resources.files("detente.samples") / "camp-david.html"
    (document,) = load([str(path)])
    assert document.title == "Egypt and Israel sign two frameworks for peace; settlements stay in dispute"
    assert document.source == "Detente Sample"
    assert document.published == "1978-09-21"
    assert document.text.startswith("President Anwar Sadat of Egypt and Prime Minister Menachem Begin")
    assert "written for detente from the public record" in document.text
    paragraphs = Path(str(path)).read_text(encoding="utf-8").count("<p>")
    assert len([line for line in document.text.splitlines() if line.strip()]) == paragraphs
