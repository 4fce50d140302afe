"""What the fork server is asked for, and how: one message over its socket, with a descriptor.

Whoever asks keeps the connection: over it he sends signals by name and hears how the session ended,
and when he is gone, the session is hung up on. `CLEAN` says what of a client's environment a
session may be told; everything else a client sends stays where it is.
"""

from __future__ import annotations

import json
import re
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from console.i18n import _
from console.lull import Lull
from store.domain.who import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 16_384
"""Bytes of one message; the socket keeps messages apart."""

LONGEST_COMMAND: Final = 2_000
"""Characters of a command; six bytes each at most, in a message."""
_LONGEST_WORD: Final = 200
_MOST: Final = 1000
_LOCALE: Final = re.compile(r"[A-Za-z]{1,8}(_[A-Za-z]{2})?(\.[A-Za-z0-9-]{1,12})?(@[a-z]{1,12})?")
CLEAN: Final[Mapping[str, re.Pattern[str]]] = {
    "TERM": re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,40}"),
    "COLORTERM": re.compile(r"[A-Za-z0-9-]{1,20}"),
    "LANG": _LOCALE,
    "LC_ALL": _LOCALE,
    "NO_COLOR": re.compile(r"[A-Za-z0-9]{0,8}"),
}
"""A client's variables that a session may see, and what they may look like."""

PLAIN_TERM: Final = "xterm-256color"
NO_SCREEN: Final = frozenset({"", "dumb", "unknown"})
"""Terminals that draw no screen."""

SIGNALS: Final = ("WINCH", "HUP", "TERM")
"""What may be sent on to a session."""


def too_long(command: str) -> str:
    """Why a command is not even looked at; empty where it is."""
    if len(command) <= LONGEST_COMMAND:
        return ""
    said = _("the command is too long: at most {most} signs")
    return said.format(most=LONGEST_COMMAND)


def cleaned(environ: Mapping[str, str]) -> dict[str, str]:
    """Of a client's environment, what a session may be told."""
    return {
        name: value
        for name, pattern in CLEAN.items()
        if (value := environ.get(name)) is not None and pattern.fullmatch(value)
    }


def texts(environ: Mapping[str, str] | Mapping[bytes, bytes]) -> dict[str, str]:
    """A client's environment as text, whatever it was."""
    return {_text(name): _text(value) for name, value in environ.items()}


def _text(told: str | bytes) -> str:
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else told


class Wanted(dict[bytes, bytes]):
    """Of a client's environment what a session may be told: anything else costs no memory."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        """Keep it, or not."""
        if cleaned({_text(name): _text(value)}):
            super().__setitem__(name, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taping:
    """Whose sessions are recorded, and where that is kept."""

    roles: tuple[str, ...] = ()
    folder: Path = Path()
    days: int = 1
    megabytes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where sessions find the desk that is served."""

    store: str
    """Its address, which may hold a password."""
    counter: str
    """The socket of the process that has it open."""
    measures: str = ""
    """Where whoever measures the desk is told; empty for nowhere."""
    lull: Lull = field(default_factory=Lull)
    """How long nobody may type."""
    taping: Taping = field(default_factory=Taping)
    most: int = _MOST
    """Sessions in all, by whatever way they came; each takes some megabytes."""

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Where:
        """As a process of a served desk is told when it begins."""
        lock_s, end_s = (float(told.get(name, 0)) for name in ("lock_s", "end_s"))
        return cls(
            store=str(told["store"]),
            counter=str(told["counter"]),
            measures=str(told.get("measures", "")),
            lull=Lull(lock_s=lock_s, end_s=end_s),
            taping=Taping(
                roles=tuple(filter(None, told.get("record", "").split(","))),
                folder=Path(told.get("recordings", "")),
                days=int(told.get("record_days", 1)),
                megabytes=int(told.get("record_megabytes", 1)),
            ),
            most=int(told.get("sessions", _MOST)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One session that shall begin."""

    operator: str
    """The code of whoever has proved to be that."""
    address: str = ""
    """From where he came in, for the journal; empty for this machine."""
    key: str = ""
    """The fingerprint of the key by which he came in, where there was one."""
    via: Literal["ssh", "browser"] = "ssh"
    """Through which door, for the journal."""
    line: Literal["frames", "tty"] = "frames"
    """What the descriptor is: a socket that takes frames, or a terminal."""
    command: str = ""
    """What is carried out instead of a console being opened; then the line takes frames."""
    environ: dict[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (80, 24)
    place: int = 0
    """How many were forked before it; for the fork server to say."""
    crowded: bool = False
    """Whether as many are open as may be, and it is only to be told so; for the same."""

    @property
    def origin(self) -> Origin | None:
        """For the store; None where he sits at the machine itself."""
        came = self.address or self.key
        return Origin(key=self.key, address=self.address) if came else None

    def told(self) -> bytes:
        """As a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, data: bytes) -> Opening:
        """From a message; ValueError where it is none."""
        told = _object(data)
        try:
            columns, rows = (int(number) for number in told["size"])
            environ = {str(name): str(value) for name, value in dict(told["environ"]).items()}
            return cls(
                operator=str(told["operator"]),
                address=str(told["address"])[:_LONGEST_WORD],
                key=str(told["key"])[:_LONGEST_WORD],
                via="browser" if told.get("via") == "browser" else "ssh",
                line="tty" if told["line"] == "tty" else "frames",
                command=str(told["command"])[:LONGEST_COMMAND],
                environ=cleaned(environ),
                size=(columns, rows),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("no opening") from error


def _object(data: bytes) -> dict[str, Any]:
    told = json.loads(data)
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def signal_told(name: str) -> bytes:
    """The message that sends a signal on."""
    return json.dumps({"signal": name}).encode()


def signal_in(data: bytes) -> str | None:
    """The signal that a message sends on; None where it sends none."""
    try:
        name = _object(data).get("signal")
    except ValueError:
        return None
    return name if name in SIGNALS else None


def exit_told(code: int) -> bytes:
    """The message that says how a session ended."""
    return json.dumps({"exit": code}).encode()


def exit_in(data: bytes) -> int | None:
    """How a session ended, as a message says it; None where it says nothing of it."""
    try:
        code = _object(data).get("exit")
    except ValueError:
        return None
    return code if isinstance(code, int) else None


def ask(path: str, opening: Opening, descriptor: int) -> socket.socket:
    """Ask for a session on a descriptor; the connection that holds it. `OSError` as it comes."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        held.connect(path)
        socket.send_fds(held, [opening.told()], [descriptor])
    except BaseException:
        held.close()
        raise
    return held
