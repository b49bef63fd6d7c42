"""Every kind of entry that a plan may have."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from content.criteria import Criterion
from content.entries import (
    Advice,
    AwardEntry,
    Deadline,
    Document,
    NotStated,
    Number,
    Signer,
    Span,
    Statement,
)

AnyEntry = Annotated[
    Statement
    | Criterion
    | Signer
    | Number
    | Document
    | Span
    | Deadline
    | AwardEntry
    | NotStated
    | Advice,
    Field(discriminator="kind"),
]
