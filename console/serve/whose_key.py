"""Whose a key is, and codes that give one: asked across the counter, in a process of its own.

    python -m console.serve.whose_key COUNTER LANGUAGE    # a line of JSON in, one out

The front asks this process: it opens no store itself, and unpacks nothing that comes from one. All
is done as the desk itself, for whoever stands at the door is nobody yet.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console import i18n
from console.serve.far import FarRecords
from store import clock
from store.commands.operator_codes import EnterByCode, UseCode
from store.domain.errors import Refusal, StoreTrouble
from store.domain.who import THE_DESK, Origin
from store.queries.operator_keys import KeysOf
from store.queries.people import ListOperators

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST: Final = 100_000


class Keyring:
    """Answers; what it cannot ask for is trouble, and asked again another time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._records: FarRecords | None = None

    def answer(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """What is told of one question."""
        try:
            if self._records is None:
                self._records = FarRecords(self._path)
            return _ANSWERS[asked["ask"]](self._records, asked)
        except StoreTrouble as trouble:
            return {"trouble": i18n.tell(trouble)}
        except Refusal as refusal:
            return {"refused": i18n.tell(refusal)}


def _keys(records: FarRecords, _asked: Mapping[str, str]) -> dict[str, Any]:
    """Those that open something, those that shall not, and whom an authority may vouch for."""
    at = clock.now()
    with records.asking(who=THE_DESK, at=at) as ask:
        found, people = ask(KeysOf(limit=_MOST)), ask(ListOperators(limit=_MOST))
    return {
        "keys": [
            {
                "operator": key.code,
                "role": key.role,
                "sites": None if key.everywhere else key.sites,
                "fingerprint": key.fingerprint,
                "line": f"{key.kind} {key.body}",
            }
            for key in found
            if not key.revoked
        ],
        "revoked": [key.fingerprint for key in found if key.revoked],
        "operators": [
            {
                "operator": one.code,
                "role": one.role,
                "sites": None if one.everywhere else one.sites,
            }
            for one in people
            if one.active
        ],
    }


def _claim(records: FarRecords, asked: Mapping[str, str]) -> dict[str, Any]:
    """A key given by a one-time code."""
    origin = Origin(key=asked["fingerprint"], address=asked["address"])
    who = replace(THE_DESK, via="ssh", origin=origin)
    done = records.do(UseCode(code=asked["code"], line=asked["line"]), who=who, at=clock.now())
    return {"said": i18n.fill(done.sentence, done.facts), "operator": done.facts["code"]}


def _enter(records: FarRecords, asked: Mapping[str, str]) -> dict[str, Any]:
    """Whom a code for browsers lets in."""
    who = replace(THE_DESK, via="browser", origin=Origin(address=asked["address"]))
    done = records.do(EnterByCode(code=asked["code"]), who=who, at=clock.now())
    return {"said": i18n.fill(done.sentence, done.facts), "operator": done.facts["code"]}


_ANSWERS: Final[Mapping[str, Callable[[FarRecords, Mapping[str, str]], dict[str, Any]]]] = {
    "keys": _keys,
    "claim": _claim,
    "enter": _enter,
}


def main() -> int:
    """Answer until nobody asks any more."""
    i18n.use(sys.argv[2])
    keyring = Keyring(sys.argv[1])
    for asked in sys.stdin:
        print(json.dumps(keyring.answer(json.loads(asked))), flush=True)  # noqa: T201  the answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
