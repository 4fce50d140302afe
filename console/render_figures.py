"""The figures of the desk's own alarms as lines; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.i18n import _
from console.render_time import rest
from store.domain.alarm_figures import MOST_AN_HOUR
from store.domain.timer_kinds import TIMERS, read_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from console.looks import Parts
    from store.queries.alarm_figures import AlarmRule

_APART = 2
"""Cells between two columns at least."""


def figure_lines(rules: Sequence[AlarmRule], *, days: int) -> tuple[Parts, ...]:
    """What is true of all alarms, then a line a rule."""
    if not rules:
        return ()
    return tuple(_lines(rules[0], rules[1:], days))


def _lines(total: AlarmRule, rules: Sequence[AlarmRule], days: int) -> Iterator[Parts]:
    yield ((_("alarms of the last {days} days").format(days=days), "strong"),)
    yield ((_load(total), ""),)
    if total.rings_per_hour is not None and total.rings_per_hour > MOST_AN_HOUR:
        said = _("more than one in ten minutes: the desk cannot keep up with so many")
        yield ((f"! {said}", "soon"),)
    yield ((_heard(total), ""),)
    waiting = _("still waiting: {count}; the supervisor was called {escalated} times")
    yield ((waiting.format(count=total.waiting, escalated=total.escalated), ""),)
    yield ()
    if not rules:
        said = _("none was raised: there is nothing to tell of them; Esc leads back")
        yield ((said, "strong"),)
        return
    yield ((_("alarms by rule"), "strong"),)
    heads = (_("rule"), _("rang"), _("by itself"), _("acknowledged"), _("median"), "P90")
    head, *rows, every = _in_columns([heads, *map(_figures, (*rules, total))])
    yield ((head, "muted"),)
    for rule, said in zip(rules, rows, strict=True):
        yield ((said, "soon" if rule.cries_wolf else ""),)
        if rule.cries_wolf:
            wolf = _("cries wolf: half of its rings or more went by themselves, nobody acted")
            yield ((f"  ! {wolf}", "soon"),)
    yield ((every, "strong"),)


def rule_said(kind: str) -> str:
    """What a rule is called; all together where none is meant."""
    spec = TIMERS.get(read_kind(kind))
    return (_(spec.label) if spec is not None else kind) if kind else _("all")


def took(seconds: float | None) -> str:
    """A wait in few cells; a dash where there was none."""
    return "-" if seconds is None else rest(seconds)


def _load(total: AlarmRule) -> str:
    if total.rings_per_hour is None:
        said = _("rang: {count}; nobody was at the desk, so there is no rate")
        return said.format(count=total.rings)
    said = _("rang: {count}, {each} per operator-hour ({hours} operator-hours)")
    each = f"{total.rings_per_hour:.1f}"
    return said.format(count=total.rings, each=each, hours=total.operator_hours)


def _heard(total: AlarmRule) -> str:
    if not total.acknowledged:
        return _("nobody has acknowledged any, so there is no time to tell")
    said = _("acknowledged: {count}; time to acknowledge: median {median}, P90 {p90}, mean {mean}")
    return said.format(
        count=total.acknowledged,
        median=took(total.median_s),
        p90=took(total.p90_s),
        mean=took(total.mean_s),
    )


def _figures(rule: AlarmRule) -> tuple[str, ...]:
    counts = map(str, (rule.rings, rule.lapsed, rule.acknowledged))
    return (rule_said(rule.kind), *counts, took(rule.median_s), took(rule.p90_s))


def _in_columns(table: Sequence[tuple[str, ...]]) -> list[str]:
    """Each row on one line: the name at the left, the figures at the right of their columns."""
    wide = [max(cell_len(cell) for cell in column) + _APART for column in zip(*table, strict=True)]
    return [
        name
        + " " * (wide[0] - cell_len(name))
        + "".join(" " * (w - cell_len(c)) + c for w, c in zip(wide[1:], cells, strict=True))
        for name, *cells in table
    ]
