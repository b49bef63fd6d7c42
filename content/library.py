"""Everything that is known and how it is worded, read once at start: ours, an operator's on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from jinja2 import Template, TemplateSyntaxError

from content.entries import Entry, Strict
from content.fold import fold, plain
from content.language import Language
from content.read import Broken, Place, Problem, read, shaped, text_of
from content.schema import (
    Chat,
    Chats,
    Form,
    Labels,
    Lexicon,
    Plan,
    Topic,
    Topics,
    Word,
    Words,
)
from content.search import Index, Key
from content.templates import HERE, MESSAGES, Say, key_of, speaker, strange, wording

PLANS, FORMS = "plans/*.yaml", "forms/*.yaml"
WORDS, LEXICON, LABELS = "commands.yaml", "lexicon.yaml", "labels.yaml"
TOPICS, CHATS = "topics.yaml", "smalltalk.yaml"
PLACES = (PLANS, FORMS, WORDS, LEXICON, TOPICS, LABELS, CHATS, MESSAGES)  # nothing else is read
Shape = TypeVar("Shape", bound=Strict)


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
    chats: tuple[Chat, ...]
    say: Say
    index: Index

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
        typed = plain(text)
        bare = " ".join(word for word in typed.split() if word not in self.polite)
        found = self.says.get(typed) or self.says.get(bare, ())
        marked = " ".join(w for w in text.lower().split() if plain(w) not in self.polite)
        exact = tuple(word for word in found if marked in word.says)
        return exact if exact and fold(marked) != marked else found

    def opening(self, text: str) -> str:
        """The value of the command with whose words a longer text begins; empty if none does."""
        typed = f"{plain(text)} "
        opened = (w for w in self.words if typed.startswith(tuple(f"{plain(o)} " for o in w.opens)))
        return next((word.value for word in opened), "")

    def chat(self, chat_id: str) -> Chat:
        return next(chat for chat in self.chats if chat.id == chat_id)


class Shelf:
    """The content files, an operator's folder on top of ours, and what is wrong with them."""

    def __init__(self, overlay: Path | None = None) -> None:
        self.folders = (HERE, overlay) if overlay else (HERE,)
        self.problems: list[Problem] = []

    def files(self, pattern: str) -> dict[str, Path]:
        """Files by their path inside the content folder; the operator's replace ours."""
        found = {
            str(path.relative_to(folder)): path
            for folder in self.folders
            for path in sorted(folder.glob(pattern))
        }
        return dict(sorted(found.items()))

    def all(self, pattern: str, shape: type[Shape]) -> dict[Path, Shape]:
        """Every readable file in its shape; problems are kept for the end."""
        good = {}
        for path in self.files(pattern).values():
            try:
                good[path] = shaped(read(path), shape)
            except Broken as broken:
                self.problems += broken.problems
        return good

    def wrong(self, path: Path, place: Place, what: str) -> None:
        """Keep a problem for the end; the file is read again for its line."""
        self.problems.append(read(path).problem(place, what))

    def unread(self) -> Iterator[Problem]:
        """An operator's files that stand where nothing is read; hidden ones are let be."""
        for folder in self.folders[1:]:
            seen = {path for pattern in PLACES for path in folder.glob(pattern)}
            for path in sorted({*folder.rglob("*")} - seen):
                hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
                if path.is_file() and not hidden:
                    what = "đuôi .yml không được đọc; đổi tên tệp thành .yaml"
                    if path.suffix != ".yml":
                        what = f"tệp này không được đọc; chỉ đọc {', '.join(PLACES)}"
                    yield Problem(str(path), 1, what)

    def templates(self) -> dict[str, Template]:
        """The messages, compiled now, since a turn must not wait for the disk."""
        words = wording()
        compiled = {}
        for name, path in self.files(MESSAGES).items():
            try:
                text = text_of(path)
                compiled[key_of(name)] = words.from_string(text)
                self.problems += (
                    Problem(str(path), 1, what) for what in strange(words, name, text)
                )
            except TemplateSyntaxError as error:
                what = f"mẫu câu sai cú pháp: {error.message}; xem lại các dấu {{{{ }}}} và {{% %}}"
                self.problems.append(Problem(str(path), error.lineno, what))
            except Broken as broken:
                self.problems += broken.problems
        return compiled


def load(overlay: Path | None = None) -> Library:
    """Read all content; raise Broken with every problem in every file."""
    shelf = Shelf(overlay)
    plans = shelf.all(PLANS, Plan)
    forms = shelf.all(FORMS, Form)
    words = shelf.all(WORDS, Words)
    lexicon = shelf.all(LEXICON, Lexicon)
    topics = shelf.all(TOPICS, Topics)
    labels = shelf.all(LABELS, Labels)
    chats = shelf.all(CHATS, Chats)
    templates = shelf.templates()
    fit_together(shelf, plans, forms, labels)
    if shelf.problems:
        raise Broken(shelf.problems)
    talk = tuple(chat for each in chats.values() for chat in each.chats)
    commands = tuple(word for each in words.values() for word in each.words)
    return Library(
        plans={plan.id: plan for plan in plans.values()},
        forms={form.id: form for form in forms.values()},
        words=commands,
        polite=frozenset(fold(word) for each in words.values() for word in each.polite),
        says=spoken(commands),
        topics=tuple(topic for each in topics.values() for topic in each.topics),
        labels={name: label for each in labels.values() for name, label in each.labels.items()},
        chats=talk,
        say=speaker(templates),
        index=Index([*plans.values()], talk, Language(*lexicon.values())),
    )


def spoken(commands: Iterable[Word]) -> dict[str, tuple[Word, ...]]:
    """The commands by what is said instead."""
    by_saying: dict[str, tuple[Word, ...]] = {}
    for word in commands:
        for said in word.says:
            by_saying[plain(said)] = (*by_saying.get(plain(said), ()), word)
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
