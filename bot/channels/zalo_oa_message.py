"""Replies as an Official Account's messages. Pure.

Buttons: ``text`` beside a template with nothing but buttons, as two gateways document the
consultation message with buttons; the platform's own page of it was not seen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import aiohttp

from bot.channels.zalo_oa_update import TAP
from content.fold import fold
from handlers.talk import Button, Made, Reply

Message = dict[str, Any]


def said(reply: Reply) -> Message:
    """Words, and choices that come back hidden, as what stands behind ``TAP``."""
    text = unicodedata.normalize("NFC", reply.text)
    if not reply.buttons:
        return {"text": text}
    template = {"buttons": [button(each) for each in reply.buttons]}
    return {"text": text, "attachment": {"type": "template", "payload": template}}


def button(choice: Button) -> dict[str, str]:
    title = unicodedata.normalize("NFC", choice.label)
    return {"title": title, "type": "oa.query.hide", "payload": TAP + choice.value}


def picture(ref: str) -> Message:
    shown = [{"media_type": "image", "attachment_id": ref}]
    template = {"template_type": "media", "elements": shown}
    return {"attachment": {"type": "template", "payload": template}}


def with_file(ref: str) -> Message:
    return {"attachment": {"type": "file", "payload": {"token": ref}}}


NAMED = re.compile(r"[^a-z0-9]+")  # what aiohttp and who knows who else would write otherwise
TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def upload(file: Made) -> aiohttp.FormData:
    """A file as it is handed over. Its name shows what it is, and has no letters that are lost."""
    stem, _, form = file.name.rpartition(".")
    name = NAMED.sub("-", fold(stem)).strip("-")
    data = aiohttp.FormData()
    kind = TYPES.get(form, "application/octet-stream")
    data.add_field("file", file.content, filename=f"{name}.{form}", content_type=kind)
    return data
