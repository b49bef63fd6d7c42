"""Correcting what was sent: the old answers in a form again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from content.schema import Form
from handlers.fields import show
from storage.tables import Draft, Registration
from storage.unit import Unit


def differences(form: Form, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each field that says something else now, as people read it, in the form's order."""
    changed = (step for step in form.steps if old.get(step.id) != new.get(step.id))
    return [
        {
            "id": step.id,
            "name": step.name,
            "old": show(step, old.get(step.id)),
            "new": show(step, new.get(step.id)),
        }
        for step in changed
    ]


async def reopen(unit: Unit, registration: Registration, step: str) -> None:
    """Ask a registration's person for one field again; what they type next answers it."""
    person = await unit.people.get(registration.person_id)
    draft = Draft(
        id=secrets.token_hex(8),
        person_id=person.id,
        plan=registration.plan,
        form=registration.form,
        answers=dict(registration.answers),
        corrects=registration.id,
        editing=step,
        updated_at=unit.now,
    )
    unit.drafts.add(draft)
    if not person.talk.get("draft"):
        person.talk = {**person.talk, "draft": draft.id}
