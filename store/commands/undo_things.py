"""The part of a taking back that is about the desk itself: bells of calendars, plans, views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.project_stages import stage_back
from store.domain.desk_deeds import About, check_newest, differs, does_again, named
from store.domain.intents import Done
from store.domain.undo_refusals import NoSuchDeed, NotTakenBack, SomeThingsStay
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.deeds import Told
    from store.domain.desk_deeds import Thing
    from store.domain.errors import Refusal
    from store.persistence.undoing import Touched
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingBack:
    """One thing that was put back."""

    called: str
    what: str
    again: bool
    """Whether something was done again by it."""


def put_things_back(work: Work, deed: Touched) -> tuple[list[ThingBack], list[Refusal]]:
    """Each as it was, or why it stays."""
    back: list[ThingBack] = []
    stay: list[Refusal] = []
    for thing in deed.things:
        try:
            back.append(_put_back(work, thing, deed.id))
        except (NotTakenBack, NoSuchDeed) as refusal:
            stay.append(refusal)
    return back, stay


def only_things(work: Work, deed: Touched, *, partly: bool) -> Done:
    """What becomes of a deed that no order knows of."""
    back, stay = put_things_back(work, deed)
    if stay and (not partly or not back):
        raise refusal_of(stay, of=len(deed.things))
    first = back[0]
    if len(back) == 1 and not stay:
        facts: dict[str, object] = {"thing": first.called, "what": first.what}
        return Done(
            sentence=N_("{thing}: “{what}” done again")
            if first.again
            else N_("{thing}: “{what}” taken back"),
            facts=facts,
        )
    sentence = (
        N_("{count} calendars: “{what}” done again")
        if first.again
        else N_("{count} calendars: “{what}” taken back")
    )
    return Done(sentence=sentence, facts={"count": len(back), "what": first.what})


def refusal_of(stay: list[Refusal], *, of: int) -> Refusal:
    """The only reason, or the first of several."""
    if len(stay) == of == 1:
        return stay[0]
    why = N_(stay[0].sentence).format(**stay[0].facts)
    return SomeThingsStay(count=len(stay), all=of, why=why)


def _put_back(work: Work, thing: Thing, deed: int) -> ThingBack:
    if not work.sees(thing):
        raise NoSuchDeed(entry=deed)
    work.hold_thing(thing)
    story = work.story_of(thing, deed)
    told = _entry(story, deed)
    called = work.thing_called(thing)
    people = {one.by: work.name_of(one.by) for one in story}
    check_newest(told, story, called, people)
    back = (
        stage_back(work, thing.id, told)
        if thing.about is About.PROJECT
        else work.put_back(thing, told)
    )
    if not back:
        raise differs(told, story, called)
    return ThingBack(called=called, what=named(told, story), again=does_again(told, story))


def _entry(story: list[Told], deed: int) -> Told:
    return next(told for told in story if (told.deed or told.seq) == deed)
