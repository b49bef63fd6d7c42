"""The lines of a PDF, spaced as on the page, so that columns can be told apart."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from content.importing.unreadable import Unreadable

MOST_PAGES = 200


def pdf_lines(body: bytes) -> list[str]:
    """The lines of all pages; raise Unreadable where it is locked or too long."""
    paper = PdfReader(BytesIO(body))
    if paper.is_encrypted and not paper.decrypt(""):
        raise Unreadable("tệp PDF có mật khẩu; mở bằng mật khẩu rồi in lại thành PDF thường")
    if len(paper.pages) > MOST_PAGES:
        raise Unreadable(f"tệp PDF hơn {MOST_PAGES} trang; tách lấy phần kế hoạch")
    pages = (page.extract_text(extraction_mode="layout") for page in paper.pages)
    return [line for page in pages for line in page.splitlines()]
