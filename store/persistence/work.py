"""The unit of work: everything that a command may do to the store, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from store.persistence import (
    absences,
    automatic,
    backups,
    bars,
    families,
    figures,
    ground,
    lookups,
    marks,
    nominees,
    posts,
    presence,
    receipts,
    seals,
    standings,
    travel_times,
    views,
)
from store.persistence.loading import CHUNK
from store.persistence.mend_work import MendWork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime, timedelta

    from store.domain.backups import BackupPlan, LastBackup
    from store.domain.dispatch.figures import Figure, Figures
    from store.domain.dispatch.rules import Barred
    from store.domain.dispatch.travel_table import Minutes
    from store.domain.facts import Fact
    from store.domain.intents import Done
    from store.domain.order import WorkOrder
    from store.domain.pace import Pace
    from store.persistence.absences import Absences
    from store.persistence.backups import Backing, Lease
    from store.persistence.nominees import Nominee
    from store.persistence.statements import Values


class Work(MendWork):
    """One write transaction; committed whole with its journal and timers, or not at all.

    Orders: `order`, `orders`, `rules`, `save`, `add`, `add_many`. Names: `site`, `customer`,
    `technician` and the like. Registers: `put`, `put_calendar`, `put_level`. Time: `claim_due`,
    `fire`, `fail`, `raise_alarm`, `acknowledge`, follow-ups, horizons, and the outbox. What was
    done: `touched`, `stories`, `keep_taken_back`; of the desk `story_of` and `put_back`.
    """

    def receipt(self, key: str, *, asked: str) -> Done | None:
        """What was answered under this key before; None when it was never done.

        `BadInput` where it was given to another operator, or for another command than `asked`.
        """
        return receipts.find(self.conn, key, by=self.who.operator, asked=asked)

    def sign(self, key: str, done: Done, *, asked: str) -> None:
        """Keep the answer under its key, in the same transaction as its effect."""
        receipts.keep(self.conn, key, done, at=self.at, by=self.who.operator, asked=asked)

    def still_here(self) -> None:
        """Let the store hear of us: a write that thinks for long is taken for one that has died."""
        self.conn.execute(text("SELECT 1"))

    def seal(self, at: datetime | None = None) -> int:
        """Seal the journal as far as it is settled; how many entries that were."""
        return seals.seal(self.conn, self.kind, at=at or self.at)

    def bear_again(self) -> int:
        """Silence “nobody follows” of some orders whose parents bear it, and have it told of some
        whose parents do not; how many that were."""
        found = families.misborne(self.conn, CHUNK)
        self.derive_anew(found)
        return len(found)

    def forget_receipts(self, *, before: datetime) -> int:
        """Let go of some of the answers older than that; how many."""
        return receipts.forget(self.conn, before=before)

    def forget_presence(self, *, before: datetime) -> int:
        """Let go of what consoles told that were gone before then; how many."""
        return presence.forget(self.conn, before=before)

    def remember_empty_start(self) -> None:
        """Somebody has chosen to begin with nothing."""
        marks.keep(self.conn, marks.STARTED_EMPTY, self.at.isoformat())

    def keep_pace(self, pace: Pace) -> None:
        """This is the desk of a drill: whoever opens it from now on reckons at its pace."""
        marks.keep(self.conn, marks.PACE, pace.written())

    def stamps(self, people: Iterable[int], *, at: datetime) -> dict[int, str]:
        """How technicians stand until the end, in a word each, as far as what was planned at that
        time depends on it.

        Comes after the orders: their rows are locked before those of people.
        """
        return standings.held_stamps(self.conn, self.kind, people, at=at)

    def places(self, numbers: Iterable[int]) -> dict[int, str]:
        """Where orders lie until the end, in a word each; those without a site are left out."""
        return standings.places(self.conn, self.kind, numbers, hold=True)

    def sites_of(self, operator: int) -> frozenset[int]:
        """The sites that an operator was given by name."""
        return posts.sites_of(self.conn, operator)

    def others_rule(self, operator: int, roles: Collection[str]) -> bool:
        """Whether anybody but him has one of these roles for every site, and works here."""
        return posts.others_rule(self.conn, operator, roles)

    def has_people(self) -> bool:
        """Whether anybody was made an operator but the one that every desk begins with."""
        return posts.has_people(self.conn)

    def known_key(self, fingerprint: str) -> Values | None:
        """A public key with the code of its operator; it stays so for who holds the desk."""
        return posts.known_key(self.conn, fingerprint)

    def live_keys(self, operator: int) -> list[int]:
        """The public keys of an operator that are not revoked, by their ids."""
        return posts.live_keys(self.conn, operator)

    def keep_code(self, operator: int, digest: str, *, until: datetime) -> None:
        """Let an operator in once, by a code of which only the digest is known."""
        posts.keep_code(self, operator, digest, until=until)

    def code_holder(self, digest: str) -> int | None:
        """Whose one-time code it is, where it is still good."""
        return posts.code_holder(self.conn, digest, at=self.at)

    def drop_code(self, operator: int) -> None:
        """His one-time code was used."""
        posts.drop_code(self, operator)

    def owed_roles(self) -> list[tuple[str, bool]]:
        """Of operators made before there were roles the codes, and whether each has sites."""
        self.hold_desk()
        owed = marks.find(self.conn, marks.ROLES_OWED) is not None
        return posts.of_old(self.conn) if owed else []

    def roles_given(self) -> None:
        """None of them is owed a role any more."""
        marks.drop(self.conn, marks.ROLES_OWED)

    def view(self, name: str, *, shared: bool) -> Values | None:
        """A saved view of the asker's own, or one that all have."""
        return views.find(self, name, shared=shared)

    def shared_views(self) -> tuple[str, ...]:
        """The names of views that all have."""
        return views.shared_names(self)

    def count_views(self, *, shared: bool) -> int:
        """How many views the asker has, or all have."""
        return views.count(self, shared=shared)

    def put_view(self, name: str, values: Values, *, shared: bool) -> None:
        """Make or change a view."""
        views.put(self, name, values, shared=shared)

    def view_maker(self, name: str) -> tuple[int | None, str]:
        """Who made a view that all have, and what he is called."""
        return views.maker(self, name)

    def drop_view(self, name: str, *, shared: bool) -> None:
        """Take a view out."""
        views.drop(self, name, shared=shared)

    def all_absences(self, technician: int) -> Absences:
        """Those that are over, too; nobody else changes them until the end."""
        self.flush()
        self.hold_desk()
        return absences.held(self, technician)

    def tell_absences(self, technician: int, before: Absences) -> None:
        """What became of them since, so that it can be taken back."""
        absences.tell(self, technician, before)

    def shift_end(self, technician: int, *, before: datetime) -> datetime | None:
        """When the shift ends that he is in, or else comes to before then."""
        return absences.shift_end(self, technician, before=before)

    def put_automatic(self, key: Values, values: Values | None) -> bool:
        """Set in which mode the desk dispatches some orders; whether that changed anything."""
        return automatic.put(self, key, values)

    def automatic_now(self, key: Values) -> Values | None:
        """The setting of a queue and priority, locked until the end."""
        return automatic.find(self, key)

    def put_backups(self, **changes: Any) -> BackupPlan:
        """Set where, how often and for how long backups are made and kept by themselves."""
        return backups.put_plan(self, **changes)

    def claim_backup(self, holder: str, lease: timedelta, *, has_folder: bool) -> Backing | None:
        """Be the one who makes the next backup; None where none is due, or somebody does."""
        return backups.claim(self, holder, lease, has_folder=has_folder)

    def renew_backup(self, mine: Lease, lease: timedelta) -> bool:
        """Go on to be; False where somebody has overtaken."""
        return backups.renew(self, mine, lease)

    def settle_backup(
        self, mine: Lease, *, tried_at: datetime, made: LastBackup | None, trouble: object
    ) -> bool:
        """Say what came of it; False, and nothing, where somebody has overtaken."""
        return backups.settle(self, mine, tried_at=tried_at, made=made, trouble=trouble)

    def acknowledge_backups(self) -> bool:
        """Silence the alarm that backups fail; whether it rang."""
        return backups.acknowledge(self)

    def put_figure(self, figure: Figure, value: int | None) -> bool:
        """Set what dispatch reckons with; None is as usual. Whether that changed anything."""
        return figures.put(self, figure, value)

    def figures(self) -> Figures:
        """What dispatch reckons with now; nobody else changes it until the end."""
        return figures.held(self)

    def hold_kinds(self) -> None:
        """Be the only one who changes what kinds of work take, until the end; comes first.

        They may take skills that are not known yet.
        """
        ground.hold_to_change(self, ground.KINDS)
        ground.hold_to_change(self, ground.SKILLS)

    def site_codes(self) -> dict[str, int]:
        """Every site by its code."""
        return lookups.site_codes(self.conn)

    def travel_pairs(self) -> int:
        """How many pairs of sites the table has now; nobody else replaces it until the end."""
        travel_times.hold(self)
        found = travel_times.loaded(self.conn)
        return 0 if found is None else found.pairs

    def put_travel(self, minutes: Minutes) -> bool:
        """Replace the table of travel times whole; whether that changed anything."""
        return travel_times.put(self, minutes)

    def send_alone(self) -> None:
        """Be the only one who sends somebody by itself, until the end; comes before all else."""
        automatic.hold(self)

    def waits_for_somebody(self, number: int) -> bool:
        """Whether nobody has looked whom to send to an order since, that this transaction holds."""
        return nominees.is_waiting(self, number)

    def nominee(self, order: WorkOrder) -> Nominee | None:
        """Whom the desk found for an order as it stands."""
        return nominees.find(self, order)

    def carried(self) -> frozenset[str]:
        """Tools and parts that anybody has with him."""
        return bars.carried(self.conn)

    def bars_of(self, order: WorkOrder, technician: int) -> tuple[Barred, ...]:
        """The standing rules of dispatch that sending him to an order would break now."""
        return bars.bars_of(self, order, technician)

    def nominate(
        self, order: WorkOrder, found: Values, fact: Fact | None, *, look_at: datetime
    ) -> None:
        """Keep whom the desk found for an order, with the fact of it where that is news."""
        if fact is not None:
            self._journal(self.known(order.number), fact)
        nominees.keep(self, order, found, look_at=look_at)

    def forget_nominees(self) -> int:
        """Let go of whom the desk found for orders that have left it; how many."""
        return nominees.forget(self)

    def is_borne(self, order: WorkOrder) -> bool:
        """Whether somebody follows what it stands under, so that nobody is found for it alone."""
        return families.is_borne(self.conn, order)

    def drop_nominee(self, number: int) -> None:
        """Propose nobody for an order until somebody is to be found for it again."""
        nominees.drop(self, number)

    def look_later(self, number: int, *, look_at: datetime) -> None:
        """Look later whom to send to an order that cannot be looked at now."""
        nominees.put_off(self, number, look_at=look_at)
