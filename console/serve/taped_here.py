"""Records a session that draws on a terminal itself, as one that OpenSSH has let in does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_guard import write_log
from console.driver import DeskDriver
from console.serve import wire
from console.serve.kept_tapes import Keeping
from console.serve.recorder import Recorder

if TYPE_CHECKING:
    from console.app import Desk
    from console.serve.opening import Taping


class TapedHere:
    """The recorder of one session's own process."""

    def __init__(self, desk: Desk, told: Taping) -> None:
        self._desk = desk
        self._told = told
        self._recorder: Recorder | None = None
        self._unframer = wire.Unframer()

    def begin(self, operator: str, role: str) -> None:
        """Record from now on; called in the app's loop, which is the thread that asks."""
        driver = self._desk._driver  # noqa: SLF001  Textual tells it nowhere else
        if role not in self._told.roles or not isinstance(driver, DeskDriver):
            return
        kept = Keeping(days=self._told.days, megabytes=self._told.megabytes)
        self._recorder = Recorder(
            self._told.folder, self._told.roles, kept, say=_say, call=self._desk.call_later
        )
        size = self._desk.size.width, self._desk.size.height
        driver.tape = self._recorder.begin(operator, role, size, self._hear)
        self._desk.forget_screen()  # what was drawn before

    def _hear(self, frame: bytes) -> None:
        for kind, body in self._unframer.feed(frame):
            if kind is wire.Kind.RECORDED:
                self._desk.tell_recorded(body == b"\1")
            else:
                self._desk.forget_screen()

    def close(self) -> None:
        """The session is over."""
        if self._recorder is not None:
            self._recorder.close()


def _say(said: str) -> None:
    write_log(f"{said}\n")
