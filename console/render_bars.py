"""The bars around the table as parts: status line and queues; pure, `at` an argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.actions import ACTIONS, first_sign
from console.i18n import LANGUAGES, _, _n, language
from console.looks import Part, Parts, cut, spread, width
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.standing import Standing

QUEUE_KEYS: Final = "1234567890-"
"""The keys that choose a queue, in the order of the queues."""

SHORT_LABELS: Final[Mapping[str, str]] = {
    "all_open": N_("open"),
    "unassigned": N_("unassigned"),
    "not_accepted": N_("unaccepted"),
    "at_risk": N_("risk"),
    "overdue": N_("overdue"),
    "in_progress": N_("going"),
    "waiting": N_("waiting"),
    "waiting_expired": N_("expired"),
    "follow_ups_due": N_("calls"),
    "nobody_following": N_("nobody"),
    "to_close": N_("to close"),
}
"""Names of the queues for narrow screens."""

_WORRYING: Final[Mapping[str, str]] = {
    "overdue": "overdue",
    "nobody_following": "overdue",
    "waiting_expired": "overdue",
    "at_risk": "soon",
    "follow_ups_due": "soon",
}
"""Queues whose count is a reason to look."""

_APART: Part = ("  ", "")


def status_line(
    standing: Standing,
    *,
    at: datetime,
    zone: tzinfo | None,
    cells: int,
    with_alarms: bool = False,
    keymap: Mapping[str, tuple[str, ...]] | None = None,
) -> Parts:
    """Who sits where, whether the store and the timers can be trusted, and the time.

    `with_alarms` where the screen has no other place that tells of them.
    """
    speaks = (LANGUAGES[language()], "muted")
    link, timers = _link(standing, at), _timers(standing, at)
    left_side: list[Part] = [(" ", ""), *drill_part(standing, at), _title(standing, keymap)]
    if standing.name:
        left_side += [_APART, (standing.name, "")]
    if standing.trouble is None:  # else there is more to say than there is room for
        left_side += [_APART, speaks]
    left_side += [_APART, link]
    if standing.waiting:
        said = _n("{count} waits: {key}", "{count} wait: {key}", standing.waiting)
        said = said.format(count=standing.waiting, key=first_sign(ACTIONS["waiting"], keymap))
        part = said, "alarm" if standing.held else "soon"
        left_side += [_APART, part]
    if standing.seen_at is not None and standing.trouble is not None:
        old = max(0, int((at - standing.seen_at).total_seconds()))
        left_side += [_APART, (_("board {seconds} s old").format(seconds=old), "soon")]
    left_side += _apart(timers)
    signs = {
        _("recorded"): standing.recorded,
        _("view only"): standing.only_looks,
        _("bell off"): standing.muted,
    }
    for said in (said for said, holds in signs.items() if holds):
        left_side += [_APART, (said, "soon")]
    if standing.bytes_s is not None:
        said = _("{count} B/s").format(count=standing.bytes_s)
        left_side += [_APART, (said, "muted")]
    clock = at.astimezone(zone).strftime("%m-%d %H:%M ")
    ringing = (*ringing_part(standing), _APART) if with_alarms and standing.ringing else ()
    return _fitted(left_side, (*ringing, (clock, "strong")), (speaks, timers, link), cells)


def _fitted(left: list[Part], right: Parts, calm: Parts, cells: int) -> Parts:
    """The first line without what is as it should be, rather than that half a word of it stands."""
    title = _("Paidan dispatch"), "strong"
    if title in left and width((*left, *right)) >= cells:
        left[left.index(title)] = (_("Paidan"), "strong")
    for part in calm:
        if part in left and part[1] in {"muted", "good"} and width((*left, *right)) >= cells:
            place = left.index(part)
            del left[place - 1 : place + 1]
    return spread(tuple(left), right, cells)


def drill_part(standing: Standing, at: datetime) -> Parts:
    """That it is a drill, and how long it still goes; nothing where it is serious."""
    if standing.drill_ends_at is None:
        return ()
    left = max(0, int((standing.drill_ends_at - at).total_seconds()))
    said = _("DRILL {minutes}:{seconds}").format(minutes=left // 60, seconds=f"{left % 60:02}")
    return ((f" {said} ", "alarm"), _APART)


def _title(standing: Standing, keymap: Mapping[str, tuple[str, ...]] | None) -> Part:
    """The desk's name; or that it waits to be taken over, which somebody must hear of."""
    if not standing.offered_from:
        return _("Paidan dispatch"), "strong"
    said = _("{who} hands over: {key}")
    return said.format(
        who=standing.offered_from, key=first_sign(ACTIONS["handover"], keymap)
    ), "soon"


def ringing_part(standing: Standing) -> Parts:
    """How many alarms nobody has acknowledged; nothing where none rings."""
    count = standing.ringing
    if not count:
        return ()
    said = _n("! {count} alarm", "! {count} alarms", count).format(count=count)
    if standing.escalated:
        said = f"!{said}" + _(", {count} for the supervisor").format(count=standing.escalated)
    return ((f" {said} ", "alarm"),)


