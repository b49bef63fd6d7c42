"""What two people whom we took for two said of themselves, as what one said. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers import screens, wishes
from storage.people import Where
from storage.tables import Person

PASSING = ("offered", "screens", "here", "then", "link", "missed")  # of the talk of who goes


def merge(stays: Person, goes: Person, shown: Where) -> list[str]:
    """Make one of what both said; who goes is nobody then. What they told of themselves
    differently: of that the one who stays is believed.

    ``shown`` is where the one who stays wrote from so far.
    """
    differs = [step for step, told in goes.profile.items() if stays.profile.get(step, told) != told]
    stays.profile = {**goes.profile, **stays.profile}
    stays.consents = consents(stays.consents, goes.consents)
    stays.wishes = wishes.stricter(stays.wishes, goes.wishes)
    stays.plan = stays.plan or goes.plan
    if goes.asked_at and (stays.asked_at is None or stays.asked_at < goes.asked_at):
        stays.asked, stays.asked_at = goes.asked, goes.asked_at
    screens.begin(stays, shown)
    talk = {name: value for name, value in goes.talk.items() if name not in PASSING}
    stays.talk = {**talk, **stays.talk}
    goes.profile, goes.consents, goes.talk, goes.wishes = {}, {}, {}, None
    goes.plan, goes.asked, goes.asked_at = "", None, None
    return differs


def consents(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """For each receiver the last word, be it a yes or its taking back."""
    proofs = {**one}
    for receiver, proof in other.items():
        if receiver not in proofs or last(proofs[receiver]) < last(proof):
            proofs[receiver] = proof
    return proofs


def last(proof: dict[str, Any]) -> datetime:
    """When somebody last said yes or no."""
    return datetime.fromisoformat(proof.get("withdrawn") or proof["at"])
