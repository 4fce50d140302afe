"""What is too much for one transaction goes ahead in parts, between which others write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.domain.who import Who
    from store.records import Records


def go_ahead(records: Records, command: Command, *, who: Who, at: datetime) -> None:
    """Do as much of a command before it as would make others wait; nothing of most commands.

    A process that dies between two parts leaves whole orders behind: whoever says it again goes on.
    """
    from store.commands import permit
    from store.commands.customer_merges import IN_PARTS

    part = IN_PARTS.get(type(command))
    if part is None:
        return

    def step() -> bool:
        with records.work(who=who, at=at) as work:
            permit(work.who, command)
            work.is_command = True
            return part(work, command)

    while records.again(step):
        pass
