"""Worlds and queries about them, drawn so that words, names and times meet."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from store.domain.finding.tree import Not, Sign, Special, Term, Tree, Word, all_of, either_of
from store.domain.lifecycle import State, VisitState
from tests.domain.finding_trees import flags, spans
from tests.domain.finding_trees import terms as any_term
from tests.store import finding_world as world
from tests.store.finding_world import World
from tests.store.query_desk import AT, order_row

AROUND = [-40, -8, -1.5, -1 / 60, 0, 1 / 60, 1, 2, 30]
"""Hours around now at which something may be due or done."""

moments = st.none() | st.sampled_from(AROUND).map(lambda hours: AT + timedelta(hours=hours))
some = st.none() | st.sampled_from([1, 2])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Orders that share words, places, people and times."""
    there = World()
    for number in range(1, draw(st.integers(1, 12)) + 1):
        state = draw(st.sampled_from(State))
        row = order_row(
            number,
            state,
            title=draw(st.sampled_from(world.TITLES)),
            description=draw(st.sampled_from(("", *world.TITLES))),
            kind=draw(st.sampled_from(world.KINDS)),
            priority=draw(st.integers(1, 4)),
            site_id=draw(st.sampled_from([None, 1, 2, 3])),
            customer_id=draw(some),
            technician_id=None,
            opened_at=AT - timedelta(hours=draw(st.sampled_from([0, 1, 2, 40, 400]))),
            state_since=AT - timedelta(minutes=draw(st.sampled_from([0, 1, 60, 600]))),
            closed_at=draw(moments),
            next_deadline=draw(moments),
            risk_at=draw(moments),
            orphan_at=draw(moments),
            follow_at=draw(moments),
            wake_at=draw(moments),
        )
        row |= {
            "asset_id": draw(st.sampled_from([None, 1])),
            "level_id": draw(some),
            "follower_id": draw(some),
            "contact_id": draw(some),
            "parent": draw(st.none() | st.integers(1, number - 1)) if number > 1 else None,
            "duplicate_of": draw(st.none() | st.integers(1, number - 1)) if number > 1 else None,
            "cadence_s": draw(st.sampled_from([None, None, 1800])),
            "source": draw(st.sampled_from([None, "crm", "CRM2"])),
            "external_id": f"X-{number * 7}",
            "crew": draw(st.sampled_from([1, 1, 2, 9])),
            "project": draw(st.sampled_from([None, None, 1, 3])),
            "appointment_at": draw(moments),
            "needs": draw(st.sampled_from(["", "", "ladder", "camera,p-100%", "梯子,热像仪"])),
        }
        there.orders.append(row)
        for place in range(1, draw(st.integers(0, 2)) + 1):
            there.visits.append(
                {
                    "number": number,
                    "place": place,
                    "technician_id": draw(st.sampled_from([1, 2])),
                    "state": draw(st.sampled_from(VisitState)).value,
                    "assigned_at": AT,
                }
            )
        note = draw(st.sampled_from(world.NOTES))
        if note:
            there.notes[number] = note
    return there


def _known(field: str, *values: str) -> st.SearchStrategy[Term]:
    return st.sampled_from(values).map(lambda value: Term(field, Sign.IS, (value,)))


_WORDS = (
    "漏水 梯 停 3层 电梯停 lif l pump AHU-7 7 1042 北楼 王伟 Wang 8000 13800138000 x-21 hvac 3 等备"
)
_parts = st.one_of(
    st.sampled_from(_WORDS.split(" ")).map(Word),
    st.sampled_from(["lift stuck", "漏水 pump", "lif", "停", "call 1042 back", "停 3"]).map(
        lambda text: Word(text, exact=True)
    ),
    flags,
    any_term(),
    _known("site", "N1", "北楼", "n", "楼", "%", "_", "Tower_1", "Ｎ１", "nowhere"),
    _known("customer", "c1", "物业", "harbour", "0013"),
    _known("tech", "王伟", "wang", "T", "t1"),
    _known("region", "华东", "west 1", "s"),
    _known("tag", "vip", "VIP only", "早"),
    _known("kind", "lift", "hv", "hvac"),
    _known("source", "crm", "CRM2"),
    _known("needs", "ladder", "LADD", "ｃam", "100%", "梯", "_", "rope"),
    _known("follower", "ana", "desk", "a"),
    _known("level", "gold", "g"),
    _known("asset", "ahu-7", "机组"),
    _known("caller", "zoe", "wang", "王", "ww", "5678", "139 1234 5678", "008655551042", "8000"),
    _known("id", "x-", "X-7"),
    st.sampled_from(
        ["site", "tech", "caller", "region", "tag", "kind", "needs", "source", "due", "closed"]
    ).flatmap(
        lambda name: st.sampled_from([Special.NONE, Special.ANY]).map(
            lambda value: Term(name, Sign.IS, (value,))
        )
    ),
    st.just(Term("follower", Sign.IS, (Special.ME,))),
    st.tuples(
        st.sampled_from(["site", "tech", "customer", "asset"]),
        st.sampled_from(["N1", "北楼", "wang", "王伟", "C1", "ahu-7", "nowhere"]),
    ).map(lambda told: Term(told[0], Sign.EXACTLY, (told[1],))),
    st.tuples(
        st.sampled_from(["due", "opened", "closed", "since", "wake", "call", "appointment"]),
        st.sampled_from([sign for sign in Sign if sign is not Sign.EXACTLY]),
        spans,
    ).map(lambda told: Term(told[0], told[1], (told[2],))),
)
queries: st.SearchStrategy[Tree] = st.recursive(
    _parts,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(all_of),
        st.lists(parts, min_size=2, max_size=3).map(either_of),
    ),
    max_leaves=5,
)
