"""Backups that are made by themselves: where, how often, which are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import needed, whole
from store.domain.backups import LEAST_MIN, MOST_KEPT, MOST_MIN
from store.domain.errors import BadInput, OutOfReach
from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBackups(Command):
    """Have backups made in a folder by themselves; None leaves what is set."""

    folder: str | None = None
    """Whole, on every host that may make them; empty for none any more."""
    every_min: int | None = None
    keep: tuple[int, int, int, int] | None = None
    """The newest of so many hours, days, weeks and months."""


def set_backups(work: Work, command: SetBackups) -> Done:
    """The next is made at once."""
    changes: dict[str, Any] = {}
    if command.folder is not None:
        if command.folder and work.who.origin is not None:
            raise OutOfReach
        changes["folder"] = command.folder and _whole_path(command.folder)
    if command.every_min is not None:
        where = N_("backup every")
        changes["every_min"] = whole(command.every_min, LEAST_MIN, MOST_MIN, where)
    if command.keep is not None:
        where = N_("backups kept")
        if len(command.keep) != 4:
            right = N_("so many of hours, days, weeks and months: 24 7 4 12")
            raise BadInput(where=where, wrong=str(len(command.keep)), right=right)
        changes["keep"] = tuple(whole(count, 0, MOST_KEPT, where) for count in command.keep)
    plan = work.put_backups(**changes)
    if not plan.folder:
        return Done(sentence=N_("no backups are made by themselves"), facts={})
    return Done(
        sentence=N_("backups: every {every} min in {folder}; kept: {keep}"),
        facts={
            "every": plan.every_min,
            "folder": plan.folder,
            "keep": "/".join(map(str, plan.keep)),
        },
    )


def _whole_path(told: str) -> str:
    where = N_("backup folder")
    folder = needed(told, where, limit=_LONGEST)
    if not os.path.isabs(folder):
        right = N_("write it from the root on, such as /backups")
        raise BadInput(where=where, wrong=folder, right=right)
    return os.path.normpath(folder)
