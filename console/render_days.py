"""The day of all technicians as rows of signs over a scale of hours; pure.

.  free, on shift    blank: off shift    x  absent    =  done    #  under way    +  planned
*  planned, late    -  the way there    !  cannot be as it stands    &  locked    |  now
Where there is room an order's number stands in it; the chosen one stands between < and >.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, _n, coded
from console.looks import keys_said, packed, spread, width
from console.render import LOCKED
from console.render_people import standing_of, whole_standing
from console.render_replan import some_said
from console.render_time import here, span
from console.whens import coming as when
from console.widgets.columns import Column, fit
from console.widgets.window import Row, Tinted
from store.domain.words import N_
from store.queries.days import BarKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import tzinfo

    from console.looks import Parts
    from store.queries.days import Bar, Day

_SIGNS: Final[Mapping[BarKind, str]] = {BarKind.DONE: "=", BarKind.NOW: "#", BarKind.PLAN: "+"}
_NOW, _CLASH, _AWAY, _THERE = "|", "!", "x", "."
_WAY, _LATE, _LIFTED, _TINY = "-", "*", "?", "@"
_CLASHES: Final = 3
"""Orders that cannot be, told by number at most."""
_LEFT, _RIGHT = 3, 2
"""The margins of a work table."""
_NAMES_LEAST, _NAMES_MOST = 11, 32
_HOUR: Final = timedelta(hours=1)
_APART: Final = 8
"""So many cells an hour's name needs at least."""

KEYS: Final[Mapping[str, str]] = {
    "← →": N_("the job before and after; beyond the last one the hours move"),
    "Enter": N_("open the job that is chosen"),
    "m": N_("move the job: to whom, before which other; what it costs is shown, Enter does it"),
    "s": N_("swap the job with the one that is chosen next; Enter does it"),
    ", ^k": N_("lock the job to whoever has it, at its time; unlock it"),
    "+ -": N_("fewer hours, more hours"),
    "< >": N_("an hour back, an hour on; with Shift and an arrow a day"),
    "Y": N_("the hours around now again"),
}
"""What the keys of this board do."""

Window = tuple[datetime, datetime]
Span = tuple[datetime, datetime]