def _link(standing: Standing, at: datetime) -> Part:
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(standing.kind, _("store"))
    if standing.trouble is not None:
        since = int((at - standing.trouble_since).total_seconds()) if standing.trouble_since else 0
        said = _("{kind} unreachable {seconds} s").format(kind=kind, seconds=max(0, since))
        return said, "alarm"
    if not standing.kind:
        return _("opening the store ..."), "muted"
    if standing.read_only:
        return _("{kind} read-only").format(kind=kind), "alarm"
    return _("{kind} ok").format(kind=kind), "good"


def _timers(standing: Standing, at: datetime) -> Part:
    if not standing.kind:
        return "", ""
    if standing.outage is not None:
        return _("system down (drill)"), "alarm"
    stalled = standing.stalled_s(at)
    if stalled is not None:
        return _("timers stalled {seconds} s").format(seconds=stalled), "alarm"
    if standing.read_only:
        return _("timers wait"), "soon"
    failing = standing.pulse.failing if standing.pulse is not None else 0
    if failing:
        said = _n("{count} timer fails", "{count} timers fail", failing)
        return said.format(count=failing), "alarm"
    # While the store is away nobody here can tell: others may fire them, or nobody.
    return (_("timers ok"), "good") if standing.trouble is None else ("", "")


def _apart(part: Part) -> list[Part]:
    """A part apart from those before it; nothing of one that says nothing."""
    return [_APART, part] if part[0] else []


_MOST_TAB_ROWS = 4
"""Saved views beyond these lines of tabs are only counted: the orders need the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """A saved view as it stands beside the queues."""

    id: int
    name: str
    count: int | None
    """None where there are more than are counted; -1 while it is not known."""
    chosen: bool
    shared: bool = False
    """Whether everybody has it."""

    @property
    def called(self) -> str:
        """Its name, marked as it is typed where one is kept for everybody."""
        return f"*{self.name}" if self.shared else self.name

    @property
    def counted(self) -> str:
        """The count in few cells."""
        from store.queries.finding import MOST  # not before the first paint

        if self.count is None:
            return f"{MOST}+"
        return "…" if self.count < 0 else str(self.count)


def queue_list(
    counts: Mapping[str, int] | None,
    chosen: str,
    cells: int,
    views: Sequence[ViewLine] = (),
    room: int = 30,
) -> tuple[Parts, ...]:
    """The queues one below the other: key, name, count; then as many views as there is room for."""
    elsewhere = any(view.chosen for view in views)
    rows = []
    for key, (name, queue) in zip(QUEUE_KEYS, QUEUES.items(), strict=True):
        held = name == chosen and not elsewhere
        tone = "held" if held else _tone(counts, name)
        rows.append(_listed(f" {key} {_(queue.label)}", _count(counts, name), tone, cells))
    if views:
        said = _(" views, * everybody's") if any(v.shared for v in views) else _(" views")
        rows.append(cut(((said, "muted"),), cells))
    shown = views if len(views) <= room else views[: room - 1]
    rows += [_listed(f"   {v.called}", v.counted, _view_tone(v), cells) for v in shown]
    if len(shown) < len(views):
        rows.append(cut(((f"   {_more(len(views) - len(shown))}", "muted"),), cells))
    return tuple(rows)


def _view_tone(view: ViewLine) -> str:
    return "held" if view.chosen else "muted" if view.count == 0 else ""


def _more(count: int) -> str:
    return _("+ {count} more").format(count=count)


def _listed(label: str, count: str, tone: str, cells: int) -> Parts:
    text = spread(((label, tone),), ((f"{count} ", tone),), cells)
    return tuple((part, tone if tone == "held" else t) for part, t in text)


def queue_tabs(
    counts: Mapping[str, int] | None, chosen: str, cells: int, views: Sequence[ViewLine] = ()
) -> tuple[Parts, ...]:
    """The queues and views in as few lines as they need: key, short name, count."""
    elsewhere = any(view.chosen for view in views)
    tabs: list[Part] = []
    for key, name in zip(QUEUE_KEYS, QUEUES, strict=True):
        tone = "held" if name == chosen and not elsewhere else _tone(counts, name)
        tabs.append((f" {key} {_(SHORT_LABELS[name])} {_count(counts, name)} ", tone))
    tabs += [(f" {view.called} {view.counted} ", _view_tone(view)) for view in views]
    rows: list[list[Part]] = [[]]
    used = 0
    for place, (text, tone) in enumerate(tabs):
        if used + cell_len(text) > cells and used:
            if len(rows) == _MOST_TAB_ROWS:
                return tuple(map(tuple, (*rows[:-1], _ended(rows[-1], len(tabs) - place, cells))))
            rows.append([])
            used = 0
        rows[-1].append((text, tone))
        used += cell_len(text)
    return tuple(cut(row, cells) for row in rows)


def _ended(row: Sequence[Part], hidden: int, cells: int) -> Sequence[Part]:
    """A last row of tabs that tells how many are hidden behind it."""
    kept = row[:-1]
    told = (f" {_more(hidden + len(row) - len(kept))} ", "muted")
    return (
        [*kept, told]
        if not kept or width([*kept, told]) <= cells
        else _ended(kept, hidden + 1, cells)
    )


def _count(counts: Mapping[str, int] | None, name: str) -> str:
    if counts is None:
        return "…"
    count = counts.get(name, 0)
    return str(count) if count < 100_000 else f"{count // 1000}k"


def _tone(counts: Mapping[str, int] | None, name: str) -> str:
    count = (counts or {}).get(name, 0)
    return _WORRYING.get(name, "") if count else "muted"
