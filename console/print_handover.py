"""A hand-over outside the console: lines, Markdown, HTML, JSON; no words become markup."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from console.i18n import _, language
from console.render_card import when
from console.render_handover import counted, parts_of, said, standing_said
from console.render_time import here
from store.domain.handover import PARTS, Part
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from store.queries.handover import Handover, HandoverLine

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^!@])")
_LINKS = re.compile(r"(?<=www)\.|:(?=//)", re.IGNORECASE)
_BEGINNINGS = re.compile(r"^(\d*)([-+=.)])")
"""What makes a list, a heading or a link without any of the signs before."""

_STYLE = """
body { font: 11pt/1.4 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 2em; }
table { border-collapse: collapse; width: 100%; } h2 { margin: 1.2em 0 .3em; font-size: 1.1em; }
th, td { border: 1px solid #999; padding: .2em .5em; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; font: inherit; margin: 0; }
@media print { body { margin: 0; } tr { break-inside: avoid; } }
"""


def lines(held: Handover, *, at: datetime) -> Iterator[str]:
    """As a terminal shows it."""
    from console.cli_table import screen_width, table

    yield standing_said(held, at=at, zone=None)[0]
    for note in held.notes:
        yield _("{who}, {when}:").format(who=note.by, when=when(note.at, None, at=at))
        yield from (f"  {line}" for line in note.text.splitlines())
    for part, items in parts_of(held):
        yield ""
        yield f"{_(PARTS[part])} ({_count(held, part, items)})"
        if items:
            rows = [_cells(part, line, at=at, zone=None) for line in items]
            yield from table(_heads(part), rows, width=screen_width(), at=at)
    yield ""
    yield from _signed(held, at=at, zone=None)


def markdown(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The lines of a Markdown page (GitHub's tables)."""
    yield f"# {_('Hand-over')}"
    yield ""
    yield _plain_md(standing_said(held, at=at, zone=zone)[0])
    yield ""
    yield _plain_md(f"{_as_of(at, zone)}; {counted(held)}")
    if held.notes:
        yield from ("", f"## {_('Notes')}", "")
    for note in held.notes:
        head = f"{_plain_md(note.by)}, {_plain_md(when(note.at, zone, at=at))}"
        body = "<br>".join(map(_plain_md, note.text.splitlines()))
        yield f"- **{head}** {body}"
    for part, lines in parts_of(held):
        yield from ("", f"## {_(PARTS[part])} ({_count(held, part, lines)})", "")
        if not lines:
            yield _("none")
            continue
        yield _md_row(_heads(part))
        yield _md_row(["---"] * len(_heads(part)))
        for line in lines:
            yield _md_row(map(_plain_md, _cells(part, line, at=at, zone=zone)))
    yield ""
    yield from (f"- {_plain_md(line)}" for line in _signed(held, at=at, zone=zone))


def html(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The lines of an HTML page that stands alone: no script, nothing fetched."""
    yield "<!doctype html>"
    yield f'<html lang="{language().replace("_", "-")}"><head><meta charset="utf-8">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{_e(_('Hand-over'))}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{_e(_('Hand-over'))}</h1>"
    yield f"<p>{_e(standing_said(held, at=at, zone=zone)[0])}</p>"
    yield f"<p>{_e(f'{_as_of(at, zone)}; {counted(held)}')}</p>"
    if held.notes:
        yield f"<h2>{_e(_('Notes'))}</h2><table>"
    for note in held.notes:
        when_ = _e(when(note.at, zone, at=at))
        yield f"<tr><th>{_e(note.by)} {when_}</th><td><pre>{_e(note.text)}</pre></td></tr>"
    if held.notes:
        yield "</table>"
    for part, lines in parts_of(held):
        yield f"<h2>{_e(_(PARTS[part]))} ({_count(held, part, lines)})</h2>"
        if not lines:
            yield f"<p>{_e(_('none'))}</p>"
            continue
        yield f"<table><tr>{_tags('th', _heads(part))}</tr>"
        for line in lines:
            yield f"<tr>{_tags('td', _cells(part, line, at=at, zone=zone))}</tr>"
        yield "</table>"
    for line_ in _signed(held, at=at, zone=zone):
        yield f"<p>{_e(line_)}</p>"
    yield "</body></html>"


def plain(held: Handover) -> dict[str, Any]:
    """As JSON tells it."""
    return {
        "id": held.id,
        "holder": held.holder,
        "since_at": held.since_at,
        "offered_by": held.offered_by,
        "offered_at": held.offered_at,
        "accepted_by": held.accepted_by,
        "accepted_at": held.accepted_at,
        "withdrawn_by": held.withdrawn_by,
        "withdrawn_at": held.withdrawn_at,
        "notes": [{"by": n.by, "at": n.at, "text": n.text} for n in held.notes],
        **{part.value: [_line_plain(line) for line in lines] for part, lines in parts_of(held)},
        "more": [part.value for part in held.more],
    }


def _line_plain(line: HandoverLine) -> dict[str, Any]:
    told = {
        "number": line.number,
        "title": line.title,
        "priority": line.priority,
        "site": line.site_name,
        "what": line.what,
        "at": line.at,
        "times": line.times,
    }
    if line.part is Part.RISK:
        told |= {"ticked_by": line.ticked_by, "ticked_at": line.ticked_at}
    return told


def _count(held: Handover, part: Part, lines: tuple[HandoverLine, ...]) -> str:
    return f"{len(lines)}+" if part in held.more else str(len(lines))


def _heads(part: Part) -> list[str]:
    heads = [_("no."), _("P"), _("why"), _("when"), _("title"), _("site")]
    return [*heads, _("ticked by")] if part is Part.RISK else heads


def _cells(part: Part, line: HandoverLine, *, at: datetime, zone: tzinfo | None) -> list[str]:
    priority = "" if line.priority is None else f"P{line.priority}"
    moment = when(line.at, zone, at=at)
    cells = [str(line.number), priority, said(line), moment, line.title, line.site_name or ""]
    if part is not Part.RISK:
        return cells
    ticked = f"{line.ticked_by} {when(line.ticked_at, zone, at=at)}" if line.ticked_by else ""
    return [*cells, ticked]


def _as_of(at: datetime, zone: tzinfo | None) -> str:
    """Paper lies about: other times on it are of this day where they name none."""
    return _("as of {at}").format(at=here(at, zone).strftime("%Y-%m-%d %H:%M"))


def _signed(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """Both names and both times, or a line to sign on."""
    offered = f"{held.offered_by}, {when(held.offered_at, zone, at=at)}" if held.offered_by else ""
    taken = f"{held.accepted_by}, {when(held.accepted_at, zone, at=at)}" if held.accepted_by else ""
    yield _("handed over: {who}").format(who=offered or "________________")
    yield _("taken over: {who}").format(who=taken or "________________")


def _plain_md(text: str) -> str:
    """Text that a Markdown reader shows as it is, on one line."""
    signs = _MARKUP.sub(r"\\\1", safe(text).strip())
    kept = _LINKS.sub(r"\\\g<0>", escape(signs, quote=False))
    return _BEGINNINGS.sub(r"\1\\\2", kept)


def _md_row(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"


def _e(text: str) -> str:
    return escape(safe(text, multiline=True))


def _tags(tag: str, cells: list[str]) -> str:
    return "".join(f"<{tag}>{_e(cell)}</{tag}>" for cell in cells)
