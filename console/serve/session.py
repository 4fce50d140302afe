"""One session: a console on a socket or on somebody's terminal, in a process of its own."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console import cli_guard, i18n, litter
from console.config import load
from console.desk import furnished, has_mouse, hold, seat_at
from console.draft_file import drafts_folder, name_of
from console.place import PlaceFile
from console.rota import Rota
from console.serve import models, present, wire, words
from console.serve.driver import SocketDriver
from console.serve.far import FarRecords
from console.serve.key_times import KeyTimes
from console.serve.measures import Measures
from console.serve.reset import RESET
from console.serve.whose_door import named
from store import reach
from store.domain.errors import Refusal, StoreTrouble
from store.domain.session_refusals import SessionEnded, SessionsFull
from store.domain.who import Role

if TYPE_CHECKING:
    from console.app import Desk
    from console.config import Config
    from console.seat import Seat
    from console.serve.opening import Opening, Where
    from console.serve.taped_here import TapedHere

_FAREWELL_S: Final = 2.0
"""How long the last bytes may take where the client does not read."""


class _Lined:
    """Makes the driver of this session, and has it at hand when the app has ended."""

    def __init__(self, line: socket.socket, times: KeyTimes | None) -> None:
        self.line = line
        self.times = times
        self.driver: SocketDriver | None = None

    def __call__(self, app: Desk, **options: Any) -> SocketDriver:
        return self.take(SocketDriver(app, line=self.line, **options))

    def take(self, driver: SocketDriver) -> SocketDriver:
        """This one is it."""
        self.driver = driver
        driver.times = self.times
        return driver


def run(opening: Opening, where: Where, descriptor: int) -> int:
    """Hold the session to its end, or carry out a command; its exit code."""
    if opening.command:
        return words.run(opening, where, descriptor)
    if opening.line == "tty":
        try:
            code, said = _held(opening, where)
        finally:  # before the sentence: a second one puts the cursor back to where it would stand
            with suppress(OSError):
                os.write(1, RESET.encode())
        if said:
            cli_guard.say(said)
        return code
    line = socket.socket(fileno=descriptor)
    measures = Measures(where.measures)
    lined = _Lined(line, KeyTimes(measures) if measures else None)
    code, said = _held(opening, where, lined)
    measures.close()
    left = lined.driver.left if lined.driver is not None else b""
    line.settimeout(_FAREWELL_S)
    try:
        line.sendall(left + wire.ended(code, said))
    except OSError:
        return code
    return code


def _held(opening: Opening, where: Where, lined: _Lined | None = None) -> tuple[int, str]:
    """The exit code, and what is left to be said."""
    try:
        opening = named(opening, lambda: FarRecords(where.counter))
        settings = _settings(opening, where.store)
        i18n.use(settings.language)
        if opening.crowded:
            raise SessionsFull
        reach.shut()
        litter.share_heaps()
        seat = _Sat(settings, opening, where, lined)
        try:
            code = _shown(opening, settings, seat, lined)
        finally:
            seat.close_tape()
    except Refusal as refusal:
        return 3 if isinstance(refusal, StoreTrouble) else 1, i18n.tell(refusal)
    except Exception as error:  # noqa: BLE001  the last net; the whole story goes to the log
        import traceback

        cli_guard.write_log("".join(traceback.format_exception(error)))
        return 1, i18n._("The console met a fault and closed.")
    return code, i18n._("The console met a fault and closed.") if code == 1 else ""


def _shown(opening: Opening, settings: Config, seat: _Sat, lined: _Lined | None) -> int:
    """Go on from a console that was drawn before, or draw one."""
    mouse, size = has_mouse(settings.mouse, {"SSH_TTY": "-"}), wire.sane(*opening.size)
    if lined is None:
        return hold(_desk(opening, settings, seat), mouse=mouse)
    model = models.fitting(settings, os.environ)
    if model is None:
        return hold(_desk(opening, settings, seat, driver_class=lined), mouse=mouse, size=size)
    lined.take(model.driver)
    seat.desk = model.desk
    seat.desk.rota = Rota.of(opening.place)
    return model.become(lined.line, size, mouse=mouse, seat=seat)


def _desk(opening: Opening, settings: Config, seat: _Sat, **line: Any) -> Desk:
    desk = seat.desk = furnished(settings, seat, **line)
    desk.config_file = desk.copy_file = None  # the server's, which are nobody's own
    desk.rota = Rota.of(opening.place)
    return desk


def _settings(opening: Opening, store: str) -> Config:
    return load({"store": store, "operator": opening.operator}, environ=os.environ)


class _Sat:
    """Sits down across the counter, where the store is open, and answers for the session there.

    What he does is done from where he came.
    """

    def __init__(
        self, settings: Config, opening: Opening, where: Where, lined: _Lined | None
    ) -> None:
        self._settings, self._opening, self._where = settings, opening, where
        self._lined = lined
        self._tape: TapedHere | None = None
        self._seat: Seat | None = None
        self.desk: Desk | None = None

    def __call__(self) -> Seat:
        """Take the seat; raises what the store raises."""
        records = FarRecords(self._where.counter)
        fired = _Fired(records, self)
        seat = seat_at(records, self._settings, fired, records.looked)
        origin = self._opening.origin
        via = seat.who.via if origin is None else self._opening.via
        who = replace(seat.who, via=via, origin=origin)
        self._seat = replace(seat, who=who, sessions=records.crowd)
        self._place(seat)
        self._record(seat)
        if self.desk is not None and seat.who.role is not Role.SCREEN:  # nobody types on a wall
            self.desk.by_key = self._opening.via == "ssh"
            self.desk.tell_covered = self._tell_covered
            self.desk.lull = self._where.lull
        return self._seat

    def _place(self, seat: Seat) -> None:
        """Where he was when the last session of this kind ended."""
        if self.desk is not None:
            name = name_of(seat.who.operator, self._where.store)
            file = drafts_folder().with_name("places") / f"{name}.{self._opening.via}.json"
            self.desk.places = PlaceFile(file)
            self.desk.landing = self.desk.places.read()

    def _record(self, seat: Seat) -> None:
        """Here, where no front holds the line and does."""
        if self.desk is not None and self._lined is None and self._where.taping.roles:
            from console.serve.taped_here import TapedHere

            self._tape = TapedHere(self.desk, self._where.taping)
            self.desk.call_later(self._tape.begin, self._opening.operator, seat.who.role)

    def close_tape(self) -> None:
        """The session is over."""
        if self._tape is not None:
            self._tape.close()

    def _tell_covered(self) -> None:
        if self._lined is not None and self._lined.driver is not None:
            self._lined.driver.tell(wire.Kind.LOCKED)

    @property
    def arrival(self) -> present.Arrival:
        """Who has come."""
        assert self._seat is not None
        return present.Arrival(
            operator=self._opening.operator,
            name=self._seat.name,
            role=self._seat.who.role,
            address=self._opening.address,
            key=self._opening.key,
            terminal=self._opening.environ.get("TERM", ""),
        )

    def measures(self) -> present.Measures:
        """How it does."""
        desk = self.desk
        if desk is None:
            return present.Measures(drawn=0, idle_s=None, locked=False, recorded=False)
        return present.Measures(
            drawn=desk.drawn,
            idle_s=desk.idle_s,
            locked=desk.covered_at is not None,
            recorded=desk.standing.recorded,
        )

    def end(self) -> None:
        """An administrator has ended it."""
        if self.desk is not None:
            self.desk.call_later(self.desk.turn_away, SessionEnded())


class _Fired:
    """The timers of a served desk, which the counter fires."""

    def __init__(self, records: FarRecords, here: _Sat) -> None:
        self.begin = partial(records.follow, here)
        self.pulse = records.pulse

    def end(self) -> None:
        """Nothing: they are everybody's."""
