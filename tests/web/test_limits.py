from bot.web.limits import Pace, Rate, Seats
from tests.fakes.clock import Time


def test_a_burst_is_taken_then_one_at_a_time() -> None:
    time = Time()
    pace = Pace(Rate(burst=3, refill=0.5), time)
    assert [pace.take("Lan") for _ in range(4)] == [0, 0, 0, 2]
    time.passes(2)
    assert [pace.take("Lan") for _ in range(2)] == [0, 2]


def test_one_key_costs_another_nothing() -> None:
    pace = Pace(Rate(burst=1, refill=1), Time())
    assert [pace.take(who) for who in ("Lan", "Minh", "Lan")] == [0, 0, 1]


def test_waiting_long_does_not_save_up_more_than_the_burst() -> None:
    time = Time()
    pace = Pace(Rate(burst=2, refill=1), time)
    pace.take("Lan")
    time.passes(3600)
    assert [pace.take("Lan") > 0 for _ in range(3)] == [False, False, True]


def test_a_clock_set_back_punishes_nobody() -> None:
    time = Time()
    pace = Pace(Rate(burst=2, refill=1), time)
    pace.take("Lan")
    time.passes(-3600)
    assert pace.take("Lan") == 0


def test_the_longest_unused_key_is_forgotten_first() -> None:
    pace = Pace(Rate(burst=1, refill=1), Time(), most=2)
    for who in ("Lan", "Minh", "Lan", "Tư"):
        pace.take(who)
    assert list(pace.buckets) == ["Lan", "Tư"]


def test_seats_are_counted_for_each_key_and_given_back() -> None:
    seats = Seats(1)
    with seats.one("Lan") as first, seats.one("Lan") as second, seats.one("Minh") as other:
        assert (first, second, other) == (True, False, True)
    assert not seats.held
