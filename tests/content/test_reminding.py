"""When people are reminded, as an office writes it: what would never come is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from content.reminding import Policy
from content.when import WEEKDAYS

GOOD = {"days": [1], "officers": [1], "most": 8, "useful": "2 days"}
GOOD |= {"at": "07:30", "quiet_from": "20:00", "quiet_until": "07:30"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quiet_from": "07:00"}, "sớm hơn quiet_from"),
        ({"quiet_from": "00:00"}, "sớm hơn quiet_from"),
        ({"at": "06:00"}, "từ quiet_until trở đi"),
        ({"at": "20:00"}, "từ quiet_until trở đi"),
        ({"weekdays_off": [*WEEKDAYS]}, "chừa ít nhất một ngày"),
        ({"weekdays_off": [*WEEKDAYS[:5]]}, "chừa ít nhất một ngày"),
    ],
)
def test_hours_and_days_at_which_nothing_could_ever_leave_are_refused(
    wrong: dict[str, object], told: str
) -> None:
    assert Policy.model_validate(GOOD)
    with pytest.raises(ValidationError, match=told):
        Policy.model_validate(GOOD | wrong)
