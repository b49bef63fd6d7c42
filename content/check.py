"""What the schema alone cannot see: lengths, dates written twice, what has been left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from traceback import extract_tb

from jinja2 import UndefinedError

from content.additions import Addition
from content.criteria import Criterion
from content.entries import MAX_ANSWER, TO_CHECK, Advice, Deadline, Entry, Span
from content.figures import Figure, figures
from content.fold import plain
from content.library import Library, stocked
from content.paper.trial import unfillable
from content.proof import unproved
from content.read import Broken, Place, Problem, Source
from content.samples import Sampler
from content.schema import Plan
from content.shelf import ADDITIONS, NONE, PLANS, Shelf
from content.templates import MESSAGES, facts_of, key_of

FIRST_LINE = 260  # characters; the first line alone answers
MAX_VALUE = 64  # bytes of a button's value (Telegram's callback_data)

# What people ask of every plan: each plan answers it, or says that it does not say.
ALWAYS_ASKED = """
summary title issuer number signer recipients theme purpose content legal-basis celebrates
audience-collective audience-individual period awards criteria quantity prize-money funding
dossier dossier-form dossier-deadline submit-to guide report-deadline report-to
registration registration-form registration-deadline summing-up duties contact
winners loan congress-date
"""


def check_plan(plan: Plan, source: Source) -> Iterator[Problem]:
    """Everything that is wrong with a plan whose shape is right."""
    for at, entry in enumerate(plan.entries):
        for what in check_entry(plan, entry):
            yield source.problem(("entries", at), f"mục '{entry.id}': {what}")
        for again in asked_twice(entry):
            what = "ask có hai cách hỏi giống nhau (bỏ dấu đi thì trùng); đổi hoặc bỏ cách này"
            yield source.problem(("entries", at, "ask", again), f"mục '{entry.id}': {what}")
    yield from left_out(plan, source)
    yield from (source.problem(place, what) for place, what in unproved(plan))
    said = "\n".join(plan.fill(each, f"{each.wording}\n{each.more}") for each in plan.entries)
    for old in (old for old in plan.renamed if old not in said):
        what = f"các câu trả lời của kế hoạch không nhắc tới '{old}'; ghi tên đúng như ở đó"
        yield source.problem(("renamed", old), what)
    labels = Counter(plain(entry.label) for entry in plan.entries)
    for at, entry in enumerate(plan.entries):
        if labels[plain(entry.label)] > 1:
            what = f"mục '{entry.id}': nhãn '{entry.label}' trùng với mục khác; đổi cho khác"
            yield source.problem(("entries", at, "label"), what)


def unchecked(source: Source) -> Iterator[Problem]:
    """What was drafted and waits for somebody to hold it against the document."""
    for place, value in texts(source.value):
        if TO_CHECK in value:
            named = "/".join(map(str, place))
            what = f"{named}: còn ghi '{TO_CHECK}'; so với văn bản, sửa cho đúng rồi xoá dấu đó đi"
            yield source.problem(place, what)


def texts(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a file, and where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, (*place, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from texts(each, (*place, at))


def left_out(plan: Plan, source: Source) -> Iterator[Problem]:
    """Clauses that no entry speaks of, and questions that are asked of every plan."""
    covered = coverage(plan)
    for clause in plan.clauses:
        if not covered[clause]:
            what = f"khoản '{clause}' chưa có mục nào nói đến; thêm một mục hoặc ghi vào also"
            yield source.problem(("clauses", clause), what)
    for asked in ALWAYS_ASKED.split():
        if plan.entry(asked) is None:
            what = f"thiếu mục '{asked}': trả lời, hoặc ghi kind: not_stated nếu kế hoạch không nêu"
            yield source.problem(("entries",), what)


def check_entry(plan: Plan, entry: Entry) -> Iterator[str]:
    """What is wrong with one entry."""
    if len(plan.words(entry)) > MAX_ANSWER:
        yield f"dài {len(plan.words(entry))} ký tự, một màn hình đủ {MAX_ANSWER}; dời bớt sang more"
    if len(plan.fill(entry, entry.say).split("\n")[0]) > FIRST_LINE:
        yield f"dòng đầu dài quá {FIRST_LINE} ký tự; dòng đầu chỉ cần trả lời đúng câu hỏi"
    longest = {Criterion: "check:at", Deadline: "remind"}  # of its buttons
    action = longest.get(type(entry), "more")
    if len(f"{action}:{plan.id}/{entry.id}".encode()) > MAX_VALUE:
        yield f"mã quá dài, nút bấm chỉ chứa được {MAX_VALUE} byte; đặt mã ngắn hơn"
    if {*"{}"} & {*plan.fill(entry, entry.written)}:
        yield "còn dấu { hoặc } không thành chỗ điền; sửa cho đúng dạng {mã-mục.tên} hoặc bỏ đi"
    for day, slot in dates_written_out(plan, entry):
        yield f"ngày {day.text} viết thẳng ra chữ; dùng chỗ điền {slot} để ngày chỉ ghi một nơi"


def asked_twice(entry: Entry) -> Iterator[int]:
    """The phrasings of an entry that differ from one before by diacritics at most."""
    seen: set[str] = set()
    for at, phrasing in enumerate(map(plain, entry.ask)):
        if phrasing in seen:
            yield at
        seen.add(phrasing)


def dates_written_out(plan: Plan, entry: Entry) -> Iterator[tuple[Figure, str]]:
    """Dates in the wording that are stored as a deadline or a phase: they belong there alone.

    A day without a year counts as well, but in what staff advise: there it may be of any year.
    """
    typed = slots_by_day(plan.entries)
    for figure in figures(entry.written):
        if figure.kind == "day" and not (isinstance(entry, Advice) and figure.value[0] == "-"):
            said = figure.value.removeprefix("--")
            yield from ((figure, slot) for day, slot in typed.items() if day.endswith(said))


def slots_by_day(entries: Iterable[Entry]) -> dict[str, str]:
    """The slot for each day that deadlines and phases among these entries store."""
    slots: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, Deadline):
            slots.setdefault(entry.date.isoformat(), f"{{{entry.id}.day}}")
        elif isinstance(entry, Span):
            for end, name in ((entry.end, "end"), (entry.start, "start")):
                if end and end.first == end.last:
                    slots.setdefault(end.first.isoformat(), f"{{{entry.id}.{name}}}")
    return slots


def coverage(plan: Plan) -> dict[str, list[str]]:
    """For each clause the entries that answer for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in plan.entries:
        for clause in dict.fromkeys((entry.clause, *entry.also)):
            found[clause].append(entry.id)
    return found