def day_columns(
    width: int, window: Window, zone: tzinfo | None, *, hour: timedelta = _HOUR
) -> tuple[Column, ...]:
    """The columns of a table so wide; the last has the hours for its head."""
    names = min(_NAMES_MOST, max(_NAMES_LEAST, width // 6))
    columns = _columns("", names)
    return _columns(scale(window, scale_width(columns, width), zone, hour=hour), names)


def scale_width(columns: tuple[Column, ...], width: int) -> int:
    """How many cells the day has in a table so wide."""
    slots = fit(columns, width, left=_LEFT, right=_RIGHT)
    return next((slot.width for slot in slots if slot.column.name == "day"), 0)


def _columns(hours: str, names: int) -> tuple[Column, ...]:
    return (
        Column(name="name", title=_("technician"), width=names),
        Column(name="state", title=_("state"), width=11),
        Column(name="since", title=_("since"), width=5, align="right"),
        Column(name="load", title=_("done/to do"), width=10, align="right", since=100),
        Column(name="next", title=_("next"), width=6, align="right", since=76),
        Column(name="day", title=hours, width=20, flexible=True),
    )


def scale(window: Window, cells: int, zone: tzinfo | None, *, hour: timedelta = _HOUR) -> str:
    """The hours, or what is one in a drill, each beginning where it is."""
    begins, ends = window
    hours = (ends - begins) // hour
    step = next((n for n in (1, 2, 3, 4, 6, 12) if cells * n >= hours * _APART), 24)
    signs = [" "] * cells
    for turn in range(0, hours, step):
        at = here(begins + hour * turn, zone)
        name, place = f"{at:%H:%M}", cells * turn // hours
        if place + len(name) <= cells:
            signs[place : place + len(name)] = name
    return "".join(signs)


def days_said(window: Window, zone: tzinfo | None) -> str:
    """Which day the hours are of; where midnight is among them, both."""
    begins, ends = (here(one, zone) for one in (window[0], window[1] - timedelta(seconds=1)))
    if begins.date() == ends.date():
        return f"{begins:%Y-%m-%d}"
    return f"{begins:%m-%d}/{ends:%m-%d}"


def midnight(at: datetime, zone: tzinfo | None) -> datetime:
    """When the day of an instant began here."""
    day = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return day.astimezone(UTC)


def day_row(
    day: Day,
    place: int,
    *,
    at: datetime,
    window: Window,
    cells: int,
    chosen: Container[int] = (),
    lifted: Span | None = None,
) -> Row:
    """One technician; `chosen` are the orders at hand, `lifted` where one would come."""
    sign, label, tone = standing_of(day.line)
    text, coming = f"{sign} {_(label)}", day.next
    line = signs(day, at=at, window=window, cells=cells, chosen=chosen, lifted=lifted)
    row = (
        day.line.name,
        Tinted(text, tone) if tone else text,
        span(at - day.line.state_since) if day.line.state_since else "",
        f"{day.done}/{day.to_do}",
        f"#{coming.number}" if coming else "",
        Tinted(line, "overdue" if day.clashes else "soon") if day.clashes or day.late else line,
    )
    return Row(key=day.line.id, version=hash(row), mark=(place,), cells=row)


def signs(
    day: Day,
    *,
    at: datetime,
    window: Window,
    cells: int,
    chosen: Container[int] = (),
    lifted: Span | None = None,
) -> str:
    """The day in so many cells."""
    drawn = [" "] * cells
    for begins, ends in day.there:
        _draw(drawn, window, begins, ends, _THERE)
    for begins, ends in day.away:
        _draw(drawn, window, begins, ends, _AWAY)
    for bar in day.bars:
        if bar.sets_out_at is not None and bar.sets_out_at < bar.from_at:
            _draw(drawn, window, bar.sets_out_at, bar.from_at, _WAY)
    for bar in day.bars:
        _draw_bar(drawn, window, bar, chosen=bar.number in chosen)
    if lifted is not None:
        _draw(drawn, window, *lifted, _LIFTED)
    if window[0] <= at < window[1]:
        drawn[_place(window, at, cells)] = _NOW
    return "".join(drawn)


def _draw_bar(drawn: list[str], window: Window, bar: Bar, *, chosen: bool) -> None:
    """An order, with its number where that has room, and its marks."""
    sign = _SIGNS[bar.kind]
    if bar.clashes:
        sign = _CLASH
    elif bar.promise is not None and bar.kind is not BarKind.DONE:
        sign = _LATE
    cells = _draw(drawn, window, bar.from_at, bar.to_at, sign)
    if not cells:
        return
    name = str(bar.number)
    if len(cells) >= len(name) + 2:
        drawn[cells.start + 1 : cells.start + 1 + len(name)] = name
    if bar.locked:
        drawn[cells.start] = LOCKED
    if chosen:
        drawn[cells.start], drawn[cells.stop - 1] = "<", ">"
        if len(cells) == 1:
            drawn[cells.start] = _TINY


def _draw(drawn: list[str], window: Window, begins: datetime, ends: datetime, sign: str) -> range:
    """At least one cell of what lies in the window; which cells those are."""
    if ends < window[0] or begins >= window[1]:
        return range(0)
    low = _place(window, max(begins, window[0]), len(drawn))
    high = _place(window, min(ends, window[1]), len(drawn))
    high = min(max(high, low + 1), len(drawn))
    drawn[low:high] = sign * (high - low)
    return range(low, high)


def _place(window: Window, at: datetime, cells: int) -> int:
    return min(cells, int((at - window[0]) / (window[1] - window[0]) * cells))


def heading_said(day: str, cells: int) -> tuple[Parts, ...]:
    """Which day, and what the signs mean: all of them, on two lines where one has no room."""
    legend = _(
        "= done  # at it  + planned  * late  - way  ! clash  & locked  x absent  . free  | now"
    )
    first: Parts = ((f" {day} ", "strong"),)
    told: Parts = ((f"{legend} ", "muted"),)
    if width(first) + width(told) < cells:
        return (spread(first, told, cells),)
    signs = (((f" {sign} ", "muted"),) for sign in legend.split("  "))
    return packed((first, *signs), cells)


def day_keys(cells: int) -> tuple[Parts, ...]:
    """The keys of the timeline."""
    return keys_said(
        (
            ("\u2190 \u2192", _("job")),
            ("m", _("move")),
            ("s", _("swap")),
            (", ^k", _("lock, unlock")),
            ("Enter", _("open it")),
            ("Esc", _("back")),
            ("+ -", _("zoom")),
            ("< >", _("hour")),
            ("Y", _("now")),
        ),
        cells,
    )


def lifted_keys(cells: int) -> tuple[Parts, ...]:
    """The keys while an order is being moved."""
    return keys_said(
        (
            ("\u2191 \u2193 a-z", _("to whom")),
            ("\u2190 \u2192", _("earlier, later")),
            ("Enter", _("do it")),
            ("Esc", _("leave all as it is")),
        ),
        cells,
    )


def swapped_keys(cells: int) -> tuple[Parts, ...]:
    """The keys while an order is to change places with another."""
    return keys_said(
        (
            ("\u2191 \u2193", _("technician")),
            ("\u2190 \u2192", _("job")),
            ("Enter", _("do it")),
            ("Esc", _("leave all as it is")),
        ),
        cells,
    )


def about(day: Day | None, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """Two lines about the chosen technician: what he can and has to do, and what comes next."""
    if day is None:
        return ((), ())
    line, lasts = day.line, ""
    _sign, _label, tone = standing_of(line)
    if line.state_since is not None:
        lasts = f" {span(at - line.state_since)}"
    name = coded(line.name, line.code)
    skills = _(", ").join(day.skills) or _("no skill entered")
    first: Parts = (
        (f" {name}", "strong"),
        (f"  {whole_standing(line)}{lasts}", tone),
        (f"  {skills}", "muted"),
        (f"  {line.phone}", ""),
    )
    return first, tuple(_load(day, at, zone))


def _load(day: Day, at: datetime, zone: tzinfo | None) -> Iterable[tuple[str, str]]:
    load = _("{done} done, {to_do} to do").format(done=day.done, to_do=day.to_do)
    yield f" {load}", ""
    for bar in day.bars:
        if bar.kind is BarKind.NOW:
            yield f"  #{bar.number} {bar.title}", "good"
    if day.next is not None:
        coming: Bar = day.next
        said = _("next {time} #{number} {title}")
        clock = when(coming.from_at, zone, at=at)
        text = said.format(time=clock, number=coming.number, title=coming.title)
        yield f"  {text}", ""
    if day.clashes:
        said = _n(
            "{orders} cannot be as it stands", "{orders} cannot be as they stand", len(day.clashes)
        )
        yield f"  ! {said.format(orders=some_said(day.clashes, _CLASHES))}", "overdue"
