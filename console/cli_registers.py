"""Lines of the registers that `paidan list` shows as rows of a table."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from console.i18n import _
from store.domain.targets import CLOCK_LABELS
from store.domain.words import N_

KIND_HEADS: Final = (
    *(N_("code"), N_("name"), N_("open"), N_("orders"), N_("usually")),
    *(N_("skill"), N_("level"), N_("certificate"), N_("procedure")),
)
KIND_LEGEND: Final = N_(
    "orders: of the newest 5,000; usually: how long its work took; a kind without skill and"
    " certificate may be done by anybody: paidan add kind says what one takes"
)
REGION_HEADS: Final = (N_("code"), N_("name"), N_("sites"), N_("technicians"))
WISH_HEADS: Final = (
    *(N_("code"), N_("customer"), N_("wish")),
    *(N_("code"), N_("technician")),
)


def calendar_cells(line: Any) -> tuple[str, ...]:
    """One calendar."""
    until = str(line.known_until or "")
    return (line.code, _(line.name), line.zone, until, _(", ").join(line.levels))


def level_cells(line: Any) -> tuple[str, ...]:
    """One service level, its promises for each priority."""
    from console.render_time import target_said
    from store.domain.moves_desk import PRIORITIES

    targets = (line.policy or {}).get("targets", {})
    # What is not promised to a priority by itself is promised as to the next less urgent one.
    named = [{**targets.get(str(priority), {})} for priority in PRIORITIES]
    for more, less in reversed(tuple(pairwise(named))):
        more |= {clock: target for clock, target in less.items() if more.get(clock) is None}
    by_clock = ("/".join(target_said(one.get(clock)) for one in named) for clock in CLOCK_LABELS)
    return (line.code, _(line.name), line.calendar, *by_clock, str(line.customers))


def kind_cells(line: Any) -> tuple[str, ...]:
    """One kind of work; how well a skill is mastered says nothing where it takes none."""
    from console.render_kinds import counted, procedure_said
    from console.render_told import takes_said

    level = "" if line.skill is None else str(line.level)
    told = (counted(line.open), counted(line.orders), takes_said(line.usual_s).strip())
    return (line.code, line.name, *told, line.skill or "", level, line.certificate,
            procedure_said(line))  # fmt: skip


def region_cells(line: Any) -> tuple[str, ...]:
    """One region."""
    return (line.code, line.name, str(line.sites), _(", ").join(line.technicians))


def wish_cells(line: Any) -> tuple[str, ...]:
    """One wish."""
    wish = _("refuses") if line.refused else _("asks for")
    return (line.customer, line.customer_name, wish, line.technician, line.technician_name)


def mastery_cells(line: Any) -> tuple[str, str]:
    """What a technician masters, and which certificates he has until when."""
    from console.cli_table import local

    skills = _(", ").join(f"{code}:{level}" for code, level in line.skills.items())
    papers = (name if ends is None else f"{name} {local(ends)}" for name, ends in line.certificates)
    return skills, _(", ").join(papers)
