"""Fills the holes in a process's memory before it is forked many times.

What was freed while everything was imported lies scattered among what stays. A session would put
its first things there, and each would have a page of its parent's copied for itself; with the
holes filled it puts them side by side. What fills them is never touched, so all share it.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_POOL: Final = 1 << 14
"""Bytes of the pools in which Python keeps small things of one size."""
_HEAD: Final = 48
_LARGEST: Final = 512
_GRAIN: Final = 16
_MOST: Final = 200_000
"""Things of one size; there are never so many holes."""
_LARGE: Final = 100_000
_SMALL: Final = 32
_SHRINK: Final = 0.93
_KEPT: Final[list[object]] = []


class _Told(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


def fill() -> None:
    """Fill them, for as long as this process lives."""
    _fill_heap()
    if sys.implementation.name == "cpython":
        for size in range(_GRAIN, _LARGEST + 1, _GRAIN):
            _fill_pools(size)
    _fill_heap()


def _fill_pools(size: int) -> None:
    """Until a whole new pool has been filled from its first place to its last."""
    wanted, run, last = (_POOL - _HEAD) // size, 0, 0
    for _count in range(_MOST):
        thing = _of(size)
        _KEPT.append(thing)
        at = id(thing)
        follows = run and at == last + size
        run = 1 if at % _POOL == _HEAD else run + 1 if follows else 0
        last = at
        if run >= wanted:
            return


def _of(size: int) -> object:
    if size <= _GRAIN:
        return object()
    if size <= 2 * _GRAIN:
        return float("1.5")
    return bytes(size - sys.getsizeof(b"") - _GRAIN // 2)


def _fill_heap() -> None:
    """The same for larger things, as far as the C library tells of its heap."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallinfo2.restype = _Told
        library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
        library.malloc.argtypes = [ctypes.c_size_t]
        library.free.argtypes = [ctypes.c_void_p]
        library.sbrk.argtypes = [ctypes.c_ssize_t]
        size = _LARGE
        while size >= _SMALL:
            top = library.sbrk(0) - library.mallinfo2().keepcost
            place = library.malloc(size)
            if place is None or place >= top - 4 * _GRAIN:
                library.free(place)  # there is no hole of this size any more
                size = min(size - _GRAIN, int(size * _SHRINK))
