"""Opens the console on a store: paint first, then bring in what is heavy."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Protocol, TextIO

import console.terminal_env
import console.without_palette  # noqa: F401  before Textual's app
from console import litter, turns
from console.app import Desk
from console.i18n import _, tell
from console.keys_in_force import in_force
from console.quiet import QuietHours
from store import clock
from store.domain.errors import BadInput
from store.domain.who import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.child import Child
    from console.config import Config
    from console.drilling import Drill
    from console.seat import Seat
    from console.standing import Sweeps
    from scheduler.engine import Pulse
    from scheduler.service import Service
    from store.records import Records


def run(
    settings: Config,
    *,
    sample: bool = False,
    drill: Drill | None = None,
    child: Child | None = None,
) -> int:
    """Run the console, on a desk to try things on or not, until the operator leaves; its exit code.

    A drill ends it, too. `child` is the process that has things happen at the desk.

    WrongUsage without a terminal; a refusal of the store that no waiting changes, as it comes.
    """
    from console.cli_guard import WrongUsage
    from console.tour_file import tour_path

    if lack := terminal_lacks():
        raise WrongUsage(why=lack)
    desk = furnished(settings, lambda: take_seat(settings))
    desk.sample, desk.tour_file, desk.child = sample, tour_path(), child
    if drill is not None:
        desk.drill = drill
        desk.stand(drill_ends_at=drill.ends_at)
    return hold(desk, mouse=has_mouse(settings.mouse, os.environ))


def furnished(settings: Config, seat: Callable[[], Seat], **line: Any) -> Desk:
    """The desk as it is set, not yet open; `line` is what else its terminal needs."""
    from console import logs
    from console.cli_guard import log_path

    logs.keep()
    bound = in_force(settings.keys, settings.key_style, settings.path)
    desk = Desk(
        seat,
        theme=settings.theme,
        welcome=True,
        now=clock.now,
        keymap=bound.keys,
        bell=settings.bell,
        flash=settings.flash,
        notify=settings.notify,
        only_looks=settings.readonly,
        low_bandwidth=settings.low_bandwidth,
        quiet=QuietHours.read(settings.quiet_hours),
        log_file=log_path(),
        address=settings.store,
        config_file=settings.path,
        **line,
    )
    desk.keys_wrong = bound.wrong
    desk.copy_file = log_path().with_name("copied.txt")
    return desk


def hold(desk: Desk, *, mouse: bool, size: tuple[int, int] | None = None) -> int:
    """Run a desk until the operator leaves; its exit code."""

    def run() -> int | None:
        return turns.run(desk.run_async(mouse=mouse, size=size), _selector(os.environ))

    return held(desk, run)


def held(desk: Desk, run: Callable[[], int | None]) -> int:
    """Have a desk run until the operator leaves; its exit code."""
    try:
        result = run()
    finally:
        desk.close_seat()
    if desk.refusal is not None:
        raise desk.refusal
    if not desk.was_seated and desk.standing.trouble is not None:
        raise desk.standing.trouble
    return desk.return_code or result or 0


def _selector(environ: Mapping[str, str]) -> turns.Steady | None:
    """One that tells of long turns, for whoever looks for them."""
    if not environ.get("PAIDAN_STALLS"):
        return None
    from console.stalls import watching

    return watching(environ)


def has_mouse(wanted: str, environ: Mapping[str, str]) -> bool:
    """Whether the terminal is asked for the mouse: over SSH every hover would be paid for."""
    if wanted != "auto":
        return wanted == "on"
    return not (environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def terminal_lacks() -> str:
    """Why nobody could see the screen here or press keys; nothing where somebody can."""
    if not _is_tty(sys.__stdin__) or not (_is_tty(sys.__stderr__) or _is_tty(sys.__stdout__)):
        return _("the console needs a terminal; see paidan --help for the rest")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        said = _("TERM is “{term}”, which draws no screen; in a usual terminal write {right}")
        return said.format(term=term, right="TERM=xterm-256color paidan")
    return ""


def _is_tty(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def take_seat(settings: Config) -> Seat:
    """Open the store and sit down as the operator; blocks, and raises what the store raises."""
    from console.cli_guard import WrongUsage
    from console.zones import zone_here
    from store.records import open_records

    try:
        writes = not settings.readonly
        records = open_records(
            settings.store,
            create=writes,
            renew=writes,
            feed=False,
            zone=zone_here(),
            desk=_("Desk"),
        )
    except BadInput as bad:
        raise WrongUsage(why=tell(bad)) from bad
    from console.wall import LookedAt

    if settings.readonly:
        records = LookedAt(records.database)
    return seat_at(records, settings, Timers(records), lambda: LookedAt(records.database))


def seat_at(
    records: Records, settings: Config, timers: Fires, looked: Callable[[], Records]
) -> Seat:
    """Sit down at an open store, which is closed again where nobody can.

    Who may do nothing here gets it as `looked` gives it, and only looks.
    """
    from console.draft_file import DraftFile, drafts_folder, name_of
    from console.pile import WaitingFile
    from console.seat import Seat
    from console.sitting import sit_down
    from console.unsent_file import UnsentFile

    try:
        sitter = sit_down(
            records, settings.operator, named=settings.chosen("operator"), at=clock.now()
        )
    except BaseException:
        records.close()
        raise
    if settings.readonly or not sitter.who.may(Right.DISPATCH):
        records = records if settings.readonly else looked()
        return Seat(  # no timer is fired, no draft taken up
            records=records,
            who=sitter.who,
            name=sitter.name,
            now=clock.now,
            begin=records.follow,
        )
    name = name_of(sitter.who.operator, settings.store)
    drafts, left = DraftFile.claim(drafts_folder(), name)
    unsent, unsent_left = UnsentFile.claim(drafts_folder().with_name("unsent"), name)
    waiting, waited = WaitingFile.claim(drafts_folder().with_name("waiting"), name)
    return Seat(
        records=records,
        who=sitter.who,
        name=sitter.name,
        new_code=sitter.code if sitter.new else "",
        now=clock.now,
        begin=timers.begin,
        begins=True,
        pulse=timers.pulse,
        leave=timers.end,
        drafts=drafts,
        left=left,
        unsent=unsent,
        unsent_left=unsent_left,
        waiting=waiting,
        waited=waited,
    )


class Fires(Protocol):
    """Who fires the timers of a desk, as a seat at it needs to know."""

    def begin(self) -> None:
        """Hear of changes, and have what is due fired."""

    def pulse(self) -> Sweeps | None:
        """How it does; None where nobody has said."""

    def end(self) -> None:
        """Leave it."""


class Timers:
    """The feed and the alarm clock of this process, brought in once the first rows are shown."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._service: Service | None = None
        self._ended = False

    def begin(self) -> None:
        """Hear of changes, and fire what is due; blocks while what is heavy is imported."""
        if self._ended:
            return
        self._records.follow()  # the first news is to ask for everything again
        try:
            self._start()
        except Exception:  # the status line says that nothing is fired, the log why
            import traceback

            from console.cli_guard import write_log

            write_log(traceback.format_exc())
            raise
        litter.settle()

    def _start(self) -> None:
        from scheduler.service import Service

        service = Service(self._records)
        if not self._ended:
            service.start()
            self._service = service

    def pulse(self) -> Pulse | None:
        """How it does; None before it has begun."""
        return self._service.pulse if self._service is not None else None

    def end(self) -> None:
        """Stop firing."""
        self._ended = True
        if self._service is not None:
            self._service.stop()
