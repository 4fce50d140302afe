"""When a backup is due, which of the old ones stay, and what is told of the last; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from store.domain.words import N_, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable

RETRY: Final = timedelta(minutes=10)
"""How soon one that failed is tried again."""

GRACE: Final = timedelta(minutes=10)
"""How long a host that has not the folder leaves it to those that may have it."""

KIND: Final = "backup"
"""What the alarm that backups fail is called, beside the kinds of timers."""

LABEL: Final = N_("backups fail")

FAILED: Final = 2
"""How bad it is that one failed; the bell rings."""

LATE: Final = 3
"""How bad it is that none was made, as after a week-end in which nothing ran."""

LEAST_MIN, MOST_MIN = 5, 7 * 24 * 60
MOST_KEPT: Final = 1_000

_WRITTEN: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlan:
    """Where backups are made by themselves, how often, and which are kept."""

    folder: str = ""
    """Empty: none are made."""
    every_min: int = 60
    keep: tuple[int, int, int, int] = (24, 7, 4, 12)
    """The newest of so many hours, days, weeks and months, by UTC."""
    tag: str = ""
    """In the names of this store's own, so that no other store's are ever taken away."""
    since: datetime | None = None
    """When the folder was set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBackup:
    """One that is whole."""

    name: str
    made_at: datetime
    size: int
    faults: int
    """What the doctor found in the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupTold:
    """What came of the last ones."""

    tried_at: datetime | None = None
    last: LastBackup | None = None
    good: LastBackup | None = None
    """The last in whose desk the doctor found nothing."""
    trouble: str | None = None
    """Why the last attempt failed, or what was wrong with what came of it."""
    trouble_at: datetime | None = None
    """Since when there is trouble."""
    seen_at: datetime | None = None
    seen_by: int | None = None
    """The operator who acknowledged it."""

    @property
    def failed(self) -> bool:
        """Whether nothing came of the last attempt."""
        return self.tried_at is not None and (
            self.last is None or self.last.made_at != self.tried_at
        )


def name_at(at: datetime, tag: str = "") -> str:
    """What a backup of that moment is called; those made by themselves bear the store's tag."""
    return f"paidan-{tag}{'-' if tag else ''}{at.astimezone(UTC):{_WRITTEN}}.zip"


def due_at(plan: BackupPlan, told: BackupTold) -> datetime | None:
    """When the next is to be made; None where none is."""
    if not plan.folder or plan.since is None:
        return None
    if told.tried_at is None or (plan.since > told.tried_at):
        return plan.since
    every = timedelta(minutes=plan.every_min)
    return told.tried_at + (min(every, RETRY) if told.failed else every)


def is_due(plan: BackupPlan, told: BackupTold, *, at: datetime, has_folder: bool) -> bool:
    """Whether this host is to make one now; a clock that was set back does not put it off."""
    due = due_at(plan, told)
    if due is None:
        return False
    if told.tried_at is not None and told.tried_at - at > timedelta(minutes=plan.every_min):
        return True
    return at >= due + (timedelta() if has_folder else GRACE)


def alarm(
    plan: BackupPlan, told: BackupTold, *, at: datetime, being_made: bool = False
) -> tuple[str, datetime, int] | None:
    """What the desk is to be told, since when and how bad it is; None while all is well."""
    if not plan.folder or plan.since is None:
        return None
    if told.trouble is not None:
        return told.trouble, told.trouble_at or told.tried_at or at, FAILED
    newest = plan.since if told.good is None else max(plan.since, told.good.made_at)
    late_at = newest + timedelta(minutes=2 * plan.every_min) + RETRY + GRACE
    if at < late_at or being_made:
        return None
    return N_("nobody has made a backup since {since}").format(since=newest), late_at, LATE


def kept(times: Iterable[datetime], keep: Collection[int]) -> set[datetime]:
    """Which of these stay: the newest, and the newest of each of so many hours, days and so on."""
    newest_first = sorted(times, reverse=True)
    stay = set(newest_first[:1])
    for count, span in zip(keep, _SPANS, strict=True):
        firsts: dict[Hashable, datetime] = {}
        for time in newest_first:
            firsts.setdefault(span(time.astimezone(UTC)), time)
        stay.update(list(firsts.values())[:count])
    return stay


def too_many(names: Collection[str], plan: BackupPlan, told: BackupTold) -> set[str]:
    """Which of the files of a folder go: only this store's own, never the last that are good."""
    own: dict[str, datetime] = {}
    shape = re.compile(rf"paidan-{re.escape(plan.tag)}-(\d{{8}}T\d{{6}}Z)\.zip")
    for name in names:
        if plan.tag and (found := shape.fullmatch(name)):
            try:
                own[name] = datetime.strptime(found[1], _WRITTEN).replace(tzinfo=UTC)
            except ValueError:
                continue
    stay = kept(own.values(), plan.keep)
    last = {one.name for one in (told.last, told.good) if one is not None}
    return {name for name, time in own.items() if time not in stay and name not in last}


_SPANS: Final[tuple[Callable[[datetime], Hashable], ...]] = (
    lambda at: (at.date(), at.hour),
    lambda at: at.date(),
    lambda at: at.isocalendar()[:2],
    lambda at: (at.year, at.month),
)


def plain(said: object) -> object:
    """A sentence of ours so that another process, or the store, can keep it for every language."""
    if isinstance(said, Word):
        if said.template is None:
            return {"said": str(said)}
        facts = {name: plain(fact) for name, fact in said.facts.items()}
        return {"said": str(said.template), "facts": facts}
    if isinstance(said, datetime):
        return {"at": said.isoformat()}
    return said if said is None or isinstance(said, int) else str(said)


def spoken(told: object) -> object:
    """What `plain` has made, as it was; text that is none of ours stays text."""
    if not isinstance(told, dict):
        return told
    if "at" in told:
        return datetime.fromisoformat(told["at"])
    if "facts" not in told:
        return Word(told["said"])
    return Word(told["said"]).format(**{name: spoken(one) for name, one in told["facts"].items()})
