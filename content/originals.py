"""A plan's document itself: where it is, and what kinds of files may be handed out."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from content.entries import Text

SHOWN = {  # files that are handed out, and what browsers are told that they are
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
ORIGINAL = re.compile(rf"(?:https?://\S+|[^/\\.][^/\\]*\.(?:{'|'.join(SHOWN)}))?")


def original(document: str) -> str:
    """Whether that can be shown to people: an address, or a file of a kind that phones open."""
    if not ORIGINAL.fullmatch(document):
        raise ValueError(
            "phải là địa chỉ https://…, hoặc tên một tệp trong documents/"
            f" (không kèm thư mục) có đuôi {', '.join(sorted(SHOWN))}"
        )
    return document


Original = Annotated[str, AfterValidator(original)]  # the document itself: an address, or a file
Pages = dict[Text, Annotated[int, Field(ge=1)]]  # by clause
