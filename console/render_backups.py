"""How backups are made by themselves and how old the last is, in words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import _
from console.render_time import span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.queries.backups import BackupsNow


def backup_lines(found: BackupsNow, *, at: datetime) -> Iterator[str]:
    """Where and how often, how old the last good one is, and what is wrong."""
    plan, told = found.plan, found.told
    if not plan.folder:
        yield _("no backups are made by themselves; set backup /backups has it done every hour")
    else:
        said = _("backups: every {every} min in {folder}; kept: {keep}")
        keep = "/".join(map(str, plan.keep))
        yield said.format(every=plan.every_min, folder=plan.folder, keep=keep)
    if told.good is not None:
        age = span(at - told.good.made_at).strip()
        yield _("the last good backup is {age} old: {name}").format(age=age, name=told.good.name)
    elif plan.folder:
        yield _("there is no good backup yet")
    if found.alarm is not None:
        yield _("{what}: {about}").format(what=_("backups fail"), about=_(found.alarm))


def backups_plain(found: BackupsNow) -> dict[str, Any]:
    """The same for a script."""
    plan, told = found.plan, found.told
    good = told.good
    return {
        "folder": plan.folder or None,
        "every_min": plan.every_min,
        "keep": list(plan.keep),
        "last_good": None if good is None else good.name,
        "last_good_at": None if good is None else good.made_at.isoformat(),
        "wrong": None if found.alarm is None else _(found.alarm),
    }
