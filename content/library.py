"""Everything that is known and how it is worded, read once at start: ours, an operator's on top."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path

from content.additions import joined
from content.broadcasts import BroadcastRules
from content.entries import Entry
from content.fold import fold, plain, sounds
from content.lexicon import Lexicon
from content.paper import listing
from content.paper.word import OURS
from content.read import Broken, read
from content.reminding import Policy
from content.rights import Rights
from content.schema import Form, Plan
from content.search import Index, Key
from content.shaping import shaped
from content.shelf import (
    BROADCASTS,
    CHATS,
    DOCUMENTS,
    FORMS,
    LABELS,
    LEXICON,
    REMINDING,
    RIGHTS,
    TOPICS,
    WORDS,
    Shelf,
)
from content.speech import Chat, Chats, Labels, Topic, Topics, Word, Words
from content.templates import CONSENT, HERE, Say, Templates, speaker


@dataclass(frozen=True)
class Library:
    """What the assistant knows. Immutable; a changed file makes a new one."""

    plans: dict[str, Plan]
    forms: dict[str, Form]
    words: tuple[Word, ...]
    polite: frozenset[str]  # folded
    says: dict[str, tuple[Word, ...]]  # by what is said, folded
    topics: tuple[Topic, ...]
    labels: dict[str, str]
    rights: Rights
    broadcasts: BroadcastRules
    reminding: Policy
    chats: tuple[Chat, ...]
    documents: dict[str, Path]  # original documents, by the names that plans give them
    papers: dict[str, Path]  # each form's template in Word
    listing: Path  # the template of the list of registrations
    say: Say
    indexed: Callable[[], Index]  # makes the index once, also for copies of this library

    @property
    def index(self) -> Index:
        """Finds what a question is about; made when the first is asked, which takes a second."""
        return self.indexed()

    @cached_property
    def shut_in(self) -> Library:
        """The same without documents of ours, for where nobody could open them."""
        return replace(self, documents={})

    def ready(self) -> Library:
        """This library once its index is made, so that nobody who asks waits for it."""
        assert self.index
        return self

    def entry(self, plan_id: str, entry_id: str) -> Entry | None:
        """An entry by its plan and id; None where content has changed since it was named."""
        return self.entries.get((plan_id, entry_id))

    @cached_property
    def entries(self) -> dict[Key, Entry]:
        return {(p.id, entry.id): entry for p in self.plans.values() for entry in p.entries}

    def meant(self, text: str) -> tuple[Word, ...]:
        """The commands that these words stand for, more or less politely said.

        Where marks were typed, they tell commands apart that are alike without: "dừng", "đúng".
        """
        typed = sounds(text)
        bare = " ".join(word for word in typed.split() if word not in self.polite)
        found = self.says.get(typed) or self.says.get(bare, ())
        marked = " ".join(w for w in text.lower().split() if plain(w) not in self.polite)
        exact = tuple(word for word in found if marked in word.says)
        return exact if exact and fold(marked) != marked else found

    def opening(self, text: str) -> str:
        """The value of the command with whose words a longer text begins; empty if none does."""
        typed = f"{sounds(text)} "
        opened = (
            w for w in self.words if typed.startswith(tuple(f"{sounds(o)} " for o in w.opens))
        )
        return next((word.value for word in opened), "")

    def is_chat(self, text: str) -> bool:
        """Whether nothing is said but a greeting, thanks or the like."""
        return sounds(text) in self.chatter

    @cached_property
    def chatter(self) -> frozenset[str]:
        small = (chat for chat in self.chats if chat.kind == "smalltalk")
        return frozenset(sounds(said) for chat in small for said in chat.ask) | self.polite

    def chat(self, chat_id: str) -> Chat:
        return next(chat for chat in self.chats if chat.id == chat_id)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk again and again over what comes to stay."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@uncollected()
def load(overlay: Path | None = None) -> Library:
    """Read all content; raise Broken with every problem that keeps it from being used."""
    return stocked(Shelf(overlay))


def stocked(shelf: Shelf) -> Library:
    """Everything on a shelf but the drafts; raise Broken with every problem in every file."""
    plans = joined(shelf)
    forms = shelf.all(FORMS, Form)
    words = shelf.all(WORDS, Words)
    lexicon = shelf.all(LEXICON, Lexicon)
    topics = shelf.all(TOPICS, Topics)
    labels = shelf.all(LABELS, Labels)
    chats = shelf.all(CHATS, Chats)
    rights = shelf.all(RIGHTS, Rights)
    broadcasts = shelf.all(BROADCASTS, BroadcastRules)
    reminding = shelf.all(REMINDING, Policy)
    templates = shelf.templates()
    fit_together(shelf, plans, forms, labels)
    unworded(shelf, rights, templates)
    if shelf.problems:
        raise Broken(shelf.problems)
    live = [plan for plan in plans.values() if not plan.draft]
    talk = tuple(chat for each in chats.values() for chat in each.chats)
    commands = tuple(word for each in words.values() for word in each.words)
    documents = {path.name: path for path in shelf.files(DOCUMENTS).values()}
    papers = {form.id: documents.pop(f"{form.id}.docx", OURS) for form in forms.values()}
    return Library(
        plans={plan.id: plan for plan in live},
        forms={form.id: form for form in forms.values()},
        words=commands,
        polite=frozenset(fold(word) for each in words.values() for word in each.polite),
        says=spoken(commands),
        topics=tuple(topic for each in topics.values() for topic in each.topics),
        labels={name: label for each in labels.values() for name, label in each.labels.items()},
        chats=talk,
        documents=documents,
        papers=papers,
        listing=documents.pop(listing.OURS.name),
        rights=next(iter(rights.values())),
        broadcasts=next(iter(broadcasts.values())),
        reminding=next(iter(reminding.values())),
        say=speaker(templates),
        indexed=cache(partial(uncollected()(Index), live, talk, *lexicon.values())),
    )


def spoken(commands: Iterable[Word]) -> dict[str, tuple[Word, ...]]:
    """The commands by what is said instead."""
    by_saying: dict[str, tuple[Word, ...]] = {}
    for word in commands:
        for said in word.says:
            by_saying[sounds(said)] = (*by_saying.get(sounds(said), ()), word)
    return by_saying


def fit_together(
    shelf: Shelf, plans: dict[Path, Plan], forms: dict[Path, Form], labels: dict[Path, Labels]
) -> None:
    """Note what one file needs of another and does not find there."""
    twice(shelf, plans)
    twice(shelf, forms)
    known = {form.id for form in forms.values()}
    for path, plan in plans.items():
        if plan.form not in known:
            what = f"form '{plan.form}' không có trong forms/; sửa tên hoặc thêm tệp"
            shelf.wrong(path, ("form",), what)
    needed = shaped(read(HERE / LABELS), Labels).labels
    for path, each in labels.items():
        if lost := needed.keys() - each.labels.keys():
            what = f"thiếu chữ trên nút: {', '.join(sorted(lost))}; thêm vào"
            shelf.wrong(path, ("labels",), what)


def unworded(shelf: Shelf, rights: Mapping[Path, Rights], templates: Templates) -> None:
    """Note it where nobody has worded what people are to agree to."""
    for path, each in rights.items():
        if CONSENT + each.consent not in templates:
            what = f"chưa có messages/{CONSENT}{each.consent}.j2; thêm tệp, hoặc sửa phiên bản"
            shelf.wrong(path, ("consent",), what)


def twice(shelf: Shelf, shapes: Mapping[Path, Plan] | Mapping[Path, Form]) -> None:
    """Note the files that call themselves what another is called already."""
    at: dict[str, Path] = {}
    for path, shape in shapes.items():
        if shape.id in at:
            what = (
                f"id '{shape.id}' trùng với {at[shape.id]}; đặt id khác, hoặc cùng tên tệp để thay"
            )
            shelf.wrong(path, ("id",), what)
        at[shape.id] = path
