"""What typed words stand for: a button that is on the screen, or a command. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.fold import sounds
from handlers.talk import Button
from handlers.turn import Turn

COMMAND = re.compile(r"/(\w+)")
NUMBER = re.compile(r"[1-9][0-9]?")  # of a button
STAY = "stay:"  # a button that leaves everything as it is; what stands first there does not
SURE = "sure"  # what words of assent stand for at such a question


def offered(turn: Turn, text: str) -> str:
    """The value of the button last offered that was typed: its number, its label, or the like."""
    if text.startswith("/"):  # "/duyet" lists what waits, and approves nothing
        return ""
    buttons, typed = turn.offered(), sounds(text)
    numbered = [button for button in buttons if not button.small]
    if NUMBER.fullmatch(typed) and int(typed) <= len(numbered):
        return numbered[int(typed) - 1].value
    meant = tuple(word.value for word in turn.library.meant(text) if word.offered)
    fitting = (
        button.value
        for button in buttons
        if sounds(button.label) == typed or (meant and button.value.startswith(meant))
    )
    named = next(fitting, "") or begun(buttons, typed)
    return named or (confirmed(buttons) if SURE in meant else "")


def confirmed(buttons: Sequence[Button]) -> str:
    """What a yes means at a question that can also be left with everything as it is."""
    asked = any(button.value.startswith(STAY) for button in buttons)
    return buttons[0].value if asked else ""


def begun(buttons: Sequence[Button], typed: str) -> str:
    """The value of the one button whose label begins with these words: "trả lại" for "… để sửa"."""
    alike = [b.value for b in buttons if sounds(b.label).startswith(f"{typed} ")]
    return alike[0] if len(alike) == 1 and " " in typed else ""


def command(turn: Turn, text: str) -> str:
    """The value of a command, by its slash or in other words."""
    if slash := COMMAND.match(text):
        name = slash[1].lower()
        named = (word.value for word in turn.library.words if word.command == name)
        return next(named, "") or next((w.value for w in turn.library.meant(name)), "help")
    meant = (word for word in turn.library.meant(text) if not (word.offered or word.staff))
    return next((word.value for word in meant), "")
