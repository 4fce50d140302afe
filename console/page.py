"""Pages for paper and for other programs: headings, tables and pictures; no words become markup."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from console.cli_table import screen_width, table
from console.i18n import language
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^!@])")
_LINKS = re.compile(r"(?<=www)\.|:(?=//)", re.IGNORECASE)
_BEGINNINGS = re.compile(r"^(\d*)([-+=.)])(?=[-+=\s]|$)")
"""What makes a list, a heading or a link without any of the signs before."""
_TAGS = re.compile(r"[<>]|&(?=#|\w+;)")
"""What begins a tag or a sign by its name; any other & is one, and reads better so."""

_STYLE = """
body { font: 11pt/1.4 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 2em; }
table { border-collapse: collapse; width: 100%; } h2 { margin: 1.2em 0 .3em; font-size: 1.1em; }
th, td { border: 1px solid #999; padding: .2em .5em; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; font: inherit; margin: 0; }
@media print { body { margin: 0; } tr { break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page."""

    heading: str
    said: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: str = ""
    """SVG made by us, for HTML alone: the table says the same."""


FORMATS: Final = ("text", "md", "html", "json")


def made(
    form: str | None, title: str, sections: Sequence[Section], *, out: Path | None, at: datetime
) -> list[str]:
    """The lines of a page in the format that was asked for; else text for eyes, Markdown for files.

    Markdown is for programs: on a terminal its signs stand between the words.
    """
    form = form or ("md" if out is not None or not sys.stdout.isatty() else "text")
    if form == "text":
        return list(text(title, sections, width=None if out else screen_width(), at=at))
    return list({"md": markdown, "html": html}[form](title, sections))


def markdown(title: str, sections: Iterable[Section]) -> Iterator[str]:
    """The lines of a Markdown page (GitHub's tables)."""
    yield f"# {plain_md(title)}"
    for part in sections:
        if part.heading:
            yield from ("", f"## {plain_md(part.heading)}")
        for said in part.said:
            yield from ("", plain_md(said))
        if part.heads:
            yield from ("", md_row(map(cell_md, part.heads)), md_row(["---"] * len(part.heads)))
            yield from (md_row(map(cell_md, row)) for row in part.rows)


def text(
    title: str, sections: Iterable[Section], *, width: int | None, at: datetime
) -> Iterator[str]:
    """The lines that a terminal shows: words as they are, tables as wide as it is."""
    yield safe(title)
    for part in sections:
        if part.heading:
            yield from ("", safe(part.heading))
        for said in part.said:
            yield from ("", safe(said))
        if part.heads:
            yield from ("", *table(part.heads, part.rows, width=width, at=at))


def html(title: str, sections: Iterable[Section]) -> Iterator[str]:
    """The lines of an HTML page that stands alone: no script, nothing fetched."""
    yield from html_head(title)
    for part in sections:
        if part.heading:
            yield f"<h2>{plain_html(part.heading)}</h2>"
        for said in part.said:
            yield f"<p>{plain_html(said)}</p>"
        if part.picture:
            yield part.picture
        if part.heads:
            yield f"<table><tr>{tags('th', part.heads)}</tr>"
            for row in part.rows:
                yield f"<tr>{tags('td', row)}</tr>"
            yield "</table>"
    yield "</body></html>"


def html_head(title: str) -> Iterator[str]:
    """What every page begins with, its heading too."""
    yield "<!doctype html>"
    yield f'<html lang="{language().replace("_", "-")}"><head><meta charset="utf-8">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{plain_html(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{plain_html(title)}</h1>"


def plain_md(text: str) -> str:
    """Text that a Markdown reader shows as it is, on one line."""
    return _BEGINNINGS.sub(r"\1\\\2", cell_md(text))


def cell_md(text: str) -> str:
    """The same within a line, where a number with a point begins no list."""
    signs = _MARKUP.sub(r"\\\1", safe(text).strip())
    named = _TAGS.sub(lambda found: escape(found[0], quote=False), signs)
    return _LINKS.sub(r"\\\g<0>", named)


def md_row(cells: Iterable[str]) -> str:
    """One line of a table."""
    return "| " + " | ".join(cells) + " |"


def plain_html(text: str) -> str:
    """Text that a browser shows as it is."""
    return escape(safe(text, multiline=True))


def tags(tag: str, cells: Sequence[str]) -> str:
    """Cells of a table's line."""
    return "".join(f"<{tag}>{plain_html(cell)}</{tag}>" for cell in cells)
