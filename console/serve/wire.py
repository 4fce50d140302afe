"""What a session and whoever holds its line say to each other: frames over a stream, pure.

    frame(Kind.OUTPUT, b"...")      # the bytes of one frame
    for kind, body in unframer.feed(data): ...

A frame is its kind, the length of its body in four bytes, and the body. A body is at most
`LONGEST`; whoever announces a longer one is hung up on.
"""

from __future__ import annotations

import json
import struct
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 1 << 20
_HEAD: Final = struct.Struct("!BI")
_SIZE: Final = struct.Struct("!HH")
_WIDEST: Final = 500
"""A screen of more columns or rows than this would be memory for nothing."""


class Kind(IntEnum):
    """What a frame is about."""

    OUTPUT = 1
    """From the session: bytes for the terminal."""
    INPUT = 2
    """To it: bytes that were typed."""
    RESIZE = 3
    """To it: columns and rows."""
    EXIT = 4
    """From it: how it ended. To it: that it shall end, its drafts kept."""
    ERROR = 5
    """From it: bytes for whoever reads what goes wrong."""
    LOCKED = 6
    """From it: nobody types, and its screen is covered until it ends."""
    RECORDED = 7
    """To it: whether what it shows is recorded from now on; one byte."""


class Broken(Exception):
    """What came is no frame; nothing behind it can be trusted."""


def frame(kind: Kind, body: bytes = b"") -> bytes:
    """The bytes of one frame."""
    return _HEAD.pack(kind, len(body)) + body


def frames(kind: Kind, data: bytes) -> bytes:
    """The same for data of any length, in as many frames as they take."""
    return b"".join(
        frame(kind, data[start : start + LONGEST]) for start in range(0, len(data), LONGEST)
    )


def resize(columns: int, rows: int) -> bytes:
    """The frame that tells a size."""
    return frame(Kind.RESIZE, _SIZE.pack(*sane(columns, rows)))


def size_in(body: bytes) -> tuple[int, int]:
    """The size that such a frame tells."""
    try:
        columns, rows = _SIZE.unpack(body)
    except struct.error as error:
        raise Broken("no size") from error
    return sane(columns, rows)


def sane(columns: int, rows: int) -> tuple[int, int]:
    """A size that a screen can have, whatever a client says; 80 by 24 where it knows none."""
    return (
        min(max(columns, 1), _WIDEST) if columns > 0 else 80,
        min(max(rows, 1), _WIDEST) if rows > 0 else 24,
    )


def ended(code: int, said: str = "") -> bytes:
    """The frame that tells how a session ended, and what is said about it."""
    return frame(Kind.EXIT, json.dumps({"code": code, "said": said}).encode())


def end_in(body: bytes) -> tuple[int, str]:
    """What such a frame tells."""
    try:
        told: dict[str, Any] = json.loads(body)
        return int(told["code"]), str(told["said"])
    except (ValueError, KeyError, TypeError) as error:
        raise Broken("no end") from error


class Unframer:
    """Puts frames together from pieces of any length."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Kind, bytes]]:
        """The frames that are whole now; `Broken` at the first that is none."""
        self._data += data
        while len(self._data) >= _HEAD.size:
            number, length = _HEAD.unpack_from(self._data)
            if length > LONGEST:
                raise Broken("too long")
            end = _HEAD.size + length
            if len(self._data) < end:
                return
            try:
                kind = Kind(number)
            except ValueError as error:
                raise Broken("of no kind") from error
            body = bytes(self._data[_HEAD.size : end])
            del self._data[:end]
            yield kind, body
