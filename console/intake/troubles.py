"""What can be wrong with a file, its map, or one of its rows; each says so in a sentence."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class FileRefused(Refusal):
    """A file that cannot be read as a table of orders; nothing of it was taken."""

    sentence = N_("{file} {wrong}")


class MapRefused(Refusal):
    """A map that does not say what it must, or does not fit its file."""

    sentence = N_("map {map}: {wrong}")


class RowRefused(Refusal):
    """One row that cannot be taken; it goes to the rejects with its reason."""

    sentence = N_("{wrong}")
