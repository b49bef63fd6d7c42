"""What the chat page sends, as it has to be."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from handlers.talk import MAX_VALUE

ID = r"^[0-9a-f-]{36}$"  # made by the page, the same when sent again


class Said(BaseModel):
    """What the page sends: words typed, or the value of a button."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=ID)
    text: str = ""
    value: str = Field(default="", max_length=MAX_VALUE)

    @model_validator(mode="after")
    def one_of_both(self) -> Said:
        if bool(self.text.strip()) == bool(self.value):
            raise ValueError("either text or value")
        return self
