"""The parts of an official document: head, basis, clauses, closing, end, annex."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from content.importing.columns import ANNEX

TOP = re.compile(r"(?:Phần |PHẦN )?[IVX]+\s*[.):/–-]\s*\S|Điều \d+\.")
FIRST = re.compile(r"1\.\s")
BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Để|Nhằm|Trên cơ sở|Xét|Hướng ứng|Hưởng ứng)\b")
KIND = re.compile(
    r"(?:KẾ HOẠCH|QUYẾT ĐỊNH|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|CHỈ THỊ|THỂ LỆ|PHÁT ĐỘNG)"
)
CLOSING = re.compile(r"Trên đây là")
RECIPIENTS = re.compile(r"N[ơo]+i nh\S*n\s*:", re.IGNORECASE)
AUTHORITY = re.compile(r"(?:T/?M|KT|TL|TUQ|Q)\.? ?[A-ZĐ]")
MOTTO = re.compile(r"CỘNG H[ÒO][AÀ]")
LONG = 200  # characters; a title is shorter, a paragraph that leads in is not


@dataclass(frozen=True)
class Parts:
    """The paragraphs of each part."""

    head: list[str]
    title: str
    basis: list[str]
    body: list[str]
    closing: list[str]
    end: list[str]  # recipients and signature
    annex: list[str]


def parts(paragraphs: list[str]) -> Parts:
    """Cut a document where its parts begin; what is not there is empty."""
    tried = (first(paragraphs, fits, 0) for fits in (TOP.match, FIRST.match))
    begin = next((at for at in tried if at is not None), len(paragraphs))
    end = first(paragraphs, ends, begin) or len(paragraphs)
    close = first(paragraphs[:end], CLOSING.match, begin) or end
    annex = first(paragraphs, begins_annex, end + 1) or len(paragraphs)
    opening = paragraphs[:begin]
    kind = first(opening, KIND.fullmatch, 0)
    named = 0 if kind is None else kind + 1
    leads = first(opening, leads_in, named) if kind is None else first_basis(opening, named)
    basis = len(opening) if leads is None else leads
    return Parts(
        head=opening[: max(named - 1, 0)],
        title=" ".join(opening[named:basis]),
        basis=opening[basis:],
        body=paragraphs[begin:close],
        closing=paragraphs[close:end],
        end=paragraphs[end : first(paragraphs[:annex], MOTTO.match, end) or annex],
        annex=paragraphs[annex : first(paragraphs, ends, annex)],
    )


def first(paragraphs: list[str], fits: Callable[[str], object], start: int) -> int | None:
    """Where the first paragraph that fits stands."""
    return next((at for at in range(start, len(paragraphs)) if fits(paragraphs[at])), None)


def first_basis(opening: list[str], named: int) -> int | None:
    """Where the basis begins; what follows the kind of document is its title, however long."""
    titled = named < len(opening) and not BASIS.match(opening[named])
    return first(opening, leads_in, named + titled)


def ends(paragraph: str) -> bool:
    return bool(RECIPIENTS.match(paragraph) or AUTHORITY.match(paragraph))


def leads_in(paragraph: str) -> bool:
    return bool(BASIS.match(paragraph)) or len(paragraph) > LONG


def begins_annex(paragraph: str) -> bool:
    """Whether something of its own begins after the signature: a form, a list."""
    return paragraph.isupper() and bool(ANNEX.match(paragraph))
