"""Everything that is known and how it is worded, read once at start: ours, an operator's on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateSyntaxError

from content.entries import Entry, Strict
from content.language import Language
from content.read import Broken, Problem, read, shaped
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
from content.search import Index
from content.when import day, named_day

HERE = Path(__file__).parent
Say = Callable[..., str]
Shape = TypeVar("Shape", bound=Strict)


@dataclass(frozen=True)
class Library:
    """What the assistant knows. Immutable; a changed file makes a new one."""

    plans: dict[str, Plan]
    forms: dict[str, Form]
    words: tuple[Word, ...]
    topics: tuple[Topic, ...]
    labels: dict[str, str]
    chats: tuple[Chat, ...]
    say: Say
    index: Index

    def entry(self, plan_id: str, entry_id: str) -> Entry | None:
        """An entry by its plan and id; None where content has changed since it was named."""
        return self.plans[plan_id].entry(entry_id) if plan_id in self.plans else None

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

    def all(self, pattern: str, shape: type[Shape]) -> list[Shape]:
        """Every readable file in its shape; problems are kept for the end."""
        good = []
        for path in self.files(pattern).values():
            try:
                good.append(shaped(read(path), shape))
            except Broken as broken:
                self.problems += broken.problems
        return good

    def templates(self) -> dict[str, Template]:
        """The messages, compiled now, since a turn must not wait for the disk."""
        found = self.files("messages/**/*.j2")
        texts = {name[len("messages/") : -len(".j2")]: path for name, path in found.items()}
        sources = {name: path.read_text(encoding="utf-8") for name, path in texts.items()}
        words = Environment(
            loader=DictLoader(sources),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # plain text goes out; no channel renders HTML
        )
        words.filters |= {"day": day, "named_day": named_day}
        compiled = {}
        for name in sources:
            try:
                compiled[name] = words.get_template(name)
            except TemplateSyntaxError as error:
                what = f"mẫu câu sai cú pháp: {error.message}; xem lại các dấu {{{{ }}}} và {{% %}}"
                self.problems.append(Problem(str(texts[name]), error.lineno, what))
        return compiled


def load(overlay: Path | None = None) -> Library:
    """Read all content; raise Broken with every problem in every file."""
    shelf = Shelf(overlay)
    plans = shelf.all("plans/*.yaml", Plan)
    forms = shelf.all("forms/*.yaml", Form)
    words = shelf.all("commands.yaml", Words)
    lexicon = shelf.all("lexicon.yaml", Lexicon)
    topics = shelf.all("topics.yaml", Topics)
    labels = shelf.all("labels.yaml", Labels)
    chats = shelf.all("smalltalk.yaml", Chats)
    templates = shelf.templates()
    known = {form.id for form in forms}
    for plan in plans:
        if plan.form not in known:
            what = f"form '{plan.form}' không có trong forms/; sửa tên hoặc thêm tệp"
            shelf.problems.append(Problem(f"plans/{plan.id}.yaml", 1, what))
    if shelf.problems:
        raise Broken(shelf.problems)
    talk = tuple(chat for each in chats for chat in each.chats)
    return Library(
        plans={plan.id: plan for plan in plans},
        forms={form.id: form for form in forms},
        words=tuple(word for each in words for word in each.words),
        topics=tuple(topic for each in topics for topic in each.topics),
        labels={name: label for each in labels for name, label in each.labels.items()},
        chats=talk,
        say=speaker(templates),
        index=Index(plans, talk, Language(lexicon[0])),
    )


def speaker(templates: dict[str, Template]) -> Say:
    """``say(key, **facts)`` words one message; a missing fact raises."""

    def say(key: str, **facts: object) -> str:
        return templates[key].render(facts).strip()

    return say
