"""Alarms and their figures as rows of `paidan list`."""

from __future__ import annotations

from typing import Any

from console.i18n import _


def alarm_cells(line: Any) -> tuple[str, ...]:
    """One alarm."""
    from console.cli_table import local
    from console.render_alarms import reminder_said, title_said
    from console.render_calendar import horizon_said, mend_said
    from store.domain.backups import KIND as BACKUP
    from store.domain.backups import LABEL as BACKUPS_FAIL
    from store.domain.bells import ALARM_STATES
    from store.domain.horizon import LABEL
    from store.domain.projects import ALARMS
    from store.domain.timers import TIMERS
    from store.domain.voices import LABEL as COMPLAINT_WAITS

    known = next((spec.label for kind, spec in TIMERS.items() if kind == line.kind), line.kind)
    about = (str(line.number), line.site_name or "", line.title)
    if line.calendar is not None:
        known, about = LABEL, ("", "", f"{horizon_said(line)}  {mend_said(line)}")
    if line.complaint is not None:
        known, about = COMPLAINT_WAITS, ("", line.site_name or "", title_said(line))
    if line.project is not None:
        known, about = ALARMS.get(line.kind, line.kind), ("", line.site_name or "", line.title)
    if line.kind == BACKUP:
        known, about = BACKUPS_FAIL, ("", "", _(line.title))
    if line.reminder is not None:
        known, about = reminder_said(line), ("", "", line.title)
    state = _(ALARM_STATES[line.state])
    seen = line.shelved_by or line.acknowledged_by or ""
    return (str(line.severity), _(known), state, local(line.due_at), seen, *about)


def rule_cells(line: Any) -> tuple[str, ...]:
    """The alarms of one rule, or of all."""
    from console.render_figures import rule_said, took

    each = "" if line.rings_per_hour is None else f"{line.rings_per_hour:.1f}"
    counts = (line.rings, line.acknowledged, line.waiting, line.lapsed, line.escalated)
    wolf = _("yes") if line.cries_wolf else ""
    waits = (took(line.median_s).strip(), took(line.p90_s).strip())
    return (rule_said(line.kind), *map(str, counts), *waits, each, wolf)
