"""Departments, which projects go between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands.inputs import CODE, NAME, line, needed
from store.domain.intents import Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.commands.projects_asked import SaveDepartments
    from store.persistence.work import Work


def save_departments(work: Work, command: SaveDepartments) -> Done:
    """All of them in one transaction."""
    work.hold_desk()
    made = 0
    for code, name, name_zh in command.departments:
        key = {"code": needed(code, N_("code"), limit=CODE)}
        told = {"name": line(name, N_("name"), limit=NAME)}
        told["name_zh"] = line(name_zh, N_("name in Chinese"), limit=NAME)
        known = work.entry_by("department", key)
        if known is None and not told["name"]:
            told["name"] = needed(told["name_zh"], N_("name"), limit=NAME)
        values = {name: text for name, text in told.items() if text}
        made += work.settle("department", key, values, {"name_zh": ""})[1]
    facts = {"count": len(command.departments), "made": made}
    return Done(sentence=N_("departments kept: {count}, of them new: {made}"), facts=facts)
