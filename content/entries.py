"""One thing that a plan says, or does not say: the kinds of entries. Strict, frozen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from content.when import When, day, named_day

MAX_LABEL = 20  # characters a button shows on the smallest screens (Messenger cuts there)
MAX_ANSWER = 600  # one phone screen
ADVICE = "cán bộ trả lời"  # where an answer of the staff stands, if no clause does
TO_CHECK = "CẦN KIỂM TRA"  # stands before what was drafted and nobody has checked yet
SLOT = re.compile(
    r"\{(?:([a-z0-9-]+)\.)?(\w+)\}"
)  # {date}, or another entry's: {dossier-deadline.date}
# What names and places an entry; and its phrasings, in which people may be wrong.
UNTOLD = {"id", "kind", "clause", "also", "ask", "award", "audience", "phase", "see"}

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,38}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LABEL)]

Award = Literal["flag", "merit", "commendation"]
Audience = Literal[
    "collective",  # tập thể, nói chung
    "individual",  # cá nhân, nói chung
    "alliance",  # Liên minh HTX tỉnh, phòng ban và đơn vị trực thuộc
    "cooperative",  # HTX, liên hiệp HTX, THT, quỹ tín dụng nhân dân
    "union",  # công đoàn các cấp, CĐCS
    "business",  # cơ quan, đơn vị, doanh nghiệp (tập thể)
    "alliance-staff",  # người làm việc tại Liên minh HTX
    "coop-member",  # thành viên, xã viên, người lao động trong HTX
    "state-member",  # đoàn viên, CNVCLĐ nơi xét danh hiệu theo quy định của nhà nước
    "business-member",  # đoàn viên, người lao động trong doanh nghiệp
    "donor",  # nhà hảo tâm
]


class Strict(BaseModel):
    """Unknown fields are refused, so that a misspelt one is found at the first check."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Told(NamedTuple):
    """Something that people are told: its field, its words, the clauses that must bear it out."""

    place: tuple[str | int, ...]
    text: str
    clauses: tuple[str, ...]


class Entry(Strict):
    """One thing a plan says (or does not say): where, in plain words, and how people ask for it.

    The same ``id`` in two plans is the same question about two plans: their phrasings are shared,
    and "còn kế hoạch kia thì sao?" finds its counterpart by it.
    """

    id: Slug
    kind: str
    clause: Text
    also: tuple[Text, ...] = ()  # further clauses that this entry covers
    label: Label  # on a button
    say: Text  # the answer; the first line alone must answer; {slots} stand for the typed facts
    points: tuple[Text, ...] = ()  # a list under ``say``
    more: str = ""  # details, behind "Xem đủ"
    ask: Annotated[tuple[Text, ...], Field(min_length=6)]
    award: Award | None = None
    audience: tuple[Audience, ...] = ()
    phase: int | None = None
    see: tuple[Slug, ...] = ()  # related entries of this plan, offered next

    def slots(self) -> dict[str, str]:
        """What may stand between braces in ``say``, ``points`` and ``more``, as people read it."""
        return {}

    def told(self) -> Iterator[Told]:
        """What people are told by it: its wording, slots not yet filled, and its typed facts."""
        for name in (name for name in type(self).model_fields if name not in UNTOLD):
            value = getattr(self, name)
            for at, each in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(each, str | int | datetime.date | When):
                    text = day(each) if isinstance(each, datetime.date) else str(each)
                    yield Told((name, at), text, (self.clause, *self.also))

    @property
    def wording(self) -> str:
        """``say`` and a line for each point, slots not yet filled."""
        return "\n".join((self.say, *(f"– {point}" for point in self.points)))

    @property
    def written(self) -> str:
        """All that is worded in it for people, slots not yet filled."""
        return f"{self.wording}\n{self.more}"


