"""Keeps the Chinese catalogue equal to the source: `check` tells what is wrong, `update` collects.

Run as `python -m tests.house.catalogue [check|update]`.
"""

from __future__ import annotations

import gettext
import io
import re
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("console", "scheduler", "store")
PO: Final = ROOT / "console/locale/zh_CN/LC_MESSAGES/paidan.po"
MO: Final = PO.with_suffix(".mo")
_KEYWORDS: Final = {"_": None, "N_": None, "_n": (1, 2)}
_LONG_AGO: Final = datetime(2026, 1, 1, tzinfo=UTC)  # in place of "now", so that equal is equal
_HEADER: Final = """\
# Paidan 派单台: the Chinese catalogue. `make messages` collects new strings here.
msgid ""
msgstr ""
"Project-Id-Version: paidan\\n"
"Language: zh_CN\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Id = str | tuple[str, ...]


@cache
def in_source() -> Mapping[str, Id]:
    """Each sentence that the code asks for, singular first, by its key in the catalogue."""
    found: dict[str, Id] = {}
    for room in ROOMS:
        asked = extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords=_KEYWORDS, comment_tags=()
        )
        for _file, _line, message, _comments, _context in asked:
            found[_key(message)] = message
    found.pop("", None)
    return found


def chinese() -> dict[str, tuple[str, ...]]:
    """What each sentence is in Chinese."""
    return {_key(entry.id): _strings(entry) for entry in _entries()}


def missing() -> list[str]:
    """Sentences in the code that the catalogue does not have."""
    return sorted(set(in_source()) - {_key(entry.id) for entry in _entries()})


def untranslated() -> list[str]:
    """Entries without Chinese, or with a guess that nobody has confirmed."""
    return sorted(_key(e.id) for e in _entries() if e.fuzzy or not all(_strings(e)))


def stale() -> list[str]:
    """Entries that no code asks for any more."""
    return sorted({_key(entry.id) for entry in _entries()} - set(in_source()))


def misplaced() -> list[str]:
    """Translations whose places differ from the English, and would fail when filled."""
    wrong = []
    for entry in _entries():
        asked = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        allowed = {frozenset(_places(sentence)) for sentence in asked}
        if any(text and frozenset(_places(text)) not in allowed for text in _strings(entry)):
            wrong.append(_key(entry.id))
    return sorted(wrong)


def uncompiled() -> list[str]:
    """Entries that the compiled catalogue says otherwise, or not at all."""
    if not MO.exists():
        return [f"{MO.name} is not there"]
    fresh, kept = (_spoken(data) for data in (_compiled(_catalogue()), MO.read_bytes()))
    return sorted(key for key in fresh.keys() | kept.keys() if fresh.get(key) != kept.get(key))


FAULTS: Final = {
    "missing": missing,
    "untranslated": untranslated,
    "stale": stale,
    "places differ": misplaced,
    "not compiled": uncompiled,
}


def check() -> int:
    """Print every fault; 1 when there is one."""
    faults = [f"{name}: {key!r}" for name, find in FAULTS.items() for key in find()]
    lines = faults or ["the catalogue is complete"]
    sys.stdout.write("\n".join(lines) + "\n")
    if faults:
        sys.stdout.write(f"{len(faults)} to mend: make messages, then translate in {PO.name}\n")
    return 1 if faults else 0


def update() -> int:
    """Bring the catalogue in line with the code, keeping what is translated, and compile it."""
    kept = {_key(entry.id): entry for entry in _entries()}
    catalogue = Catalog(locale="zh_CN", domain="paidan", fuzzy=False)
    for key, message in sorted(in_source().items()):
        old = kept.get(key)
        known = old is not None and isinstance(old.id, str) == isinstance(message, str)
        catalogue.add(
            message, old.string if old and known else None, flags=old.flags if old else ()
        )
    text = io.BytesIO()
    write_po(text, catalogue, width=0, omit_header=True, no_location=True)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(_HEADER + text.getvalue().decode("utf-8"), encoding="utf-8")
    MO.write_bytes(_compiled(_catalogue()))
    sys.stdout.write(f"{len(in_source())} sentences, {len(untranslated())} to translate\n")
    return 0


def _catalogue() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_CN", domain="paidan", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="paidan")


def _entries() -> Iterator[Message]:
    return (entry for entry in _catalogue() if entry.id)


def _strings(entry: Message) -> tuple[str, ...]:
    said = entry.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def _key(message: Id | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _places(sentence: str) -> set[str]:
    """The named places, and percent places should a library's sentence have one."""
    named = {f"{{{name}}}" for _text, name, _spec, _how in Formatter().parse(sentence) if name}
    return named | set(re.findall(r"%\(\w+\)[sd]", sentence))


def _compiled(catalogue: Catalog) -> bytes:
    catalogue.creation_date = catalogue.revision_date = _LONG_AGO
    catalogue.fuzzy = False
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def _spoken(data: bytes) -> dict[str, str]:
    loaded = gettext.GNUTranslations(io.BytesIO(data))
    entries: dict[object, str] = vars(loaded)["_catalog"]
    return {str(key): text for key, text in entries.items() if key}


if __name__ == "__main__":
    sys.exit({"check": check, "update": update}[(sys.argv[1:] or ["check"])[0]]())
