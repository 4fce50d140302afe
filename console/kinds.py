"""Whether a class keeps a protocol: asked again and again of a few classes, found out once each.

Python looks through all that an object has each time it is asked whether it keeps one.
"""

from __future__ import annotations

from functools import cache
from typing import Any


def keeps(thing: object, protocol: Any) -> bool:
    """Whether a thing's class has all the methods of a protocol, which must have no others."""
    kind: Any = type(thing)
    return _keeps(kind, protocol)


@cache
def _keeps(kind: Any, protocol: Any) -> bool:
    return issubclass(kind, protocol)
