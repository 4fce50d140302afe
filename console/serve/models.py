"""The consoles that were drawn before anybody came: one for each language and range of colours."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from console import i18n
from console.config import load
from console.serve import child, model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.config import Config

_TERMINALS: Final[Mapping[str, Mapping[str, str]]] = {
    "256": {"TERM": "xterm-256color"},
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
}
"""What nearly every client says of itself."""

_MADE: Final[list[model.Model]] = []


def draw(store: str) -> None:
    """Draw them, before the first session is forked."""
    for language in i18n.LANGUAGES:
        for colours, terminal in _TERMINALS.items():
            with _environment({**child.own(os.environ), **terminal}):
                settings = load({"store": store, "language": language}, environ=os.environ)
                _MADE.append(model.drawn(settings, colours))


def fitting(settings: Config, environ: Mapping[str, str]) -> model.Model | None:
    """The one that a session with these can go on from; None where none was drawn."""
    return next((one for one in _MADE if one.fits(settings, environ)), None)


@contextmanager
def _environment(environ: Mapping[str, str]) -> Iterator[None]:
    was = dict(os.environ)
    os.environ.clear()
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(was)
