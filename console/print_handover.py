"""A hand-over outside the console: lines, Markdown, HTML, JSON; no words become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import _, coded
from console.page import html_head, md_row, plain_html, plain_md, tags
from console.render_card import when
from console.render_handover import (
    counted,
    how_many,
    is_over,
    left_said,
    parts_of,
    said,
    standing_said,
)
from console.render_time import here
from store.domain.handover import OPEN_PARTS, PARTS, TICKED, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from store.queries.handover import Handover, HandoverLine


def lines(held: Handover, *, at: datetime) -> Iterator[str]:
    """As a terminal shows it."""
    from console.cli_table import screen_width, table

    yield standing_said(held, at=at, zone=None)[0]
    for note in held.notes:
        yield _("{who}, {when}:").format(who=note.by, when=when(note.at, None, at=at))
        yield from (f"  {line}" for line in note.text.splitlines())
    for part, items in parts_of(held):
        yield ""
        yield coded(_(PARTS[part]), how_many(held, part, items))
        if items:
            rows = [_cells(held, line, at=at, zone=None) for line in items]
            yield from table(_heads(part), rows, width=screen_width(), at=at)
        yield from _rest(held, part, at=at, zone=None)
    yield ""
    yield from _signed(held, at=at, zone=None)


def markdown(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The lines of a Markdown page (GitHub's tables)."""
    yield f"# {_('Hand-over')}"
    yield ""
    yield plain_md(standing_said(held, at=at, zone=zone)[0])
    yield ""
    yield plain_md(_counts(held, at, zone))
    if held.notes:
        notes = _("Notes")
        yield from ("", f"## {notes}", "")
    for note in held.notes:
        head = _(", ").join(map(plain_md, (note.by, when(note.at, zone, at=at))))
        body = "<br>".join(map(plain_md, note.text.splitlines()))
        yield f"- **{head}** {body}"
    for part, lines in parts_of(held):
        yield from ("", f"## {coded(_(PARTS[part]), how_many(held, part, lines))}", "")
        if not lines:
            yield _("none")
            continue
        yield md_row(_heads(part))
        yield md_row(["---"] * len(_heads(part)))
        for line in lines:
            yield md_row(map(plain_md, _cells(held, line, at=at, zone=zone)))
        for rest in _rest(held, part, at=at, zone=zone):
            yield from ("", plain_md(rest))
    yield ""
    yield from (f"- {plain_md(line)}" for line in _signed(held, at=at, zone=zone))


def html(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The lines of an HTML page that stands alone: no script, nothing fetched."""
    yield from html_head(_("Hand-over"))
    yield f"<p>{plain_html(standing_said(held, at=at, zone=zone)[0])}</p>"
    yield f"<p>{plain_html(_counts(held, at, zone))}</p>"
    if held.notes:
        notes = plain_html(_("Notes"))
        yield f"<h2>{notes}</h2><table>"
    for note in held.notes:
        head, text = f"{note.by} {when(note.at, zone, at=at)}", plain_html(note.text)
        yield f"<tr><th>{plain_html(head)}</th><td><pre>{text}</pre></td></tr>"
    if held.notes:
        yield "</table>"
    for part, lines in parts_of(held):
        yield f"<h2>{plain_html(coded(_(PARTS[part]), how_many(held, part, lines)))}</h2>"
        if not lines:
            yield f"<p>{plain_html(_('none'))}</p>"
            continue
        yield f"<table><tr>{tags('th', _heads(part))}</tr>"
        for line in lines:
            yield f"<tr>{tags('td', _cells(held, line, at=at, zone=zone))}</tr>"
        yield "</table>"
        yield from (f"<p>{plain_html(one)}</p>" for one in _rest(held, part, at=at, zone=zone))
    for line_ in _signed(held, at=at, zone=zone):
        yield f"<p>{plain_html(line_)}</p>"
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
        **{
            part.value: [_line_plain(held, line) for line in lines]
            for part, lines in parts_of(held)
        },
        "more": [part.value for part in held.more],
        "until_at": held.until_at,
        "deadlines_left": held.left,
    }


def _line_plain(held: Handover, line: HandoverLine) -> dict[str, Any]:
    told = {
        "number": line.number,
        "title": line.title,
        "priority": line.priority,
        "site": line.site_name,
        "what": line.what,
        "at": line.at,
        "times": line.times,
    }
    if line.part is Part.INCIDENT:
        del told["times"]
        told |= {"under": line.times} | ({} if is_over(held) else {"owner": line.owner})
    if line.part in TICKED:
        told |= {"ticked_by": line.ticked_by, "ticked_at": line.ticked_at}
    if line.part in TICKED and not is_over(held):
        told |= {"shelved_until": line.shelved_until}
    if line.part in OPEN_PARTS and not is_over(held):
        told |= {"waits": line.waits, "wakes_at": line.wakes_at}
    if line.part in TICKED and held.stands:
        told |= {"now": line.now, "new": line.new}
    return told


def _heads(part: Part) -> list[str]:
    heads = [_("no."), _("P"), _("why"), _("when"), _("title"), _("site")]
    return [*heads, _("ticked by")] if part in TICKED else heads


def _cells(held: Handover, line: HandoverLine, *, at: datetime, zone: tzinfo | None) -> list[str]:
    priority = "" if line.priority is None else f"P{line.priority}"
    moment = when(line.at, zone, at=at)
    cells = [
        str(line.number),
        priority,
        said(line, held, at=at, zone=zone),
        moment,
        line.title,
        line.site_name or "",
    ]
    if line.part not in TICKED:
        return cells
    ticked = f"{line.ticked_by} {when(line.ticked_at, zone, at=at)}" if line.ticked_by else ""
    return [*cells, ticked]


def _rest(held: Handover, part: Part, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    if part is Part.PROMISE and held.left:
        yield left_said(held, at=at, zone=zone)


def _as_of(at: datetime, zone: tzinfo | None) -> str:
    """Paper lies about: other times on it are of this day where they name none."""
    return _("as of {at}").format(at=here(at, zone).strftime("%Y-%m-%d %H:%M"))


def _counts(held: Handover, at: datetime, zone: tzinfo | None) -> str:
    return _("{what}: {about}").format(what=_as_of(at, zone), about=counted(held))


def _signed(held: Handover, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """Both names and both times, or a line to sign on."""
    for label, who, moment in (
        (_("handed over: {who}"), held.offered_by, held.offered_at),
        (_("taken over: {who}"), held.accepted_by, held.accepted_at),
    ):
        signed = _(", ").join((who, when(moment, zone, at=at))) if who else "________________"
        yield label.format(who=signed)
