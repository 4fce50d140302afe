"""What a page is made of: sheets of our own, and xterm.js as it was published."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLISHED: Final[Mapping[str, str]] = {
    "xterm.js": "sha384-M169f14mRZOXm3hD/v2Ti0ThIT/RnAQagXA9nlE15yHAtrW19gdePJh/HaTzUOe/",
    "xterm.css": "sha384-8Xk9wy/gzEDUKrXtrmCFa2bBuK3BpjpDuL/p0SeKQX19Khl/M+lHOgD/CyYf7efP",
    "addon-fit.js": "sha384-iF+jqbuti4XlB64clWgFWYEscb+UnSRv3VgVikGYZu+otNFnSHr7y7NcKfBnGizn",
}
"""Of @xterm/xterm 5.5.0 and @xterm/addon-fit 0.10.0: a browser takes nothing else for them."""

TYPES: Final[Mapping[str, str]] = {
    "xterm.js": "text/javascript",
    "addon-fit.js": "text/javascript",
    "console.js": "text/javascript",
    "enter.js": "text/javascript",
    "xterm.css": "text/css",
    "page.css": "text/css",
}
"""The only files that are given."""


def read(name: str) -> bytes:
    """One of them, or a sheet."""
    return files("console.serve").joinpath("sheets", name).read_bytes()


def sheet(name: str, words: Mapping[str, str]) -> str:
    """A sheet with these words in it, whatever they are."""
    hashes = {name.replace(".", "_").replace("-", "_"): told for name, told in PUBLISHED.items()}
    told = {word: escape(text) for word, text in words.items()}
    return Template(read(name).decode()).substitute({**hashes, **told})
