"""What the radar proposes: a row each, and the evidence of the one at hand; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_radar import BY_KEY, DEEDS
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import flat, packed
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_voices import about_named
from store.domain.radar import RULES, Rule
from store.domain.recurrences import FATES, Fate
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.radar import RecurrenceLine

SHOW = "7"
"""The key that goes on to what is over, and back."""
_ROOM: Final = 6
"""Lines of evidence below the list."""


def radar_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="id", title=_("proposal"), width=8, align="right"),
        Column(name="where", title=_("where"), width=20, flexible=True),
        Column(name="what", title=_("what"), width=14, flexible=True),
        Column(name="rule", title=_("comes again"), width=24, flexible=True),
        Column(name="days", title=_("days"), width=5, align="right"),
        Column(name="orders", title=_("orders"), width=7, align="right", since=100),
        Column(name="complaints", title=_("complaints"), width=10, align="right", since=100),
        Column(name="last", title=_("last"), width=11, since=90),
    )


def radar_row(line: RecurrenceLine, place: int, *, at: datetime, zone: tzinfo | None) -> Row:
    """One proposal."""
    one = line.recurrence
    over = one.fate != Fate.OPEN
    rule = rule_said(line) if not over else fate_said(line)
    cells = (
        str(one.id),
        where_said(line),
        what_said(line),
        Tinted(rule, "muted") if over else rule,
        str(one.days),
        str(len(one.orders) or ""),
        str(len(one.complaints) or ""),
        when(line.evidence[0].at, zone, at=at) if line.evidence else "",
    )
    return Row(key=one.id, version=hash((one, cells)), mark=(place,), cells=cells)


def where_said(line: RecurrenceLine) -> str:
    """The site, and the asset where it is about one."""
    return _(", ").join(filter(None, (line.asset, line.place)))


def what_said(line: RecurrenceLine) -> str:
    """What comes again: the kind of work, what is complained of, or what was said last."""
    one = line.recurrence
    if one.rule == Rule.COMPLAINTS:
        return about_named(one.what)
    if one.rule == Rule.MONTHS and one.what:
        return one.what
    return flat(line.evidence[0].said) if line.evidence else ""


def headline(line: RecurrenceLine) -> str:
    """Where it comes again, and what."""
    return _("{where}: {what}").format(where=where_said(line), what=what_said(line))


def rule_said(line: RecurrenceLine) -> str:
    """Why it is proposed."""
    rule = line.recurrence.rule
    return _(RULES[rule]) if rule in RULES else rule


def fate_said(line: RecurrenceLine) -> str:
    """What became of it."""
    fate = line.recurrence.fate
    return _(FATES[fate]) if fate in FATES else fate


def how_many(lines: Sequence[RecurrenceLine], *, over: bool) -> Part:
    """How many there are."""
    count = len(lines)
    if over:
        said = _n("{count} proposal that is over", "{count} proposals that are over", count)
    else:
        said = _n("{count} trouble comes again", "{count} troubles come again", count)
    return said.format(count=count), "strong" if count else "muted"


def radar_told(
    line: RecurrenceLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the one at hand, and what each key does."""
    told: list[Parts] = []
    if line is not None:
        head = _("proposal {number}").format(number=line.recurrence.id)
        told.append(((f" {head}  {headline(line)}", "strong"),))
        told += [
            ((" ", ""), HANG, (text, tone))
            for text, tone in _told(line, at=at, zone=zone, most=_ROOM)
        ]
    return (*told, *packed(_keys(), width))


def radar_lines(line: RecurrenceLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, with all of the evidence."""
    yield f"{line.recurrence.id}  {headline(line)}"
    for text, _tone in _told(line, at=at, zone=zone, most=len(line.evidence)):
        yield f"  {text}"


def _told(
    line: RecurrenceLine, *, at: datetime, zone: tzinfo | None, most: int
) -> Iterator[tuple[str, str]]:
    one = line.recurrence
    days = _n("it came on {count} day", "it came on {count} days", one.days).format(count=one.days)
    said = _("{rule}: {days}").format(rule=rule_said(line), days=days)
    if one.usual is not None:
        usual = _("{said}, where {usual} at most would be usual")
        said = usual.format(said=said, usual=f"{one.usual:.1f}")
    yield said, ""
    if line.customer:
        speaks = f" ({line.contact})" if line.contact else ""
        yield _("To be invited: {who}").format(who=f"{line.customer}{speaks}"), ""
    for seen in line.evidence[:most]:
        number = f"#{seen.number}" if seen.number is not None else ""
        number = number or _("complaint {number}").format(number=seen.complaint)
        yield f"{when(seen.at, zone, at=at)}  {number}  {flat(seen.said)}", "muted"
    left = len(one.orders) + len(one.complaints) - min(most, len(line.evidence))
    if left > 0:
        yield (
            _n("and {count} before that", "and {count} before that", left).format(count=left),
            ("muted"),
        )
    if one.fate != Fate.OPEN:
        yield from _over(line, at=at, zone=zone)


def _over(line: RecurrenceLine, *, at: datetime, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    one = line.recurrence
    if one.decided_at is not None:
        said = _("{fate} {when} ({who})")
        moment = when(one.decided_at, zone, at=at)
        yield said.format(fate=fate_said(line), when=moment, who=line.decided_by), ""
    if one.action is not None:
        yield _("Action {number} sees to it").format(number=one.action), ""
    if one.reason:
        yield flat(one.reason), ""


def _keys() -> Iterator[Parts]:
    for key, name in BY_KEY.items():
        yield (f" {key} ", "key"), (f"{_(DEEDS[name].label)} ", "")
    yield (f" {SHOW} ", "key"), (_(_SHOWN) + " ", "")


_SHOWN = N_("Over")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    return {key: DEEDS[name].label for key, name in BY_KEY.items()} | {SHOW: _SHOWN}
