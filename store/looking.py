"""The half of the front door that changes nothing of the desk: questions, and what a store is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import datetime

    from store.domain.intents import Query
    from store.domain.pace import Pace
    from store.domain.presence import Presence
    from store.domain.who import Who
    from store.persistence.database import Database
    from store.persistence.packs import OwedPack
    from store.persistence.radar_work import Seen
    from store.queries.asking import Asking

Answer = TypeVar("Answer")


class Looking:
    """One open store, as it is looked at; a session elsewhere looks across a line instead."""

    database: Database

    def ask(self, query: Query[Answer], *, who: Who, at: datetime) -> Answer:
        """Answer a question as of one moment; NotAllowed to those who may not read."""
        with self.asking(who=who, at=at) as ask:
            return ask(query)

    @contextmanager
    def asking(self, *, who: Who, at: datetime) -> Iterator[Asking]:
        """Several questions as of one moment, all of the same state of the store."""
        from store.queries.asking import asking

        with asking(self.database, who=who, at=at) as ask:
            yield ask

    def attend(self, console: str, told: Presence | None, *, who: Who, at: datetime) -> None:
        """Have others know which order is before a console; raises what the store raises."""
        from store.persistence.presence import attend

        attend(self.database, console, told, who=who, at=at)

    def revisits_due(self, *, at: datetime) -> bool:
        """Whether a customer is due for a revisit that can be planned now."""
        from store.persistence.revisits import any_due

        with self.database.glancing() as conn:
            return any_due(conn, at=at)

    def packs_due(self, *, at: datetime) -> tuple[OwedPack, ...]:
        """Packs that are due by then and that nobody has written."""
        from store.persistence import packs

        with self.database.reading() as conn:
            return packs.owed(conn, self.database.kind, at=at)

    def state(self) -> Hashable | None:
        """The name of the state that whoever asks now sees; see `store.persistence.states`."""
        return self.database.state()

    def may_write(self) -> bool:
        """Whether a write could be stored, as far as that can be told without one."""
        return self.database.may_write()

    def rest(self) -> None:
        """Give back what connections keep and nobody has used."""
        self.database.rest()

    @property
    def kind(self) -> str:
        """Of the store: sqlite or postgresql."""
        return self.database.kind

    @property
    def pace(self) -> Pace:
        """How fast this desk lives."""
        return self.database.pace

    def reminders_due(self, *, at: datetime) -> bool:
        """Whether a certificate or a training is to ring by then."""
        from store.persistence import reminders

        with self.database.reading() as conn:
            return reminders.any_due(conn, at=at)

    def projects_due(self, *, at: datetime) -> bool:
        """Whether a stage or a hand-off of a project is to ring by then."""
        from store.persistence.project_work import any_project_due

        with self.database.reading() as conn:
            return any_project_due(conn, at=at)

    def draws_due(self, *, at: datetime) -> bool:
        """Whether a week is to be drawn for inspections by now."""
        from store.persistence.inspection_work import weeks_owed

        with self.database.glancing() as conn:
            return bool(weeks_owed(conn, at=at))

    def complaints_due(self, *, at: datetime) -> bool:
        """Whether a complaint is to ring by then because nobody has answered it."""
        from store.persistence.voice_work import any_complaint_due

        with self.database.reading() as conn:
            return any_complaint_due(conn, at=at)

    def radar_sees(self, *, at: datetime) -> Seen | None:
        """What comes again by then; None where somebody has looked since a day."""
        from store.persistence import radar_work

        with self.database.reading() as conn:
            return radar_work.seen(conn, at=at) if radar_work.any_look_due(conn, at=at) else None

    def horizons_due(self, *, at: datetime) -> bool:
        """Whether a calendar is to ring by then because its holidays run out."""
        from store.persistence import horizons

        with self.database.reading() as conn:
            return horizons.any_due(conn, at=at)
