"""A report on a terminal: its words as they are, without the signs that programs want."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console import page
from tests.console.conftest import AT

if TYPE_CHECKING:
    import pytest

PARTS = [
    page.Section(heading="Order #7 & more", said=("a_b *c* <d>",)),
    page.Section(heading="", heads=("no.", "what"), rows=(("#7", "R&D [x]"), ("#12", "漏水"))),
]


def test_words_on_a_terminal_are_as_they_are() -> None:
    """No sign stands before another one, and columns line up."""
    assert list(page.text("A & B #1", PARTS, width=40, at=AT)) == [
        *("A & B #1", "", "Order #7 & more", "", "a_b *c* <d>", ""),
        *("no.  what", "#7   R&D [x]", "#12  漏水"),
    ]


def test_who_reads_decides_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eyes text, files and pipes Markdown; what is asked for wins."""

    def first(form: str | None, *, tty: bool, out: Path | None = None) -> str:
        monkeypatch.setattr("sys.stdout.isatty", lambda: tty)
        return page.made(form, "A #1", PARTS, out=out, at=AT)[0]

    assert first(None, tty=True) == first("text", tty=False) == "A #1"
    assert first(None, tty=False) == first("md", tty=True) == "# A \\#1"
    assert first(None, tty=True, out=Path("x.md")) == "# A \\#1"
    assert first("text", tty=True, out=Path("x.txt")) == "A #1"
    assert first("html", tty=True) == "<!doctype html>"


def test_hostile_words_do_nothing_to_a_terminal() -> None:
    """Signs that move the cursor are taken out."""
    part = page.Section(heading="a\x1b[2Jb", said=("c\x9bd",), heads=("e",), rows=(("f\x07",),))
    told = "".join(page.text("t\x1b]0;x\x07", [part], width=None, at=AT))
    assert not {"\x1b", "\x9b", "\x07"} & set(told)


def test_markdown_escapes_only_what_it_must() -> None:
    """A reader of the plain file sees days and names as they are written."""
    as_it_is = ("2026-10 against 2026-09", "A & B", "1.5 h", "+1 617", "R&D")
    assert [page.plain_md(said) for said in as_it_is] == list(as_it_is)
    assert [page.plain_md(said) for said in ("- a", "1. a", "---", "&lt;b", "<b>")] == [
        *("\\- a", "1\\. a", "\\---", "&amp;lt;b", "&lt;b&gt;"),
    ]
