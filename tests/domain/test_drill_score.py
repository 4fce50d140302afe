"""What a rehearsal comes to: who is judged, and how wide an interval is."""

from __future__ import annotations

from dataclasses import replace
from statistics import stdev
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.drill.compare import against_first, scene_of
from store.domain.drill.rules import FIRST, OURS, RULES
from store.domain.drill.run import rehearse
from store.domain.drill.score import MEASURES, change, change_in_parts, judged, quantile
from tests.domain.test_drill import DAY, settings_of

if TYPE_CHECKING:
    from store.domain.drill.compare import Setting


@given(settings_of(), st.sampled_from(sorted(RULES)))
def test_a_verdict_does_not_hang_on_where_the_days_end(setting: Setting, rule: str) -> None:
    """As if the desk had gone on for a month: the same calls under every rule, each judged so."""
    scene = scene_of(setting, seed=setting.seed)
    longer = replace(scene, until=scene.until + 30 * DAY)
    verdicts = judged(scene, rehearse(scene, RULES[rule]))
    later = dict(zip(map(id, scene.cases), rehearse(longer, RULES[rule]), strict=True))
    for case, in_time in verdicts:
        fate = later[id(case)]
        assert case.call.at + case.within <= fate.due_at <= case.last_due <= scene.until
        assert in_time == (fate.done_at is not None and fate.done_at <= fate.due_at)
        assert fate.done_at is None or fate.due_at == case.last_due
    first = judged(scene, rehearse(scene, RULES[FIRST]))
    assert [case for case, _in_time in first] == [case for case, _in_time in verdicts]


def test_no_interval_is_wider_than_what_can_be() -> None:
    """Of two runs that differ much: all points that there are, and never less than nothing."""
    plain = dict.fromkeys(MEASURES, 10.0)
    ours = [plain | {"kept": 90.0, "drive": 1.0}, plain | {"kept": 60.0, "drive": 90.0}]
    found = against_first({FIRST: [plain, plain], OURS: ours})[OURS]
    assert (found["kept"].mean, found["kept"].least, found["kept"].most) == (65.0, -100.0, 100.0)
    assert found["drive"].least == -100.0
    assert found["drive"].most > 1000.0


def test_an_interval_by_hand() -> None:
    """Differences of 1 to 5: mean 3, half the interval 2.776 x 1.5811 / sqrt 5."""
    found = change([2.0, 4.0, 6.0, 8.0, 10.0], [1.0, 2.0, 3.0, 4.0, 5.0])
    assert (round(found.least, 3), found.mean, round(found.most, 3)) == (1.037, 3.0, 4.963)
    assert change_in_parts([50.0, 100.0], [100.0, 200.0]).most == -50.0
    assert change([4.0], [1.0]).least == 3.0
    many = change([float(n % 2) for n in range(32)], [0.0] * 32)  # t of 31 degrees: 2.0395
    found_t = (many.most - many.mean) * 32**0.5 / stdev(n % 2 for n in range(32))
    assert found_t == pytest.approx(2.0395, abs=2e-4)
    assert quantile([3.0, 1.0, 2.0], 0.9) == 3.0
    assert quantile(list(map(float, range(1, 11))), 0.9) == 9.0