def unspeakable(library: Library, shelf: Shelf) -> Iterator[Problem]:
    """Messages that ask their facts for what these do not have."""
    sampler = Sampler(library)
    for name, path in shelf.files(MESSAGES).items():
        try:
            for facts in sampler.samples(key_of(name), facts_of(name)):
                library.say(key_of(name), **facts)
        except Exception as error:  # a template may do anything
            yield Problem(str(path), line_of(error), f"{why(error)}; xem mẫu câu có sẵn cùng tên")


def line_of(error: Exception) -> int:
    """The line of the template at which it could not go on."""
    steps = extract_tb(error.__traceback__)
    return next((step.lineno or 1 for step in steps[::-1] if step.filename == "<template>"), 1)


def why(error: Exception) -> str:
    """What was asked for and is not there, as far as can be told."""
    lost = re.search(r"no attribute '(\w+)'$", str(error))
    if lost and isinstance(error, UndefinedError):
        return f"mẫu câu cần '{lost[1]}' mà ở đây không có"
    return f"mẫu câu không điền được ({error})"


def lost_documents(library: Library, shelf: Shelf) -> Iterator[Problem]:
    """Originals that plans name and that are not there."""
    for path in shelf.files(PLANS).values():
        document = shelf.source(path).value.get("document", "")
        if document and "://" not in document and document not in library.documents:
            what = f"không có tệp documents/{document}; chép tệp vào đó, hoặc sửa tên"
            yield shelf.source(path).problem(("document",), what)


def astray(library: Library, shelf: Shelf) -> Iterator[Problem]:
    """Ways to ask that an office added and that lead to another entry by now."""
    for path, addition in shelf.all(ADDITIONS, Addition).items():
        for place, entry, phrasing in addition.ways():
            asked = library.index.question(phrasing)
            best = library.index.rank(asked, [addition.plan], 1)
            if best and (best[0].plan, best[0].entry) != (addition.plan, entry):
                what = f"cách hỏi '{phrasing}' của mục '{entry}' nay dẫn tới '{best[0].entry}'"
                how = "bỏ cách hỏi này, hoặc sửa ask của mục kia cho khác"
                yield shelf.source(path).problem(place, f"{what}; {how}")


def proven(overlay: Path | None = None, drafts: Mapping[Path, Source] = NONE) -> Library:
    """All content, ours with an operator's own on top; raise Broken with every problem in it.

    ``drafts`` are files of the operator's as they are to be.
    """
    shelf = Shelf(overlay, drafts)
    unread = [*shelf.unread()]
    try:
        library = stocked(shelf)
    except Broken as broken:
        raise Broken([*broken.problems, *unread]) from broken
    sources = [shelf.source(path) for path in shelf.files(PLANS).values()]
    live = [source for source in sources if source.value["id"] in library.plans]  # not the drafts
    wrong = [problem for s in live for problem in check_plan(library.plans[s.value["id"]], s)]
    wrong += [*lost_documents(library, shelf), *astray(library, shelf)]
    wrong += [*unspeakable(library, shelf), *unfillable(library), *unread]
    if wrong:
        raise Broken(wrong)
    return library


def unfinished(overlay: Path | None) -> Iterator[Problem]:
    """What is still to be done to the drafts, which answer nobody."""
    shelf = Shelf(overlay)
    for path, plan in shelf.all(PLANS, Plan).items():
        if plan.draft:
            yield from unchecked(shelf.source(path))
            yield from check_plan(plan, shelf.source(path))


def check(overlay: Path | None = None) -> list[Problem]:
    """Every problem in all content: ours, with an operator's own on top."""
    try:
        proven(overlay)
    except Broken as broken:
        return [*broken.problems, *unfinished(overlay)]
    return [*unfinished(overlay)]
