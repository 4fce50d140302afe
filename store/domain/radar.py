"""The radar: trouble that comes again where it was, though it was mended each time.

Four rules, each with its evidence. What decides is how often it came, never in which words: the
words only say what is one trouble.

Where much happens much comes again by chance. So whatever rests on orders alone must be too much
for chance: either it came on more days than would be usual there (the tail of a Poisson
distribution), or in three months running where it usually comes in few. What is usual is how often
that trouble comes elsewhere, at the most, times how busy the place is with everything else. All
cells of the table of places by troubles share one small probability (Bonferroni), so that a look at
any desk seldom proposes what is nothing but chance. One trouble reported five times in a day came
on one day.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from store.domain.by_chance import chance, in_a_row
from store.domain.clusters import Cluster, is_part
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

RUNNING: Final = 3
"""Months in a row in which it came, the last of them this month or the one before."""
MANY: Final = 5
"""Orders on an asset within `MONTH_DAYS`."""
MONTH_DAYS: Final = 30
LEAST_DAYS: Final = 3
"""On fewer days alike words are no cluster."""
BY_CHANCE: Final = 0.02
"""How likely a rule proposes at one look what is nothing but chance."""
_ANYWHERE: Final = 0.1
"""How many places and troubles may be expected to come three months running by chance alone."""
_MOST_WORDS: Final = 12
_LITTLE: Final = 0.5
_ALIKE: Final = 4
"""Days by which a place is taken to be as busy as others, until it shows that it is not."""
_MAYBE: Final = 2
"""Five orders a month are told of, unless more assets than that have as many by chance."""


class Rule(StrEnum):
    """Why something is proposed."""

    COMPLAINTS = "complaints"
    MONTHS = "months"
    """Orders of the same kind in three months running."""
    MONTH = "month"
    WORDS = "words"


RULES: Final[Mapping[str, str]] = {
    Rule.COMPLAINTS: N_("complaints three months running"),
    Rule.MONTHS: N_("the same kind three months running"),
    Rule.MONTH: N_("five orders in a month"),
    Rule.WORDS: N_("alike words"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """An order that nobody had planned, or a complaint."""

    id: int
    """The order's number, or the complaint's."""
    complaint: bool
    at: datetime
    day: date
    """On the site's wall."""
    ago: int
    """Months of the site's wall before this one; 0 for this month."""
    days: float
    """Days before now."""
    site: int
    asset: int | None
    what: str
    """The kind of work, or what the complaint is about; may be empty for an order."""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something that is proposed, with its evidence."""

    rule: Rule
    site: int
    asset: int | None
    what: str
    """The kind, or what complaints are about; of words a digest of those that are alike."""
    orders: tuple[int, ...]
    """Their numbers, the newest last."""
    complaints: tuple[int, ...]
    days: int
    """On how many days it came."""
    usual: float | None
    """On how many it would have by chance; None where the rule asks for no comparison."""

    @property
    def key(self) -> str:
        """What makes it the same trouble at the next look."""
        return f"{self.rule}:{self.site}:{self.asset or 0}:{self.what}"


def find(
    signs: Iterable[Sign],
    *,
    since: Mapping[str, datetime] | None = None,
    known: Sequence[Cluster] = (),
) -> list[Spot]:
    """All that comes again, the gravest first; of a key in `since` only what came after that.

    Of alike words what is mostly a cluster that is `known` is that one, whichever words they are.
    """
    told = sorted(signs, key=lambda one: (one.at, one.complaint, one.id))
    spots = as_known(_distinct([spot for look in _LOOKS.values() for spot in look(told)]), known)
    after = since or {}
    kept = []
    for spot in spots:
        moment = after.get(spot.key)
        if moment is not None:
            mine = {(False, n) for n in spot.orders} | {(True, n) for n in spot.complaints}
            left = [one for one in told if (one.complaint, one.id) in mine and one.at > moment]
            again = as_known(list(_LOOKS[spot.rule](left)), [Cluster.of(spot)])
            if spot.key not in {one.key for one in again}:
                continue  # chance was ruled out before; what is left must be enough by itself
        kept.append(spot)
    return kept


def as_known(spots: list[Spot], known: Sequence[Cluster]) -> list[Spot]:
    """The same, those of alike words under the name that they had; of two of one name the first."""
    found: dict[str, Spot] = {}
    for spot in spots:
        own = spot.rule is Rule.WORDS
        names = (one.what for one in known if own and one.is_mostly(spot.site, spot.orders))
        one = replace(spot, what=next(names, spot.what))
        found.setdefault(one.key, one)
    return list(found.values())


def _runs(signs: Iterable[Sign]) -> bool:
    months = {one.ago for one in signs}
    return any(all(last + n in months for n in range(RUNNING)) for last in (0, 1))


def _spot(rule: Rule, signs: Sequence[Sign], what: str, asset: int | None, **more: float) -> Spot:
    return Spot(
        rule=rule,
        site=signs[0].site,
        asset=asset,
        what=what,
        orders=tuple(one.id for one in signs if not one.complaint),
        complaints=tuple(one.id for one in signs if one.complaint),
        days=len({one.day for one in signs}),
        usual=more.get("usual"),
    )


def _grouped(
    signs: Iterable[Sign], key: Callable[[Sign], tuple[int, int | None, str] | None]
) -> Mapping[tuple[int, int | None, str], list[Sign]]:
    found: dict[tuple[int, int | None, str], list[Sign]] = defaultdict(list)
    for one in signs:
        known = key(one)
        if known is not None:
            found[known].append(one)
    return found


def _by_asset(one: Sign) -> tuple[int, int | None, str] | None:
    return None if one.asset is None or not one.what else (one.site, one.asset, one.what)


def _by_site(one: Sign) -> tuple[int, int | None, str] | None:
    return (one.site, None, one.what) if one.what else None


def _complaints(signs: Iterable[Sign]) -> Iterator[Spot]:
    """Each is somebody who took the trouble: three months are enough, and chance is not asked."""
    said = [one for one in signs if one.complaint and one.ago <= RUNNING]
    for key in (_by_asset, _by_site):
        for (_site, asset, what), mine in _grouped(said, key).items():
            if _runs(mine):
                yield _spot(Rule.COMPLAINTS, mine, what, asset)


def _month(signs: Iterable[Sign]) -> Iterator[Spot]:
    late = [one for one in signs if not one.complaint and one.days <= MONTH_DAYS]
    assets = _grouped(late, lambda one: None if one.asset is None else (one.site, one.asset, ""))
    usual = sum(map(len, assets.values())) / max(1, len(assets))
    for (_site, asset, _what), mine in assets.items():
        if len(mine) >= MANY and chance(len(mine), usual) * len(assets) < _MAYBE:
            yield _spot(Rule.MONTH, mine, "", asset)


def _months(signs: Iterable[Sign]) -> Iterator[Spot]:
    orders = [one for one in signs if not one.complaint and one.ago <= RUNNING]
    for key in (_by_asset, _by_site):
        groups = _grouped(orders, key)
        table = {
            ((site, asset), what): len({one.day for one in mine})
            for (site, asset, what), mine in groups.items()
        }
        usual = _Usual(table)
        for (site, asset, what), mine in groups.items():
            place = (site, asset)
            if _runs(mine) and not usual.is_chance(mine, place, what):
                yield _spot(Rule.MONTHS, mine, what, asset, usual=usual.of(place, what))


def _words(signs: Iterable[Sign]) -> Iterator[Spot]:
    """Two words that come together there much more often than elsewhere; the most days first."""
    groups: dict[tuple[int, str], list[Sign]] = defaultdict(list)
    for one in signs:
        if not one.complaint and one.ago <= RUNNING:
            for both in combinations(sorted(one.words)[:_MOST_WORDS], 2):
                groups[one.site, " ".join(both)].append(one)
    table = {key: len({one.day for one in mine}) for key, mine in groups.items()}
    usual, taken = _Usual(table), defaultdict[int, list[set[int]]](list)
    for (site, pair), mine in sorted(groups.items(), key=lambda each: (-table[each[0]], each[0])):
        days = table[site, pair]
        if days < LEAST_DAYS:
            break
        numbers = {one.id for one in mine}
        if not _runs(mine) or any(is_part(numbers, other) for other in taken[site]):
            continue
        if not usual.is_chance(mine, site, pair):
            taken[site].append(numbers)
            what = hashlib.sha256(pair.encode()).hexdigest()[:16]
            yield _spot(Rule.WORDS, mine, what, None, usual=usual.of(site, pair))


class _Usual:
    """How often a trouble would come at a place, had that place its usual share of it."""

    def __init__(self, table: Mapping[tuple[Any, str], int]) -> None:
        self._table = table
        self._places, self._troubles = Counter[Any](), Counter[str]()
        for (place, trouble), days in table.items():
            self._places[place] += days
            self._troubles[trouble] += days
        self._all = sum(table.values())

    def of(self, place: Any, trouble: str) -> float:
        """Half a day more elsewhere, so that nothing is never.

        Where there is no other place, each trouble of the place is as usual as another.
        """
        own, others = self._table[place, trouble], len(self._places) - 1
        here, there = self._places[place] - own, self._troubles[trouble] - own
        if not others:
            return (here + _LITTLE) / max(1, len(self._troubles) - 1)
        usually = (self._all - self._troubles[trouble]) / (others + 1)
        busy = (here + _ALIKE) / (usually + _ALIKE)
        return (there + _LITTLE + sqrt(there)) / others * busy

    def is_chance(self, signs: Sequence[Sign], place: Any, trouble: str) -> bool:
        """Whether something like it is to be expected somewhere at such a desk."""
        usual, cells = self.of(place, trouble), len(self._places) * len(self._troubles)
        if in_a_row(self._all / cells, RUNNING) * cells < _ANYWHERE and _runs(signs):
            return False  # that anything comes three months running is rare enough here
        days = len({one.day for one in signs})
        likely = min(chance(days, usual), in_a_row(usual, RUNNING) if _runs(signs) else 1.0)
        return likely * cells >= BY_CHANCE


def _distinct(spots: list[Spot]) -> list[Spot]:
    """Of two with the same evidence the first rule's, and of an asset before that of its site."""
    kept: list[Spot] = []
    for spot in spots:
        mine = {(False, n) for n in spot.orders} | {(True, n) for n in spot.complaints}
        same = any(
            mine <= {(False, n) for n in one.orders} | {(True, n) for n in one.complaints}
            for one in kept
            if one.site == spot.site
        )
        if not same:
            kept.append(spot)
    return kept


_LOOKS: Final[Mapping[Rule, Callable[[Sequence[Sign]], Iterator[Spot]]]] = {
    Rule.COMPLAINTS: _complaints,
    Rule.MONTH: _month,
    Rule.MONTHS: _months,
    Rule.WORDS: _words,
}
"""What each rule finds, the gravest first."""
