"""What a session and the counter send each other: a length, and a thing as Python packs it.

Both ends are ours, of one account and one release: who could write there could as well change the
program. Of what goes wrong only refusals are sent; anything else is told as trouble.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from store.domain.evolve import maker

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 256 << 20
"""Bytes of one parcel; the largest list of a desk is far below that."""

_HEAD: Final = struct.Struct("!I")


def raised(kind: type[BaseException], args: tuple[Any, ...], facts: dict[str, Any]) -> object:
    """An exception as it was; its own way of being made wants its facts by name."""
    made = kind.__new__(kind)
    made.args = args
    made.__dict__.update(facts)
    return made


@cache
def values(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """How the values of a plain row are read, which `maker` makes one of; None of anything else."""
    plain = kind.__mro__ == (kind, object) and "__slots__" in vars(kind) and is_dataclass(kind)
    names = [field.name for field in fields(kind)] if plain else []
    if len(names) < _FEW or hasattr(kind, "__post_init__"):
        return None
    return attrgetter(*names)


def row(kind: Any, *told: Any) -> Any:
    """A row as it was: by itself Python asks each of its fields for its name, which takes long."""
    return _maker(kind)(*told)


_FEW: Final = 2
"""The values of a row of fewer do not come as a tuple."""
_maker = cache(maker)


class _Packer(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        """Take exceptions and rows apart."""
        if isinstance(obj, BaseException):
            return raised, (type(obj), obj.args, obj.__dict__)
        kind: Any = type(obj)
        read = values(kind)
        return NotImplemented if read is None else (row, (kind, *read(obj)))


def packed(thing: object) -> bytes:
    """The bytes of one parcel."""
    body = io.BytesIO()
    body.write(_HEAD.pack(0))
    _Packer(body, pickle.HIGHEST_PROTOCOL).dump(thing)
    data = body.getbuffer()
    _HEAD.pack_into(data, 0, len(data) - _HEAD.size)
    return bytes(data)


def packed_alone(thing: object) -> bytes:
    """What is sent within parcels to many, and packed once; `unpacked` is its way back."""
    body = io.BytesIO()
    _Packer(body, pickle.HIGHEST_PROTOCOL).dump(thing)
    return body.getvalue()


unpacked = pickle.loads


class Line:
    """One end of a connection; used by one thread at a time."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._file = line.makefile("rb")
        self.owed = 0
        """Answers that nobody waits for; they come before the next one."""

    def send(self, thing: object) -> None:
        """Send one thing; `OSError` where nobody takes it."""
        self._line.sendall(packed(thing))

    def receive(self) -> Any:
        """The next thing; `EOFError` where the other end is gone."""
        (length,) = _HEAD.unpack(self._exactly(_HEAD.size))
        if length > LONGEST:
            raise EOFError
        return pickle.loads(self._exactly(length))

    def _exactly(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def cut(self) -> None:
        """Whoever waits at either end hears that it is over."""
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let it go."""
        self.cut()
        self._file.close()
        self._line.close()
