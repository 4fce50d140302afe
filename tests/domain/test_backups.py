"""Which backups stay, when the next is due, and what is told in every language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from store.domain.backups import (
    FAILED,
    GRACE,
    LATE,
    RETRY,
    BackupPlan,
    BackupTold,
    LastBackup,
    alarm,
    due_at,
    is_due,
    kept,
    name_at,
    plain,
    spoken,
    too_many,
)
from store.domain.words import N_, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLAN = BackupPlan(folder="/backups", tag="0a1b2c3d", since=NOON)
times = st.integers(0, 3 * 365 * 24 * 60).map(lambda minute: NOON + timedelta(minutes=minute))
keeps = st.tuples(*[st.integers(0, 6)] * 4)


def _last(at: datetime, faults: int = 0) -> LastBackup:
    return LastBackup(name=name_at(at, PLAN.tag), made_at=at, size=1, faults=faults)


@given(st.lists(times, max_size=80), keeps)
def test_the_newest_of_each_span_stays(made: list[datetime], keep: tuple[int, ...]) -> None:
    """As many hours, days, weeks and months as are wanted, of those that have one at all."""
    stay = kept(made, keep)
    assert stay <= set(made)
    assert not made or max(made) in stay, "the newest always"
    spans: tuple[Callable[[datetime], Hashable], ...] = (
        lambda at: (at.date(), at.hour),
        lambda at: at.date(),
        lambda at: at.isocalendar()[:2],
        lambda at: (at.year, at.month),
    )
    wanted = set()
    for count, span in zip(keep, spans, strict=True):
        newest_first = dict.fromkeys(span(at) for at in sorted(made, reverse=True))
        for held in list(newest_first)[:count]:
            wanted.add(max(at for at in made if span(at) == held))
    assert stay == wanted | ({max(made)} if made else set())
    assert len(stay) <= 1 + sum(keep)


@given(st.lists(times, min_size=1, max_size=40), keeps)
def test_what_was_thinned_out_hour_by_hour_is_as_if_all_had_stayed(
    made: list[datetime], keep: tuple[int, ...]
) -> None:
    """Nothing that is to stay later goes earlier."""
    stood: set[datetime] = set()
    for at in sorted(made):
        stood = kept({*stood, at}, keep)
    assert stood == kept(made, keep)


names = st.one_of(
    times.map(lambda at: name_at(at, PLAN.tag)),
    times.map(lambda at: name_at(at, "99999999")),
    times.map(name_at),
    times.map(lambda at: name_at(at, PLAN.tag) + ".half"),
    times.map(lambda at: "x" + name_at(at, PLAN.tag)),
    st.sampled_from([f"paidan-{PLAN.tag}-20269999T999999Z.zip", "desk.db", "", "..", "a\n"]),
)


@given(st.lists(names, max_size=60), keeps, times, times)
def test_only_own_files_go_and_never_the_last_good(
    there: list[str], keep: tuple[int, int, int, int], last: datetime, good: datetime
) -> None:
    """Another store's, a person's, and what only looks like one stay whatever they are called."""
    told = BackupTold(tried_at=last, last=_last(last, faults=1), good=_last(good))
    plan = BackupPlan(folder="/b", tag=PLAN.tag, keep=keep, since=NOON)
    go = too_many(there, plan, told)
    assert go <= set(there)
    for name in go:
        assert name.startswith(f"paidan-{PLAN.tag}-2")
        assert name not in {_last(last).name, _last(good).name}
    assert too_many(there, BackupPlan(folder="/b", keep=keep), told) == set(), "no tag, no file"
    assert too_many(set(there) - go, plan, told) == set(), "once is enough"


def test_when_the_next_is_due() -> None:
    """At once, then each hour; sooner where one failed; later where the folder is elsewhere."""
    hour, second = timedelta(hours=1), timedelta(seconds=1)
    assert due_at(BackupPlan(), BackupTold()) is None
    assert due_at(PLAN, BackupTold()) == NOON
    done = BackupTold(tried_at=NOON, last=_last(NOON), good=_last(NOON))
    assert due_at(PLAN, done) == NOON + hour
    assert due_at(PLAN, BackupTold(tried_at=NOON + hour, last=_last(NOON))) == NOON + hour + RETRY
    for has_folder, at in ((True, NOON + hour), (False, NOON + hour + GRACE)):
        assert is_due(PLAN, done, at=at, has_folder=has_folder)
        assert not is_due(PLAN, done, at=at - second, has_folder=has_folder)
    assert is_due(PLAN, done, at=NOON - 2 * hour, has_folder=True), "the clock was set back"
    moved = BackupPlan(folder="/new", tag=PLAN.tag, since=NOON + second)
    assert due_at(moved, done) == NOON + second, "another folder begins at once"


def test_what_the_desk_is_told() -> None:
    """That one failed, or that for hours none was good; nothing while all is well."""
    done = BackupTold(tried_at=NOON, last=_last(NOON), good=_last(NOON))
    later = NOON + timedelta(hours=2) + RETRY + GRACE
    assert alarm(PLAN, done, at=later - timedelta(seconds=1)) is None
    assert alarm(BackupPlan(), BackupTold(), at=later) is None
    late = alarm(PLAN, done, at=later)
    assert late is not None
    assert late[0].startswith("nobody has made a backup since 2026-03-02 12:00")
    assert late[2] == LATE
    assert alarm(PLAN, done, at=later, being_made=True) is None
    failed = BackupTold(tried_at=NOON, trouble="no room", trouble_at=NOON)
    assert alarm(PLAN, failed, at=NOON) == ("no room", NOON, FAILED)


def test_a_sentence_is_kept_for_every_language() -> None:
    """With the sentences and times among its facts; text from outside stays text."""
    inner = N_("the disk is full")
    said = N_("{folder}: {why}, {at}").format(folder="/b", why=inner, at=NOON)
    again = spoken(plain(said))
    assert isinstance(again, Word)
    assert again == said
    assert again.template == "{folder}: {why}, {at}"
    assert isinstance(again.facts["why"], Word)
    assert type(again.facts["folder"]) is str
    assert again.facts["at"] == NOON
    assert [spoken(plain(one)) for one in (None, 3, "x")] == [None, 3, "x"]
