"""What a conversation is about: what the next question may lean on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from content.facets import Facets
from content.phrases import Tokens

NOTHING = Facets()


@dataclass(frozen=True)
class Context:
    """What was just talked about; holds words of our own content only, nothing personal."""

    plan: str = ""
    entry: str = ""
    tokens: Tokens = ()
    facets: Facets = NOTHING

    def as_json(self) -> dict[str, Any]:
        """All but the plan, which is kept beside it."""
        return {
            "entry": self.entry,
            "tokens": list(self.tokens),
            "awards": sorted(self.facets.awards),
            "audiences": sorted(self.facets.audiences),
            "phases": sorted(self.facets.phases),
            "documents": sorted(self.facets.documents),
        }

    @classmethod
    def from_json(cls, plan: str, body: dict[str, Any]) -> Context:
        """The context that ``as_json`` wrote."""
        facets = Facets(
            frozenset(body.get("awards", ())),
            frozenset(body.get("audiences", ())),
            frozenset(body.get("phases", ())),
            frozenset(body.get("documents", ())),
        )
        return cls(plan, body.get("entry", ""), tuple(body.get("tokens", ())), facets)


FRESH = Context()
