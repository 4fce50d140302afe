"""One SSH channel: a terminal far away, tied to one session's process by a socket pair."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from console.i18n import _
from console.serve import opening, wire
from console.serve.reset import RESET
from console.unrecorded import plain_bytes
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.serve.recorder import Recording

    Tell = Callable[[bytes], object]

_END_S: Final = 3.0
"""How long a session that was told to end may take before its terminal is given back anyway."""
_LEAST_BUFFER: Final = 32_768
"""What is on its way to a client that does not read is old when it arrives."""


class _Half(asyncio.Protocol):
    """Our end of the socket pair."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def data_received(self, data: bytes) -> None:
        self._line.from_session(data)

    def pause_writing(self) -> None:
        self._line.channel.pause_reading()

    def resume_writing(self) -> None:
        self._line.channel.resume_reading()

    def connection_lost(self, _exc: Exception | None) -> None:
        self._line.session_gone()


class Line(asyncssh.SSHServerSession[bytes]):
    """One channel of an operator who has proved who he is."""

    channel: asyncssh.SSHServerChannel[bytes]

    def __init__(
        self,
        path: str,
        told: opening.Opening,
        *,
        idle_s: float,
        command_s: float,
        began: Callable[[Line], bool],
        ended: Callable[[Line], None],
        locked: Callable[[], None],
        record: Callable[[tuple[int, int], Tell], Recording | None],
    ) -> None:
        self._path = path
        self.told = told
        self._idle_s, self._command_s = idle_s, command_s
        self._began, self._ended, self._locked = began, ended, locked
        self._record = record
        self._tape: Recording | None = None
        self._has_terminal = False
        self._command = ""
        self._refusal = ""
        self._transport: asyncio.Transport | None = None
        self._held: socket.socket | None = None
        self._early = bytearray()
        """What was typed before the session had its line."""
        self._unframer = wire.Unframer()
        self._said = ""
        self._code = 1
        self._has_ended = False
        """Whether the session has said how."""
        self._is_over = False
        self._idle: asyncio.TimerHandle | None = None

    # -- what a client asks for --------------------------------------------------------------

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """The channel is open."""
        self.channel = chan
        chan._env = opening.Wanted()  # noqa: SLF001  it has no other way to take less

    def pty_requested(
        self,
        _term_type: str,
        _term_size: tuple[int, int, int, int],
        _term_modes: Any,
    ) -> bool:
        """A terminal is what a console needs; there is none here to be had, only frames."""
        self._has_terminal = True
        return True

    def shell_requested(self) -> bool:
        """What `ssh host` asks for; it gets a console."""
        term = self.channel.get_terminal_type() or ""
        if not self._has_terminal or term in opening.NO_SCREEN:
            self._refusal = _("the console needs a terminal; with ssh write ssh -t")
        return True

    def exec_requested(self, command: str) -> bool:
        """A command of a script; the session takes it apart, and refuses most."""
        self._command = command.strip()
        if not self._command or "\0" in command:
            self._refusal = _("there is no command in this")
        else:
            self._refusal = opening.too_long(self._command)
        return True

    def subsystem_requested(self, _subsystem: str) -> bool:
        """No sftp."""
        return False

    def session_started(self) -> None:
        """Begin, or say why not."""
        code = 2 if self._refusal else 1  # as for any command line that cannot be understood
        if not self._refusal and not self._began(self):
            self._refusal = _("too many sessions are open; try again later")
        if self._refusal:
            self._is_over = True
            self.channel.write_stderr(f"paidan: {self._refusal}\r\n".encode())
            self.channel.exit(code)
            return
        self.channel.set_write_buffer_limits(_LEAST_BUFFER)
        if self._command:
            self._idle_s = self._command_s
        self._touch()
        self._starting = asyncio.get_running_loop().create_task(self._start())

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LEAST_BUFFER)
        loop = asyncio.get_running_loop()
        try:
            with theirs:
                # A local socket with a queue: it answers at once or not at all.
                self._held = opening.ask(self._path, self._opening(), theirs.fileno())
            transport, _half = await loop.create_connection(lambda: _Half(self), sock=ours)
        except OSError:
            ours.close()
            self._said = _("no session can be opened at the moment; try again")
            self._finish()
            return
        self._transport = transport
        if not self._command and not self._is_over:
            self._tape = self._record(self._opening().size, transport.write)
        transport.write(wire.frames(wire.Kind.INPUT, bytes(self._early)))
        self._early.clear()
        if self._is_over:
            transport.close()

    def _opening(self) -> opening.Opening:
        env = opening.texts(self.channel.get_environment())
        term = opening.cleaned({"TERM": self.channel.get_terminal_type() or ""})
        columns, rows, *_pixels = self.channel.get_terminal_size()
        return opening.Opening(
            operator=self.told.operator,
            address=self.told.address,
            key=self.told.key,
            command=self._command,
            environ={**opening.cleaned(env), "TERM": opening.PLAIN_TERM, **term},
            size=wire.sane(columns, rows),
        )

    # -- to the session ----------------------------------------------------------------------

    def data_received(self, data: bytes, _datatype: asyncssh.DataType) -> None:
        """What was typed; a command is asked nothing, and answers nothing."""
        if self._command:
            return
        self._touch()
        if self._transport is not None:
            self._transport.write(wire.frames(wire.Kind.INPUT, data))
        elif len(self._early) < wire.LONGEST:
            self._early += data

    def terminal_size_changed(
        self, width: int, height: int, _pixwidth: int, _pixheight: int
    ) -> None:
        """The window was pulled to another size."""
        if self._transport is not None:
            self._transport.write(wire.resize(width, height))
        if self._tape is not None:
            self._tape.resized(width, height)

    def eof_received(self) -> bool:
        """Nothing will be typed any more: to a console that is a hang-up."""
        return bool(self._command)

    def pause_writing(self) -> None:
        """The client does not read: neither do we, so the session draws and does not write."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        if self._transport is not None:
            self._transport.resume_reading()

    def connection_lost(self, _exc: Exception | None) -> None:
        """The client is gone; the session keeps what was typed and ends."""
        self._is_over = True
        self._let_go()

    # -- from the session --------------------------------------------------------------------

    def from_session(self, data: bytes) -> None:
        """Frames for the terminal."""
        try:
            for kind, body in self._unframer.feed(data):
                self._take(kind, body)
        except wire.Broken:
            if self._transport is not None:
                self._transport.abort()

    def _take(self, kind: wire.Kind, body: bytes) -> None:
        if kind is wire.Kind.OUTPUT and not self._is_over:
            if self._tape is not None:
                self._tape.drawn(body)
            self.channel.write(self._lined(plain_bytes(body)))
        elif kind is wire.Kind.ERROR and not self._is_over:
            self.channel.write_stderr(self._lined(body))
        elif kind is wire.Kind.LOCKED:
            self._locked()
        elif kind is wire.Kind.EXIT:
            self._has_ended = True
            self._code, said = wire.end_in(body)
            self._said = self._said or said

    def _lined(self, body: bytes) -> bytes:
        """What a command says, for a terminal that `ssh -t` has made raw."""
        return body.replace(b"\n", b"\r\n") if self._command and self._has_terminal else body

    def session_gone(self) -> None:
        """Its process has ended, or was killed."""
        if not self._has_ended and not self._said:
            self._said = _("The session ended unexpectedly; what you typed is kept.")
        self._finish()

    # -- the end -----------------------------------------------------------------------------

    def end(self, why: str) -> None:
        """Have the session end, its drafts kept, and tell the client why."""
        if self._is_over:
            return
        self._said = why
        if self._transport is not None:
            self._transport.write(wire.ended(0))
        asyncio.get_running_loop().call_later(_END_S, self._finish)

    def _finish(self) -> None:
        """Give the terminal back; the first reason counts."""
        if self._is_over:
            return
        self._is_over = True
        said = f"{safe(self._said)}\r\n" if self._said else ""
        if not self._command:
            self.channel.write((RESET + said).encode())
        elif said:
            self.channel.write_stderr(f"paidan: {said}".encode())
        self.channel.exit(self._code if 0 <= self._code < 256 else 1)
        self._let_go()

    def _let_go(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if self._tape is not None:
            self._tape.end()
        if self._transport is not None:
            self._transport.close()
        if self._held is not None:
            self._held.close()  # whose end is a hang-up
            self._held = None
        self._ended(self)

    def _touch(self) -> None:
        """A key was pressed: only that puts off the idle end."""
        if self._idle is not None:
            self._idle.cancel()
        if self._idle_s:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(self._idle_s, self._is_idle)

    def _is_idle(self) -> None:
        if self._command:
            self.end(_("the command took too long and was ended"))
            return
        self.end(_("Nothing was typed for a long time; the session ended. Your drafts are kept."))
