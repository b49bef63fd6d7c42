"""Photos as they are handed over: one to look at, or all that somebody sent in one file."""

from __future__ import annotations

import io
import zipfile

from handlers.sheet import shown_to
from handlers.talk import Made
from handlers.turn import HERE
from handlers.wanted import Making, Wanted
from storage.photos import Here


def called(photo: Here) -> str:
    """What the file of a photo is called: the day, and its number."""
    return f"anh-{photo.created_at.astimezone(HERE):%Y-%m-%d}-{photo.id}.{photo.kind}"


async def photo(wanted: Wanted) -> Making | None:
    """One photo, for who sent it and for the staff of its plan."""
    which = wanted.which
    number = int(which) if which.isdecimal() and len(which) < 10 else 0
    found = await wanted.unit.photos.content(number)
    row = await wanted.unit.registrations.get(found[0].registration_id) if found else None
    if found is None or row is None or not await shown_to(wanted, row):
        return None
    made = Made(called(found[0]), found[1])
    return (lambda: made) if wanted.format == found[0].kind else None


async def photos(wanted: Wanted) -> Making | None:
    """All that a person sent, for themselves."""
    if wanted.format != "zip":
        return None
    mine = await wanted.unit.photos.of_person(wanted.person)
    found = [await wanted.unit.photos.content(each.id) for each in mine]
    whole = [(called(each[0]), each[1]) for each in found if each]
    name = wanted.library.say("photo/file", today=wanted.today)

    def making() -> Made:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:  # pictures do not get smaller
            for called, content in whole:
                file.writestr(called, content)
        return Made(f"{name}.zip", packed.getvalue())

    return making if whole else None
