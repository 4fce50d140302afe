"""Saved views: a query under a name, with its order, for oneself or for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.inputs import CODE, REASON, line, needed, one_of
from store.domain.errors import BadInput, NameUnknown, ViewOfAll, ViewOfAnother
from store.domain.finding.parser import parse
from store.domain.finding.sorts import SORTS
from store.domain.intents import Command, Done
from store.domain.who import Right, require
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

MOST = 30
"""Views that one operator may have of his own, and that all may have together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveView(Command):
    """A view by its name, made or changed; `QueryUnclear` for a query that cannot be read.

    `ViewOfAnother` for one of all that somebody else made, where the asker sees some sites only.
    """

    name: str
    query: str
    sort: str = ""
    """A column of `store.domain.finding.sorts`; empty leaves it to the query."""
    descending: bool = False
    shared: bool = False
    """Whether everybody sees it; a private one of the same name stays beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropView(Command):
    """A view is not wanted any more; `NameUnknown` for one that is not there.

    `ViewOfAll` for one that is not the asker's own, but everybody's.
    `ViewOfAnother` for one of all that somebody else made, where the asker sees some sites only.
    """

    name: str
    shared: bool = False


def save_view(work: Work, command: SaveView) -> Done:
    """The view as given."""
    name = needed(command.name, N_("name"), limit=CODE)
    _check_right(work, shared=command.shared)
    query = line(command.query, N_("query"), limit=REASON)
    parse(query)
    sort = command.sort and one_of(command.sort, SORTS, N_("column"))
    given = {"query": query, "sort": sort, "descending": command.descending}
    known = work.view(name, shared=command.shared)
    if known is None and work.count_views(shared=command.shared) >= MOST:
        raise BadInput(
            where=N_("view"),
            wrong=N_("there are {most} already").format(most=MOST),
            right=N_("drop one first"),
        )
    if known is not None:
        _check_maker(work, name, shared=command.shared)
    work.put_view(name, given, shared=command.shared)
    sentence = N_("view {name} saved for everybody") if command.shared else N_("view {name} saved")
    return Done(sentence=sentence, facts={"name": name})


def drop_view(work: Work, command: DropView) -> Done:
    """The view gone; orders are not touched."""
    name = line(command.name, N_("name"), limit=CODE)
    _check_right(work, shared=command.shared)
    if work.view(name, shared=command.shared) is None:
        if not command.shared and work.view(name, shared=True) is not None:
            raise ViewOfAll(name=name)
        raise NameUnknown(what=N_("view"), name=name)
    _check_maker(work, name, shared=command.shared)
    work.drop_view(name, shared=command.shared)
    sentence = (
        N_("view {name}, which everybody had, dropped")
        if command.shared
        else N_("view {name} dropped")
    )
    return Done(sentence=sentence, facts={"name": name})


def _check_right(work: Work, *, shared: bool) -> None:
    """What all have is kept by who keeps what all have; a site office has views of its own."""
    if shared:
        require(work.who, Right.REGISTER)


def _check_maker(work: Work, name: str, *, shared: bool) -> None:
    """Views of all are their makers', and those who see every site look after them."""
    if not shared or work.who.scope.sites is None:
        return
    maker, called = work.view_maker(name)
    if maker != work.who.operator:
        raise ViewOfAnother(name=name, by=called)
