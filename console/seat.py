"""One operator at one open store: asks and does in his name, and knows what time it is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from store.domain.who import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from console.draft_file import DraftFile
    from console.drafts import Draft
    from console.pile import WaitingFile
    from console.standing import Sweeps
    from console.unsent import Left
    from console.unsent_file import UnsentFile
    from console.waiting import Waiting
    from store.domain.intents import Command, Done, Query, Rehearsed
    from store.domain.pace import Pace
    from store.domain.presence import Presence
    from store.domain.who import Who
    from store.queries.asking import Asking
    from store.records import Records

Answer = TypeVar("Answer")

_BEGUN_WITHIN: Final = timedelta(seconds=10)
"""A console that takes longer to fire its timers has trouble with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Everything the screens need of the store; may be used from several threads at once."""

    records: Records
    who: Who
    name: str
    """The operator's, for the status line."""
    new_code: str = ""
    """His code where he sits here for the first time: he is told who he is taken for."""
    now: Callable[[], datetime]
    begin: Callable[[], None] = lambda: None
    """Starts to fire timers; called in a worker once the first orders are on the screen."""
    begins: bool = False
    """Whether it does: what fell due while nobody was there is fired in a moment."""
    pulse: Callable[[], Sweeps | None] = lambda: None
    """How the scheduler of this process does; None where it has none."""
    sessions: Callable[[], int] = lambda: 1
    """How many sessions hear the same news from one process, this one among them."""
    leave: Callable[[], None] = lambda: None
    """Stops what `begin` started."""

    drafts: DraftFile | None = None
    """Where new orders begun here are kept; None keeps them as long as the console is open."""
    left: tuple[Draft, ...] = ()
    """What was begun in his name by a console that has ended, and not written down."""
    unsent: UnsentFile | None = None
    """Where texts are kept that were typed here and not sent; None as `drafts`."""
    unsent_left: tuple[Left, ...] = ()
    """Those of a console that has ended."""
    waiting: WaitingFile | None = None
    """Where commands are kept that wait for the store; None lets none wait."""
    waited: tuple[Waiting, ...] = ()
    """Those that a console which has ended could not send."""

    @property
    def unread(self) -> Path | None:
        """Where that lies which earlier consoles kept and nobody can read; None for nothing."""
        kept = (file.aside for file in (self.drafts, self.unsent, self.waiting) if file is not None)
        return next((path for path in kept if path is not None), None)

    def ask(self, query: Query[Answer]) -> Answer:
        """The answer as of now."""
        return self.records.ask(query, who=self.who, at=self.now())

    @contextmanager
    def asking(self) -> Iterator[Asking]:
        """Ask several questions as of now, all of the same state of the store."""
        with self.records.asking(who=self.who, at=self.now()) as ask:
            yield ask

    def do(self, command: Command, *, key: str) -> Done:
        """Carry a command out now; under the same key it is done once."""
        return self.records.do(command, who=self.who, at=self.now(), key=key)

    def rehearse(self, commands: Sequence[Command]) -> tuple[Rehearsed, ...]:
        """What commands would do now; nothing of it is kept."""
        return self.records.rehearse(commands, who=self.who, at=self.now())

    def attend(self, console: str, told: Presence | None, *, at: datetime) -> None:
        """Have others know which order is before this console; raises what the store raises."""
        self.records.attend(console, told, who=self.who, at=at)

    @property
    def pace(self) -> Pace:
        """How fast this desk lives."""
        return self.records.pace

    def told(self) -> dict[str, Any]:
        """What the status line shows of it; also at another console that it is a drill."""
        ends_at = self.pace.until
        drill = {} if ends_at is None else {"drill_ends_at": ends_at}
        fires_by = self.now() + _BEGUN_WITHIN if self.begins else None
        looks = {} if self.who.may(Right.DISPATCH) else {"only_looks": True}
        return {"name": self.name, "kind": self.kind, "fires_by": fires_by, **looks, **drill}

    @property
    def kind(self) -> str:
        """Of the store: sqlite or postgresql."""
        return self.records.kind

    def rest(self) -> None:
        """Give back what the store's connections keep and nobody has used."""
        self.records.rest()

    def close(self) -> None:
        """Leave the store."""
        self.leave()
        self.records.close()
