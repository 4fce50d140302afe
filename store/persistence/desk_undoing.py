"""Taking back what was done to the desk itself, in a write transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.desk_deeds import About
from store.domain.dispatch.automatic import QUEUE_WORDS
from store.domain.dispatch.figures import FIGURES, Figure
from store.domain.who import Right
from store.persistence import absences, automatic, figures, ground, journal, views
from store.persistence.horizons import CALENDAR
from store.persistence.idea_work import IdeaWork
from store.persistence.plans import PLAN
from store.persistence.sides import as_told, kept, plain
from store.persistence.undoing import desk_story

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.deeds import Told
    from store.domain.desk_deeds import Thing
    from store.persistence.plans import HeldPlan
    from store.persistence.registers import RegisterWork

PLAN_WORDS = ("title", "description", "kind")
"""Columns of a plan whose text lies apart from what is hashed."""

_PUT_BACK: Mapping[About, Callable[[RegisterWork, int, Told], bool]] = {
    About.VIEW: views.put_back,
    About.AUTOMATIC: automatic.put_back,
    About.FIGURE: figures.put_back,
    About.ABSENCE: absences.put_back,
}


class DeskUndoWork(IdeaWork):
    """Puts things of the desk back as they were before a deed, where they stand as it left them."""

    def sees(self, thing: Thing) -> bool:
        """Whether the asker may do something about it."""
        if thing.about in {About.CALENDAR, About.AUTOMATIC, About.FIGURE}:
            rings = thing.about is About.CALENDAR  # of a calendar its bell is put back, no more
            return self.who.scope.sites is None and (rings or self.who.may(Right.CONFIGURE))
        if thing.about is About.VIEW:
            return views.may_change(self, thing.id)
        if thing.about is About.ABSENCE:
            return self.who.may(Right.REGISTER) and self.sees_technician(thing.id)
        if thing.about is About.PROJECT:
            return self.sees_project(thing.id)
        asked = select(PLAN.c.site_id).where(PLAN.c.id == thing.id)
        row = self.conn.execute(asked).one_or_none()
        return row is not None and self.who.scope.covers(row.site_id)

    def hold_thing(self, thing: Thing) -> None:
        """Be the only one who changes it, until the end, before its story is read."""
        self.flush()
        if thing.about is About.AUTOMATIC:
            automatic.hold(self)
        if thing.about is About.FIGURE:
            ground.hold_to_change(self, ground.FIGURES)
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        if thing.about is About.PLAN:
            self.plan(thing.id)
        if thing.about is About.PROJECT:
            self.project(thing.id)

    def thing_called(self, thing: Thing) -> str:
        """How a thing is named."""
        if thing.about is About.VIEW:
            return thing.called(views.name_of(self, thing.id))
        if thing.about is About.AUTOMATIC:
            queue = automatic.name_of(self, thing.id)
            return thing.called(QUEUE_WORDS.get(queue, queue))
        if thing.about is About.ABSENCE:
            return thing.called(str(self.entry_values("technician", thing.id)["name"]))
        if thing.about is About.FIGURE:
            name = figures.name_of(self, thing.id)
            return thing.called(FIGURES[Figure(name)].label if name in FIGURES else name)
        asked = select(CALENDAR.c.code).where(CALENDAR.c.id == thing.id)
        calendar = thing.about is About.CALENDAR
        return thing.called(self.conn.execute(asked).scalar_one() if calendar else "")

    def sides(self, row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a fact tells of a change so that it can be taken back."""
        return {"before": plain(row, values), "after": as_told(values, values)}

    def story_of(self, thing: Thing, deed: int) -> list[Told]:
        """What was done to it, oldest first, from what this deed goes back to on."""
        return desk_story(self.conn, thing, deed)

    def put_back(self, thing: Thing, told: Told) -> bool:
        """As it was before that entry; False where it is not as the entry left it."""
        if thing.about is About.CALENDAR:
            return self.put_horizon_back(thing.id, told)
        if thing.about in _PUT_BACK:
            return _PUT_BACK[thing.about](self, thing.id, told)
        held = self.plan(thing.id)
        undoes = told.deed or told.seq
        body = told.fact.body
        if "off" in body:
            return self._put_date_back(held, body, undoes)
        return self._put_plan_back(held, told, undoes)

    def _put_date_back(self, held: HeldPlan, body: Mapping[str, Any], undoes: int) -> bool:
        day = date.fromisoformat(body["day"])
        change = self.call_on if body["off"] else self.call_off
        if not change(held.row.id, day):
            return False
        self.aim_plan(held.row.id)
        told = {"undoes": undoes, "day": body["day"], "off": not body["off"]}
        self.tell_plan("plan_restored", held.row.id, told)
        return True

    def _put_plan_back(self, held: HeldPlan, told: Told, undoes: int) -> bool:
        """A plan that was made ends again: its orders stay."""
        row, body = held.row, told.fact.body
        words = {name: text for name, text in (told.fact.words or {}).items() if name != "salt"}
        if body.get("made"):
            at = {"ended_at": self.at}
            before, after, texts = as_told(at, at), {"ended_at": None}, {}
        else:
            before, after = body["before"], body["after"]
            names = [name for name in PLAN_WORDS if name in body.get("fields", ())]
            if names and not told.fact.words:
                return False
            texts = {name: words.get(f"{name}_before", "") for name in names}
        stands = {name: words.get(name, "") for name in texts}
        if plain(row, after) != after or plain(row, stands) != stands:
            return False
        if not self.who.scope.covers(before.get("site_id", row.site_id)):
            return False
        if "customer_id" in before:
            before = {**before, "customer_id": self.turned_out(before["customer_id"])}
        if before or texts:  # a plan may have been saved as it was
            self.change_plan(row.id, **kept(before), **texts)
        self.aim_plan(row.id)
        said = texts | {f"{name}_before": text for name, text in stands.items()}
        sides = {"undoes": undoes, "before": after, "after": before, "fields": sorted(texts)}
        given = {name: text for name, text in said.items() if text}
        self.tell_plan("plan_restored", row.id, sides, given or None)
        return True
