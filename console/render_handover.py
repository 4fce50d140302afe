"""A hand-over as rows of a list and as sentences; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.cli_help import wrapped
from console.i18n import _, _n
from console.looks import flat
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.handover import (
    EXPIRED,
    INCIDENT,
    OF_WAITS,
    OPEN_PARTS,
    PARTS,
    TICKED,
    WORDS,
    Part,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part as Text
    from store.queries.handover import Handover, HandoverLine, HandoverNote

_SHORT: Final = {
    Part.INCIDENT: N_("incident"),
    Part.RISK: N_("open risk"),
    Part.PROMISE: N_("promise"),
    Part.EXCEPTION: N_("exception"),
    Part.FINISHED: N_("finished"),
}
_GOES_ON: Final = " \\"
_TONES: Final = {Part.INCIDENT: "overdue", Part.RISK: "soon", Part.FINISHED: "muted"}


def handover_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="tick", title="", width=3),
        Column(name="part", title=_("part"), width=9),
        Column(name="number", title=_("no."), width=6, align="right"),
        Column(name="priority", title=_("P"), width=2),
        Column(name="what", title=_("why"), width=22, flexible=True),
        Column(name="when", title=_("when"), width=11, align="right"),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="site", title=_("site"), width=12, flexible=True, since=100),
        Column(name="by", title=_("ticked by"), width=10, since=84),
    )


def handover_rows(held: Handover, *, at: datetime, zone: tzinfo | None) -> tuple[Row, ...]:
    """Notes first, then part by part."""
    rows = [note_row(note, place, at=at, zone=zone) for place, note in enumerate(held.notes)]
    for part, lines in parts_of(held):
        for line in lines:
            rows.append(line_row(line, len(rows), held, at=at, zone=zone))
        if part is Part.PROMISE and held.left:
            rows.append(_rest_row(held, len(rows), at=at, zone=zone))
    return tuple(rows)


def line_row(
    line: HandoverLine, place: int, held: Handover, *, at: datetime, zone: tzinfo | None
) -> Row:
    """One item; a risk has a box to tick."""
    tone = "muted" if is_gone(line, held) else "overdue" if line.new else _TONES.get(line.part, "")
    cells = (
        _box(line, held),
        Tinted(_(_SHORT[line.part]), tone),
        str(line.number),
        "" if line.priority is None else f"P{line.priority}",
        Tinted(said(line, held, at=at, zone=zone), tone),
        when(line.at, zone, at=at),
        line.title,
        line.site_name or "",
        Tinted(line.ticked_by or "", "muted"),
    )
    return Row(key=key_of(line), version=hash(cells), mark=(place,), cells=cells)


def note_row(note: HandoverNote, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    """A note, as much of it as one line holds; Enter shows it whole."""
    cells = (
        "",
        Tinted(_("note"), "strong"),
        "",
        "",
        note.by,
        when(note.at, zone, at=at),
        Tinted(flat(note.text), "strong"),
        "",
        "",
    )
    return Row(key=f"note {place}", version=hash(cells), mark=(place,), cells=cells)


def _rest_row(held: Handover, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    told = Tinted(left_said(held, at=at, zone=zone), "muted")
    cells = ("", Tinted(_(_SHORT[Part.PROMISE]), "muted"), "", "", told, "", "", "", "")
    return Row(key="rest", version=hash(cells), mark=(place,), cells=cells)


def left_said(held: Handover, *, at: datetime, zone: tzinfo | None) -> str:
    """How many deadlines fall in the next shift besides those that are told one by one."""
    said_ = _n("{count} more deadline to {until}", "{count} more deadlines to {until}", held.left)
    return said_.format(count=held.left, until=when(held.until_at, zone, at=at))


def key_of(line: HandoverLine) -> str:
    """Names an item within its hand-over."""
    return f"{line.part} {line.number} {line.what}"


def is_gone(line: HandoverLine, held: Handover) -> bool:
    """Whether it was a risk or owed when the desk was offered, and is not any more."""
    return held.stands and line.part in OPEN_PARTS and line.now is None


def said(line: HandoverLine, held: Handover, *, at: datetime, zone: tzinfo | None) -> str:
    """Why an order is told, what has become of it since the offer, whether it waits, its shelf."""
    told = _became(line, held, at=at, zone=zone)
    for waits in () if line.part is Part.INCIDENT else _waiting(line, held, at=at, zone=zone):
        told = _("{what}, {waits}").format(what=told, waits=waits)
    if line.shelved_until is None or is_over(held) or is_gone(line, held):
        return told
    until = when(line.shelved_until, zone, at=at)
    return _("shelved to {until}: {what}").format(what=told, until=until)


def _waiting(
    line: HandoverLine, held: Handover, *, at: datetime, zone: tzinfo | None
) -> Iterator[str]:
    """That it waits, and until when: who takes over must not hurry what stands for a reason."""
    reason = line.now or line.what
    if not line.waits or is_over(held) or is_gone(line, held) or reason in OF_WAITS:
        return
    if line.wakes_at is None:
        yield _("waits")
    elif line.wakes_at <= at:
        yield _(WORDS[EXPIRED])
    else:
        yield _("waits to {until}").format(until=when(line.wakes_at, zone, at=at))


def is_over(held: Handover) -> bool:
    """Whether it was accepted or withdrawn: it tells how things stood then."""
    return held.id is not None and not held.stands


def _became(line: HandoverLine, held: Handover, *, at: datetime, zone: tzinfo | None) -> str:
    word = _(WORDS.get(line.what, line.what))
    if is_gone(line, held):
        gone = _("no more: {what}") if line.part in TICKED else _("settled: {what}")
        return gone.format(what=word)
    if line.part is Part.INCIDENT and line.now in {None, INCIDENT}:
        word = _incident(line, held, at=at, zone=zone)
    if line.new:
        return _("new: {what}").format(what=word)
    if line.now not in {None, line.what}:
        return _("now {what}").format(what=_(WORDS.get(str(line.now), str(line.now))))
    if line.times > 1 and line.part is not Part.INCIDENT:
        return _("{what} ×{count}").format(what=word, count=line.times)
    return word


def _incident(line: HandoverLine, held: Handover, *, at: datetime, zone: tzinfo | None) -> str:
    """Who has it now, how many orders stand under it, if it waits, and what its time is.

    On a narrow screen the end is cut, so that a word that is late comes first.
    """
    told = [] if is_over(held) else [line.owner or _("nobody follows")]
    told.append(_("{count} under it").format(count=line.times))
    told += _waiting(line, held, at=at, zone=zone)
    if line.at is not None and line.at <= at and not is_over(held):
        return _(", ").join((_("next word overdue"), *told))
    return _(", ").join((*told, _("next word")))


def _box(line: HandoverLine, held: Handover) -> str | Tinted:
    if line.part not in TICKED or held.id is None:
        return ""
    if line.ticked_by is None and is_gone(line, held):
        return Tinted(" - ", "muted")
    if line.ticked_by is None:
        return Tinted("[ ]", "soon")
    return Tinted("[x]", "good" if line.mine or held.accepted_at else "muted")


def standing_said(held: Handover, *, at: datetime, zone: tzinfo | None) -> Text:
    """In whose name the desk stands, and how far its hand-over is."""
    if held.accepted_at is not None:
        said_ = _("{holder} handed the desk over, {by} took it at {at}")
        told = said_.format(
            holder=held.holder, by=held.accepted_by, at=when(held.accepted_at, zone, at=at)
        )
        return told, "good"
    if held.withdrawn_at is not None:
        return _("{holder}'s hand-over was withdrawn").format(holder=held.holder), "muted"
    if held.id is None:
        since = when(held.since_at, zone, at=at)
        return _("the desk is {holder}'s; below: what came since {since}").format(
            holder=held.holder, since=since
        ), "strong"
    offered = when(held.offered_at, zone, at=at)
    told = _("{holder} hands over since {at}").format(holder=held.holder, at=offered)
    if held.offered_by != held.holder:
        told += _(" (offered by {by})").format(by=held.offered_by)
    return told, "soon"


def counted(held: Handover) -> str:
    """How many items each part has, incidents where any runs; of risks, how many are ticked."""
    said_ = []
    for part, lines in parts_of(held):
        count = how_many(held, part, lines)
        if part in TICKED and held.id is not None and lines:
            count = _ticked(lines, held)
        if lines or part is not Part.INCIDENT:
            said_.append(_("{part} {count}").format(part=_(PARTS[part]), count=count))
    return _(", ").join(said_)


def how_many(held: Handover, part: Part, lines: Sequence[HandoverLine]) -> str:
    """How many items a part has, also those that are not told one by one."""
    count = len(lines) + (held.left if part is Part.PROMISE else 0)
    return f"{count}+" if part in held.more else str(count)


def _ticked(lines: Sequence[HandoverLine], held: Handover) -> str:
    """How many risks are ticked of how many; of those that are no more nobody asks it."""
    stand = [line for line in lines if not is_gone(line, held)]
    more = "+" if lines[0].part in held.more else ""
    told = f"{sum(line.ticked_by is not None for line in stand)}/{len(stand)}{more}"
    new, gone = sum(line.new for line in lines), len(lines) - len(stand)
    told += _(" ({count} new since the offer)").format(count=new) if new else ""
    return told + (_(" ({count} no more)").format(count=gone) if gone else "")


def keys_said(held: Handover, *, other: str = "") -> str:
    """The keys that make sense now; `other` is the command of who may accept, if it is known."""
    if held.id is None:
        return _("rows follow the desk until o offers it as it stands; Enter the order, Esc back")
    if not held.stands:
        return _("Enter the order, Esc back")
    if held.mine and other:
        return _("second terminal: {command}").format(command=other)
    if held.mine:
        return _("another operator accepts (paidan --as CODE); ; note, w withdraw, Esc back")
    return _("Space tick, a tick all in sight, y accept, ; add a note, Enter the order, Esc back")


def keys_lines(held: Handover, cells: int, *, other: str = "") -> list[str]:
    """The same in lines of so many cells; those of a command are joined by what a shell joins."""
    told = keys_said(held, other=other)
    if cell_len(told) <= cells:
        return [told]
    if not (held.stands and held.mine and other):
        return list(wrapped(told, cells))
    *begun, last = wrapped(told, cells - len(_GOES_ON))
    return [*(line + _GOES_ON for line in begun), last]


def parts_of(held: Handover) -> Iterator[tuple[Part, tuple[HandoverLine, ...]]]:
    """Each part with its lines, as they are printed."""
    for part in Part:
        yield part, tuple(line for line in held.lines if line.part is part)
