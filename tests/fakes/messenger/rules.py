"""What Messenger takes of a message, and what it says to the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web import FileField

from tests.fakes.messenger.faults import Refusal

LONGEST, LONGEST_TEMPLATE, LONGEST_PAYLOAD = 2000, 640, 1000  # characters
MOST, MOST_TEMPLATE, TITLE = 13, 3, 20
LARGEST = 25 * 2**20  # bytes
KINDS = ("RESPONSE", "UPDATE", "UTILITY")  # the dead tags would need MESSAGE_TAG


@dataclass
class Shown:
    """A message as its person sees it."""

    text: str = ""
    taps: dict[str, str] = field(default_factory=dict)  # below it, until one is tapped
    buttons: dict[str, str] = field(default_factory=dict)  # within it, to stay
    links: dict[str, str] = field(default_factory=dict)
    file: str = ""  # its name
    content: bytes = field(default=b"", repr=False)
    picture: bool = False


async def asked_of(request: web.Request) -> dict[str, Any]:
    """A request, from JSON or from a form with a file."""
    if request.content_type == "application/json":
        asked: dict[str, Any] = await request.json()
        return asked
    form = dict(await request.post())
    for name in ("recipient", "message"):
        form[name] = json.loads(str(form[name]))
    return form


def shown(asked: Mapping[str, Any]) -> Shown:
    """What its person sees, if the platform takes it."""
    if asked.get("messaging_type") not in KINDS:
        raise Refusal(100, "Param messaging_type must be one of RESPONSE, UPDATE, UTILITY")
    message = asked["message"]
    if "template" in message:
        return filled(message["template"])
    attachment = message.get("attachment")
    if attachment is None:
        seen = Shown(limited(message["text"], LONGEST))
    elif attachment["type"] == "template":
        seen = button_template(attachment["payload"])
    else:
        seen = file(asked, attachment["type"])
    seen.taps = taps(message.get("quick_replies", []))
    return seen


def taps(replies: list[Mapping[str, str]]) -> dict[str, str]:
    found = {titled(each): each["payload"] for each in replies}
    if len(replies) > MOST or any(len(value) > LONGEST_PAYLOAD for value in found.values()):
        raise Refusal(100, "Invalid quick replies")
    return found


def button_template(asked: Mapping[str, Any]) -> Shown:
    seen = Shown(limited(asked["text"], LONGEST_TEMPLATE))
    if asked["template_type"] != "button" or not 1 <= len(asked["buttons"]) <= MOST_TEMPLATE:
        raise Refusal(100, "Invalid template")
    for button in asked["buttons"]:
        if button["type"] == "web_url":
            seen.links[titled(button)] = button["url"]
        else:
            seen.buttons[titled(button)] = button["payload"]
    return seen


def titled(button: Mapping[str, str]) -> str:
    if not 1 <= len(button["title"]) <= TITLE:
        raise Refusal(100, "Length of param title must be between 1 and 20")
    return button["title"]


def limited(text: str, most: int) -> str:
    if not 1 <= len(text) <= most:
        raise Refusal(100, f"Length of param text must be less than or equal to {most}")
    return text


def file(asked: Mapping[str, Any], kind: str) -> Shown:
    sent = asked.get("filedata")
    if kind not in ("image", "file") or not isinstance(sent, FileField):
        raise Refusal(100, "Invalid attachment", 2018008)
    content = sent.file.read()
    if not 0 < len(content) <= LARGEST:
        raise Refusal(100, "Attachment size exceeds allowable limit", 2018109)
    if kind == "image" and not sent.content_type.startswith("image/"):
        raise Refusal(100, "Upload attachment failure", 2018047)
    return Shown(file=sent.filename, content=content, picture=kind == "image")


def filled(template: Mapping[str, Any]) -> Shown:
    """A utility template with its one place filled."""
    [body] = template["components"]
    [place] = body["parameters"]
    if body["type"] != "body" or place["type"] != "text" or "\n" in place["text"]:
        raise Refusal(100, "Invalid template parameters")
    return Shown(f"[{template['name']}] {place['text']}")
