"""The messages as templates: how they are compiled, filled, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from jinja2.meta import find_undeclared_variables

from content.read import text_of
from content.when import day, named_day

HERE = Path(__file__).parent
MESSAGES = "messages/**/*.j2"
CONSENT = "registration/consent/"  # a file a version; each stays, to show what was agreed to
Say = Callable[..., str]
Templates = dict[str, Callable[[], Template]]  # by the messages' keys; compiled when first asked


@cache
def wording() -> Environment:
    """How templates are read."""
    words = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text goes out; no channel renders HTML
    )
    words.filters |= {"day": day, "named_day": named_day, "dotted": dotted}
    return words


def dotted(number: int) -> str:
    """``1.250``, as numbers are written here."""
    # An undefined number is reported by its name when it is added to, and not when it is formatted.
    return f"{number + 0:,}".replace(",", ".")


@lru_cache(maxsize=1024)  # most stay as they are when some change
def compiled(text: str) -> Template:
    """A message's text, ready to be filled."""
    return wording().from_string(text)


@lru_cache(maxsize=1024)
def asked(text: str) -> frozenset[str]:
    """The facts that a message's text speaks of."""
    return frozenset(find_undeclared_variables(wording().parse(text)))


def key_of(name: str) -> str:
    """What a message is called in a turn: ``talk/start`` for ``messages/talk/start.j2``."""
    return name[len("messages/") : -len(".j2")]


def facts_of(name: str) -> frozenset[str]:
    """The facts that our own wording of a message speaks of."""
    return asked(text_of(ours(name)))


def ours(name: str) -> Path:
    """Our own wording of a message; whatever its version, the consent is asked with like facts."""
    return HERE / (f"messages/{CONSENT}1.j2" if key_of(name).startswith(CONSENT) else name)


def strange(name: str, text: str) -> Iterator[str]:
    """What an operator's wording of a message asks for that ours shows not to be there."""
    if not ours(name).exists():
        yield "không có mẫu câu nào tên như vậy; đặt tên tệp như mẫu câu muốn thay"
    elif text != text_of(ours(name)):
        there = facts_of(name)
        if lost := asked(text) - there:
            told = ", ".join(sorted(lost)), ", ".join(sorted(there)) or "không có từ nào"
            yield f"mẫu câu dùng từ không có: {told[0]}; ở đây có: {told[1]}"


def speaker(templates: Templates) -> Say:
    """``say(key, **facts)`` words one message; a missing fact raises."""

    def say(key: str, **facts: object) -> str:
        return templates[key]().render(facts).strip()

    return say
