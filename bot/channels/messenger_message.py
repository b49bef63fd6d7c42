"""How replies look on Messenger: the requests that leave. Pure.

https://developers.facebook.com/docs/messenger-platform/reference/send-api
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from bot.channels.base import Abilities, fit, is_picture, split
from bot.channels.limits import values
from handlers.talk import Button, Made, Reply

LINK = re.compile(r"(:)?\s*(https?://\S*[^\s.,;:!?)\]}»”\"'])[ ]*$", re.MULTILINE)
PLAIN = Abilities(max_text=10**6)  # of a message that is words alone
KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Request = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """A utility template that Meta has approved for the page, with one place for our words."""

    name: str
    language: str

    @classmethod
    def of(cls, setting: str) -> Template | None:
        """The one that an operator named (``nhac_viec/vi``), if one."""
        name, _, language = setting.partition("/")
        return cls(name, language) if name and language else None


@dataclass(frozen=True)
class Look:
    """What replies are to look like: within which numbers, and how links to our own pages do."""

    numbers: Mapping[str, float] = field(default_factory=lambda: values("messenger"))
    site: str = ""  # the address of our pages
    opens: str = ""  # what stands on a button that opens one of them

    def most(self, name: str) -> int:
        return int(self.numbers[name])


def request(address: str, reply: Reply, look: Look) -> Request:
    """A reply as the Send API takes it."""
    kind = "UPDATE" if reply.news else "RESPONSE"
    return {
        "recipient": {"id": address},
        "messaging_type": kind,
        "message": message(reply, look),
    }


def message(reply: Reply, look: Look) -> Request:
    """Choices as quick replies, which are small and go when one is tapped. A link to a page of ours
    is a button; so are the choices of what comes unasked: other messages may come before it is
    read, and quick replies stand only below the last.
    """
    text, url = linked(reply.text, look)
    if url:
        opens = {"type": "web_url", "title": look.opens, "url": url}
        return template(text, [opens]) | quick_replies(reply.buttons)
    if stays(reply, look):
        taps = ({"title": each.label, "payload": each.value} for each in reply.buttons)
        return template(reply.text, [{"type": "postback", **tap} for tap in taps])
    return {"text": reply.text} | quick_replies(reply.buttons)


def linked(text: str, look: Look) -> tuple[str, str]:
    """A text without the link to a page of ours at the end of a line, and that link; without any,
    the text as it is. Where there are several, or one of somebody else's, people see which is
    which.
    """
    found = [*LINK.finditer(text)]
    if len(found) != 1 or text.count("://") != 1 or not (look.site and look.opens):
        return text, ""
    link, url = found[0], found[0][2]
    before, after = text[: link.start()], text[link.end() :]
    rest = f"{before}{'.' if link[1] else ''}{after}".strip()
    ours = url.startswith(f"{look.site}/")
    return (rest, url) if ours and 0 < len(rest) <= look.most("template_text") else (text, "")


def stays(reply: Reply, look: Look) -> bool:
    """Whether the choices are buttons that stay with the words; links among them would be dead."""
    fits = len(reply.text) <= look.most("template_text") and "://" not in reply.text
    return bool(reply.news) and fits and 0 < len(reply.buttons) <= look.most("template_buttons")


def template(text: str, buttons: Sequence[Request]) -> Request:
    shown = {"template_type": "button", "text": text, "buttons": [*buttons]}
    return {"attachment": {"type": "template", "payload": shown}}


def quick_replies(buttons: Sequence[Button]) -> Request:
    taps = [
        {"content_type": "text", "title": each.label, "payload": each.value} for each in buttons
    ]
    return {"quick_replies": taps} if taps else {}


def late(address: str, reply: Reply, named: Template, look: Look) -> Request:
    """A reply as the one thing that a utility template says of us, in one line: what stands in its
    place must not have several, as with WhatsApp, whose templates these are.

    https://developers.facebook.com/docs/messenger-platform/send-messages/utility-messages
    """
    said = " ".join(" ".join(part.text for part in fit(reply, PLAIN)).split())
    first, *more = split(said, look.most("utility") - 2)
    words = {"type": "text", "text": f"{first} …" if more else first}
    filled = {
        "name": named.name,
        "language": {"code": named.language},
        "components": [{"type": "body", "parameters": [words]}],
    }
    return {
        "recipient": {"id": address},
        "messaging_type": "UTILITY",
        "message": {"template": filled},
    }


def upload(address: str, made: Made, most: int) -> aiohttp.FormData:
    """A file as the Send API takes it along; as a picture if it is one of up to so many bytes.

    https://developers.facebook.com/docs/messenger-platform/send-messages/saving-assets
    """
    shown = "image" if is_picture(made) and len(made.content) <= most else "file"
    attached = {"attachment": {"type": shown, "payload": {"is_reusable": False}}}
    kind = KINDS.get(made.name.rpartition(".")[2], "application/octet-stream")
    form = aiohttp.FormData(quote_fields=False)  # or the name of a file would stand in per cents
    form.add_field("recipient", orjson.dumps({"id": address}).decode())
    form.add_field("messaging_type", "RESPONSE")
    form.add_field("message", orjson.dumps(attached).decode())
    content = io.BytesIO(made.content)
    form.add_field("filedata", content, filename=made.name, content_type=kind)
    return form


def profile(greeting: str, menu: Sequence[tuple[str, str]], look: Look) -> Request:
    """What is seen before anybody says anything, and the menu: labels, with what they do.

    https://developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api
    """
    lines = [
        {"type": "postback", "title": label[: look.most("menu_label")], "payload": value}
        for label, value in menu[: look.most("menu")]
    ]
    return {
        "get_started": {"payload": "start"},
        "greeting": [{"locale": "default", "text": greeting[: look.most("greeting")]}],
        "persistent_menu": [{"locale": "default", "call_to_actions": lines}],
    }
