"""What one drill is, as the command tells it the process that plays it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.drill.crew import Cast
from console.drill.pool import own_pool, sample_pool
from store.domain.drill.assumed import Assumed
from store.domain.drill.plot import plotted
from store.domain.drill.script import Script, plain_script, read_script
from store.domain.pace import Pace
from store.queries.drill import WhereAllAre

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.who import Who
    from store.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One drill."""

    store: str
    folder: str
    """What is cleared away in the end."""
    script: Script
    copied: bool
    """Whether the desk is a copy of the operator's own."""
    language: str
    speed: float
    seed: int
    began: datetime
    ends: datetime

    @property
    def pace(self) -> Pace:
        """How fast its desk lives; a copy has a past that went at the pace of life."""
        return Pace(self.speed, self.began if self.copied else None, self.ends)

    def plain(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {
            "store": self.store,
            "folder": self.folder,
            "script": plain_script(self.script),
            "copied": self.copied,
            "language": self.language,
            "speed": self.speed,
            "seed": self.seed,
            "began": self.began.isoformat(),
            "ends": self.ends.isoformat(),
        }


def read_task(told: Mapping[str, Any]) -> Task:
    """What `plain` told."""
    return Task(
        store=told["store"],
        folder=told["folder"],
        script=read_script(told["script"], name=""),
        copied=told["copied"],
        language=told["language"],
        speed=told["speed"],
        seed=told["seed"],
        began=datetime.fromisoformat(told["began"]),
        ends=datetime.fromisoformat(told["ends"]),
    )


def cast_of(records: Records, task: Task, who: Who) -> Cast:
    """Everybody and everything that plays at a desk, before the first call comes."""
    pool = own_pool(records, task.began) if task.copied else sample_pool(task.language)
    return Cast(
        who=who,
        plot=plotted(
            task.script,
            [one.model for one in pool],
            seconds=(task.ends - task.began).total_seconds(),
            speed=task.speed,
            seed=task.seed,
        ),
        pool=tuple(pool),
        places=records.ask(WhereAllAre(), who=who, at=task.began),
        script=task.script,
        assumed=Assumed(),
        speed=task.speed,
        seed=task.seed,
        began=task.began,
        ends=task.ends,
    )
