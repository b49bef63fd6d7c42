"""Reading YAML so that every problem can be named by file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

Place = tuple[str | int, ...]
Spot = tuple[str, int]  # file, line
KINDS = "tag:yaml.org,2002:"
OTHERS = frozenset(f"{KINDS}{kind}" for kind in ("int", "float", "bool", "null"))
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
KEYS = (
    "khoá phải là chữ; đặt dấu nháy quanh số, quanh câu bắt đầu bằng { hay [,"
    " và chép hẳn các dòng thay cho <<"
)


def words_alone(first: str, tag: str) -> bool:
    """Whether YAML would make something else of words: of ``no``, or of a day as it is written."""
    return tag.endswith(":timestamp") or (tag.endswith(":bool") and first not in "tTfF")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C: 10 × as fast
    """Leaves words as they are written; an impossible day is told later, with its line."""

    yaml_implicit_resolvers: ClassVar = {
        first: [rule for rule in rules if not words_alone(first, rule[0])]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def is_text(written: str) -> bool:
    """Whether a word that stands without quotes is read as that word: not as a number or time."""
    tag: str = Loader("").resolve(yaml.ScalarNode, written, (True, False))
    return tag.endswith(":str")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a content file: where, what, and how to mend it."""

    file: str
    line: int  # 0 where a file has none
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class Broken(Exception):
    """Content that cannot be used; carries every problem that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Inconsistent(ValueError):
    """Parts of one file that do not fit together; carries where and what, for each."""

    def __init__(self, faults: list[tuple[Place, str]]) -> None:
        super().__init__("; ".join(what for _, what in faults))
        self.faults = faults


@dataclass(frozen=True)
class Source:
    """A parsed file: its values, and the file and line where each of them stands."""

    file: str
    value: Any
    spots: dict[Place, Spot]

    def spot(self, place: Place) -> Spot:
        """Where a place stands, or the nearest thing around it of which that is known."""
        while place and place not in self.spots:
            place = place[:-1]
        return self.spots.get(place, (self.file, 1))

    def problem(self, place: Place, what: str) -> Problem:
        return Problem(*self.spot(place), what)

    def take(self, other: Source, moved: Mapping[Place, Place]) -> None:
        """Take in parts of another file, each at its new place; they keep their lines."""
        for there, here in moved.items():
            part, whole = value_at(other.value, there), value_at(self.value, here[:-1])
            if isinstance(whole, list):
                whole.append(part)
            else:
                whole[here[-1]] = part
        for place, spot in other.spots.items():
            for depth in range(1, len(place) + 1):
                if here := moved.get(place[:depth], ()):
                    self.spots[*here, *place[depth:]] = spot


def value_at(value: Any, place: Place) -> Any:
    """What stands at a place."""
    for step in place:
        value = value[step]
    return value


def text_of(path: Path) -> str:
    """The text of a file; raise Broken where there is none, or no editor would show it."""
    try:
        body = path.read_bytes()
        text = body.decode("utf-8-sig")
    except OSError as error:
        what = f"không đọc được tệp ({error.strerror}); xem lại quyền đọc, hoặc lưu lại tệp"
        raise Broken([Problem(str(path), 1, what)]) from error
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        what = "có chữ không phải mã UTF-8; mở tệp rồi lưu lại với mã UTF-8"
        raise Broken([Problem(str(path), line, what)]) from error
    return printable(path, text)


def printable(path: Path, text: str) -> str:
    """The text; raise Broken where YAML would read on no further."""
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Broken([Problem(str(path), line, "có ký tự điều khiển không in ra được; xoá nó đi")])
    return text


def read(path: Path) -> Source:
    """Parse one file; raise Broken where it is no YAML or a key stands twice."""
    return parsed(path, text_of(path))


def parsed(path: Path, text: str) -> Source:
    """Parse what stands, or is to stand, in a file."""
    building = Building(str(path), Loader(printable(path, text)))
    value: Any = None
    try:
        if node := building.loader.get_single_node():
            value = building.value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"YAML sai cú pháp: {error.problem}; xem lại thụt dòng, dấu hai chấm, dấu nháy"
        building.wrong(mark.line if mark else 0, what)
    except RecursionError:
        what = "các dòng lồng vào nhau quá sâu, hoặc một phần chứa chính nó; viết lại cho phẳng hơn"
        building.wrong(0, what)
    finally:
        building.loader.dispose()
    if building.problems:
        raise Broken(building.problems)
    return Source(str(path), value, building.spots)


class Kind:
    """What YAML calls what most of a file is made of."""

    TEXT, LIST, KEYED = f"{KINDS}str", f"{KINDS}seq", f"{KINDS}map"


class Building:
    """Makes values of the nodes of one file, and notes the line of each and what is wrong."""

    def __init__(self, file: str, loader: Any) -> None:
        self.file, self.loader = file, loader
        self.spots: dict[Place, Spot] = {}
        self.problems: list[Problem] = []

    def value(self, node: Any, place: Place) -> Any:
        self.spots.setdefault(place, (self.file, node.start_mark.line + 1))
        match node:
            case yaml.ScalarNode(tag=Kind.TEXT):
                return node.value
            case yaml.ScalarNode():
                return self.other(node)
            case yaml.SequenceNode(tag=Kind.LIST):
                return [self.value(each, (*place, index)) for index, each in enumerate(node.value)]
            case yaml.MappingNode(tag=Kind.KEYED):
                return self.keyed(node, place)
        kind = node.tag.removeprefix(KINDS)
        self.wrong(node.start_mark.line, f"không dùng '!!{kind}' ở đây; bỏ đi")
        return None

    def keyed(self, node: Any, place: Place) -> dict[str, Any]:
        """The line of what stands under a key is that of the key."""
        made: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line
            if key.tag != Kind.TEXT or not isinstance(key.value, str):
                self.wrong(line, KEYS)
                continue
            if key.value in made:
                self.wrong(line, f"khoá '{key.value}' viết hai lần; bỏ bớt một")
            here = (*place, key.value)
            self.spots.setdefault(here, (self.file, line + 1))
            made[key.value] = self.value(value, here)
        return made

    def other(self, node: Any) -> Any:
        """A number, yes or no, or nothing."""
        if node.tag in OTHERS:
            with suppress(ValueError, LookupError):
                return self.loader.yaml_constructors[node.tag](self.loader, node)
        how = "đặt trong dấu nháy, hoặc bỏ dấu ! ở trước"
        self.wrong(node.start_mark.line, f"không đọc được '{node.value[:40]}'; {how}")
        return None

    def wrong(self, line: int, what: str) -> None:
        """Keep a problem; lines are counted from 0."""
        self.problems.append(Problem(self.file, line + 1, what))