class Statement(Entry):
    """Something that the plan says in so many words, without a date that is reckoned with."""

    kind: Literal[
        "summary",  # tóm tắt cả kế hoạch
        "overview",  # kể hết một loại: các hạn, các hình thức khen, các căn cứ
        "title",  # tên gọi
        "issuer",  # cơ quan ban hành
        "recipients",  # nơi nhận
        "theme",  # chủ đề
        "purpose",  # mục đích
        "requirement",  # yêu cầu
        "objective",  # mục tiêu
        "content",  # nội dung thi đua
        "solution",  # giải pháp
        "audience",  # đối tượng thi đua
        "quantity",  # số lượng khen thưởng
        "dossier",  # hồ sơ
        "form",  # mẫu biểu
        "submit_to",  # nộp cho ai
        "guide",  # ai hướng dẫn
        "registration",  # đăng ký
        "summing_up",  # tổng kết
        "duty",  # trách nhiệm của từng nơi
        "contact",  # hỏi ai, báo về đâu
    ]


class Signer(Entry):
    """Who signed, in which office, on whose behalf. Slots: {name}, {office}, {on_behalf}."""

    kind: Literal["signer"]
    name: Text
    office: str
    on_behalf: str = ""

    def slots(self) -> dict[str, str]:
        return {"name": self.name, "office": self.office, "on_behalf": self.on_behalf}


class Number(Entry):
    """The plan's own number and date; null where the document leaves them blank."""

    kind: Literal["number"]
    number: str | None
    date: When | None

    def slots(self) -> dict[str, str]:
        found = {"number": self.number, "date": self.date and str(self.date)}
        return {name: value for name, value in found.items() if value}


class Document(Entry):
    """A document that the plan rests on or names. Slots: {number}, {date}, {issuer}."""

    kind: Literal["document"]
    number: Text
    date: When | None = None  # null where the plan names no date
    issuer: Text
    about: Text
    basis: bool = False  # the plan is founded on it ("Căn cứ", "Thực hiện")

    def slots(self) -> dict[str, str]:
        found = {"number": self.number, "issuer": self.issuer}
        return found | ({"date": str(self.date)} if self.date else {})


class Span(Entry):
    """The campaign's own time, or one phase of it. Slots: {start}, {end}.

    ``start`` is null where the plan counts from the day it was issued and names none.
    """

    kind: Literal["period", "phase"]
    start: When | None
    end: When
    celebrates: tuple[Text, ...] = ()

    def slots(self) -> dict[str, str]:
        return ({"start": str(self.start)} if self.start else {}) | {"end": str(self.end)}


class Deadline(Entry):
    """Who hands what to whom by when. Slots: {date}, in full; {day}, the bare day.

    ``inclusive`` false is "trước ngày": the last safe day is the day before.
    """

    kind: Literal["deadline", "milestone"]
    what: Text
    by: Text
    to: str = ""  # empty where nothing is handed over
    date: datetime.date
    inclusive: bool

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it is still in time."""
        return self.date if self.inclusive else self.date - timedelta(days=1)

    def slots(self) -> dict[str, str]:
        lead = "đến hết ngày" if self.inclusive else "trước ngày"
        return {"date": f"{lead} {named_day(self.date)}", "day": day(self.date)}


class AwardEntry(Entry):
    """An award: who grants it, how many, how they are split, who proposes."""

    kind: Literal["award"]
    award: Award
    granted_by: Text
    count: int | None = None  # null where the plan gives no number
    split: str = ""
    proposed_by: str = ""

    def slots(self) -> dict[str, str]:
        found = {"granted_by": self.granted_by, "split": self.split}
        found["proposed_by"] = self.proposed_by
        return found | ({"count": f"{self.count:02}"} if self.count is not None else {})


class NotStated(Entry):
    """What people ask for and the plan does not say; ``see`` names the nearest it does say."""

    kind: Literal["not_stated"]


class Advice(Entry):
    """An answer that the staff gave to somebody's question, where the plan is silent or unclear."""

    kind: Literal["advice"]
    ask: Annotated[tuple[Text, ...], Field(min_length=1)]

    def told(self) -> Iterator[Told]:
        """What a clause must bear out; the staff's own word stands for itself."""
        return iter(()) if self.clause == ADVICE else super().told()
