"""What the messages that go out unasked, and those about them, can be filled with."""

from __future__ import annotations

from content.library import Library
from content.office_samples import DAY, EITHER, PERHAPS, WORDS, Facts, Samples

MOMENTS = ("start", "half", "near", "after")


def of_reminders(library: Library) -> Samples:
    """What each fact may be that only these messages have."""
    due = [
        {"plan": plan, "day": DAY, "what": what, "by": "B", "to": to, "clause": clause}
        for plan in library.plans.values()
        for what in PERHAPS
        for to in PERHAPS
        for clause in PERHAPS
    ]
    return {
        "due": [{**each, "registering": not each["what"]} for each in due],
        "was": (None, DAY),
        "begun": EITHER,
        "off": EITHER,
        "moment": MOMENTS,
        "dates": ((), (DAY, DAY)),
        **dict.fromkeys(("fresh", "overdue", "questions", "requests"), (0, 2)),
    }


def of_reminding(library: Library) -> dict[str, Samples]:
    """What some facts may be in one of these messages."""
    row: Facts = {"day": DAY, "hour": "07:30", "plan": "A"}
    counts: Samples = {
        **dict.fromkeys(("fresh", "overdue", "questions", "asked", "requests"), (0, 2)),
        "days": (-1, 0, 1),
    }
    near: Samples = {"days": (0, 3)}
    names: Samples = {"days": (0, 3), "count": (1, 12), "names": (WORDS, WORDS * 12)}
    rows = [{**row, "what": what} for what in PERHAPS]
    return {
        **{f"remind/{line}deadline": near for line in ("", "line/")},
        **{f"remind/{line}office-news": counts for line in ("", "line/")},
        **{f"remind/{line}office-missing": names for line in ("", "line/")},
        "remind/list": {"rows": ((), rows), "names": ((), WORDS)},
        "remind/days": {"steps": ((), WORDS)},
        "remind/days_set": {"steps": ((), WORDS)},
    }
