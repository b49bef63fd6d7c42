"""The content files as they lie in their folders: ours, an operator's on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from jinja2 import TemplateSyntaxError

from content.entries import Strict
from content.read import Broken, Place, Problem, Source, read, text_of
from content.shaping import shaped
from content.templates import HERE, MESSAGES, Templates, compiled, key_of, strange

PLANS, FORMS, ADDITIONS = "plans/*.yaml", "forms/*.yaml", "additions/*.yaml"
WORDS, LEXICON, LABELS = "commands.yaml", "lexicon.yaml", "labels.yaml"
TOPICS, CHATS, DOCUMENTS = "topics.yaml", "smalltalk.yaml", "documents/*"
RIGHTS, REMINDING, BROADCASTS = "rights.yaml", "reminding.yaml", "broadcasts.yaml"
PLACES = (  # nothing else is read
    *(PLANS, FORMS, ADDITIONS, WORDS, LEXICON, TOPICS, LABELS, CHATS, MESSAGES, DOCUMENTS),
    *(RIGHTS, REMINDING, BROADCASTS),
)
Shape = TypeVar("Shape", bound=Strict)
NONE: Mapping[Path, Source] = MappingProxyType({})


class Shelf:
    """The content files, an operator's folder on top of ours, and what is wrong with them."""

    def __init__(self, overlay: Path | None = None, drafts: Mapping[Path, Source] = NONE) -> None:
        """``drafts`` are files as they are to be, which nobody has written yet."""
        self.folders = (HERE, overlay) if overlay else (HERE,)
        self.drafts, self.sources = drafts, dict(drafts)
        self.problems: list[Problem] = []

    def files(self, pattern: str) -> dict[str, Path]:
        """Files by their path inside the content folder; the operator's replace ours."""
        found = {
            str(path.relative_to(folder)): path
            for folder in self.folders
            for path in sorted({*folder.glob(pattern), *self.drafted(folder, pattern)})
            if not hidden(path.relative_to(folder))
        }
        return dict(sorted(found.items()))

    def drafted(self, folder: Path, pattern: str) -> Iterator[Path]:
        """Files that are to be in a folder."""
        inside = (path for path in self.drafts if path.is_relative_to(folder))
        return (path for path in inside if path.relative_to(folder).match(pattern))

    def source(self, path: Path) -> Source:
        """A file, read once; raise Broken where it cannot be."""
        if path not in self.sources:
            self.sources[path] = read(path)
        return self.sources[path]

    def all(self, pattern: str, shape: type[Shape]) -> dict[Path, Shape]:
        """Every readable file in its shape; problems are kept for the end."""
        paths = self.files(pattern).values()
        return {path: good for path in paths if (good := self.one(path, shape))}

    def one(self, path: Path, shape: type[Shape]) -> Shape | None:
        """A file in its shape; None where it is broken, and its problems are kept for the end."""
        try:
            return shaped(self.source(path), shape)
        except Broken as broken:
            self.problems += broken.problems
            return None

    def wrong(self, path: Path, place: Place, what: str) -> None:
        """Keep a problem for the end."""
        self.problems.append(self.source(path).problem(place, what))

    def unread(self) -> Iterator[Problem]:
        """An operator's files that stand where nothing is read; hidden ones are let be."""
        for folder in self.folders[1:]:
            seen = {path for pattern in PLACES for path in folder.glob(pattern)}
            for path in sorted({*folder.rglob("*")} - seen):
                if path.is_file() and not hidden(path.relative_to(folder)):
                    what = "đuôi .yml không được đọc; đổi tên tệp thành .yaml"
                    if path.suffix != ".yml":
                        what = f"tệp này không được đọc; chỉ đọc {', '.join(PLACES)}"
                    yield Problem(str(path), 1, what)

    def templates(self) -> Templates:
        """The messages, read now, since a turn must not wait for the disk.

        An operator's wording is compiled now, too, to be told at once what is wrong with it; ours
        is right, and compiled when it is first said: all of them would take a third of a second.
        """
        found: Templates = {}
        for name, path in self.files(MESSAGES).items():
            try:
                text = text_of(path)
                found[key_of(name)] = partial(compiled, text)
                if path != HERE / name:
                    compiled(text)
                self.problems += (Problem(str(path), 1, what) for what in strange(name, text))
            except TemplateSyntaxError as error:
                what = f"mẫu câu sai cú pháp: {error.message}; xem lại các dấu {{{{ }}}} và {{% %}}"
                self.problems.append(Problem(str(path), error.lineno, what))
            except Broken as broken:
                self.problems += broken.problems
        return found


def hidden(name: Path) -> bool:
    """Whether a file is none of ours: what editors and version control keep beside it."""
    return name.name.endswith("~") or any(part.startswith(".") for part in name.parts)
