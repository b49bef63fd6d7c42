"""Which reminder of a day is due when, whatever the calendar and the downtime."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from content.library import Library
from content.reminding import public_holidays
from handlers.deadlines import schedule, step_due
from handlers.progress import moments
from handlers.turn import HERE

DAY = timedelta(days=1)


def test_tet_is_known_by_the_lunar_calendar() -> None:
    known = public_holidays()
    assert all(day in known for day in (date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)))
    assert date(2025, 1, 17) not in known


def test_what_would_fall_on_a_day_off_comes_on_the_last_working_morning_before(
    library: Library,
) -> None:
    policy = library.reminding
    steps = schedule(date(2025, 2, 2), [14, 7, 3, 1, 0], policy)
    said = [(n, f"{at:%d/%m %H:%M}") for n, at in steps]
    assert said == [(14, "19/01 07:30"), (1, "26/01 07:30"), (0, "02/02 07:30")]
    own = policy.model_copy(update={"days_off": (date(2025, 2, 2),)})
    assert schedule(date(2025, 2, 2), [0], own)[0][1].date() == date(2025, 1, 26)


def test_the_moments_are_the_start_half_way_a_week_before_the_end_and_the_day_after_it() -> None:
    first, last = date(2025, 4, 16), date(2025, 6, 15)
    found = [first, date(2025, 5, 16), date(2025, 6, 8), date(2025, 6, 16)]
    assert [*moments(first, last).values()] == found
    assert [*moments(last, last).values()] == [last, last, last, last + DAY]


@given(
    last=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    before=st.sets(st.integers(0, 30), max_size=6),
    awake=st.lists(st.integers(-35 * 24, 3 * 24), max_size=60),
    office=st.booleans(),
)
def test_whatever_the_downtime_no_step_comes_twice_or_late_or_on_a_day_off(
    library: Library, last: date, before: set[int], awake: list[int], office: bool
) -> None:
    """``awake`` are the hours, from the last day on, at which somebody looks what is due."""
    policy = library.reminding
    steps = schedule(last, before, policy, office=office)
    assert all(not policy.is_off(at.date(), office=office) and at.date() <= last for _, at in steps)
    told: list[str] = []
    for hour in sorted(awake):
        now = datetime(last.year, last.month, last.day, tzinfo=HERE) + timedelta(hours=hour)
        step = step_due(steps, told, policy.useful, now)
        if step is not None:
            came = dict(steps)[step]
            assert came <= now <= came + policy.useful
            told.append(str(step))
    assert len(told) == len({*told})
    assert [*map(int, told)] == sorted(map(int, told), reverse=True)
