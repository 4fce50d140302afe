"""Runs an iterator in a process beside this one, so that making and storing go on at once."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

Item = TypeVar("Item")

_END = "end"
"""What is sent when there are no more items."""


def in_a_process(make: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """The items of an iterator, made in a forked process where that is safe, else in this one.

    It must not touch an open store. RuntimeError when the process ends before its last item.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if not can_fork or threading.active_count() > 1:  # a fork copies locks that threads hold
        yield from make()
        return
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(make, receiver, sender), daemon=True)
    child.start()
    sender.close()
    try:
        yield from _received(receiver)
    finally:
        receiver.close()
        child.join()


def _received(receiver: Connection) -> Iterator[Any]:
    while True:
        try:
            item = receiver.recv()
        except EOFError:
            msg = "the process beside this one ended early"
            raise RuntimeError(msg) from None
        if item == _END:
            return
        yield item


def _send(make: Callable[[], Iterator[Any]], receiver: Connection, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and closes the pipe
    receiver.close()
    try:
        for item in make():
            sender.send(item)
        sender.send(_END)
    except BrokenPipeError:
        return  # nobody wants the rest
