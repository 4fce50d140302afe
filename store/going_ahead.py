"""What is too much for one transaction goes ahead in parts, between which others write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from store.domain.intents import Command
    from store.persistence.work import Work


def go_ahead(
    command: Command,
    transaction: Callable[[], AbstractContextManager[Work]],
    again: Callable[[Callable[[], int]], int],
) -> None:
    """Do as much of a command before it as would make others wait; nothing of most commands.

    A process that dies between two parts leaves whole orders behind: whoever says it again goes on.
    It ends as soon as what is left does not become less: two who move the same to and fro would
    never come to an end, and one of them is to have it whole.
    """
    from store.commands import permit
    from store.commands.customer_merges import IN_PARTS

    part = IN_PARTS.get(type(command))
    if part is None:
        return

    def step() -> int:
        with transaction() as work:
            permit(work.who, command)
            work.is_command = True
            return part(work, command)

    before = again(step)
    while before and (left := again(step)) < before:
        before = left
