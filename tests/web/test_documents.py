"""Original documents are handed out by the names that plans give them, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from yarl import URL

from bot.knowledge import Knowledge
from bot.web.manners import HEADERS
from content.library import Library
from tests.web.house import House
from tests.web.visiting import Client, Visit

PLAN, NAME, BODY = "vinh-thuan-2025", "kế hoạch.pdf", b"%PDF-1.4 ..."


@pytest.fixture
async def client(tmp_path: Path, library: Library, house: House, visit: Visit) -> Client:
    """Somebody at a house where one plan has its document, and another file lies beside it."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in (NAME, "other.pdf"):
        (folder / name).write_bytes(BODY)
    (tmp_path / "secret").write_text("?", "utf-8")
    documents = {path.name: path for path in folder.iterdir()}
    with_document = library.plans[PLAN].model_copy(update={"document": NAME})
    plans = {**library.plans, PLAN: with_document}
    knowledge = Knowledge(replace(library, plans=plans, documents=documents))
    house.document = knowledge.document
    return await visit(house.doors())


async def test_a_document_comes_as_what_it_is_and_may_be_kept(client: Client) -> None:
    answer = await client.get(f"/documents/{PLAN}/{NAME}")
    assert (answer.status, await answer.read()) == (200, BODY)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''k%E1%BA%BF")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "max-age" in answer.headers["Cache-Control"]
    known = {"If-None-Match": answer.headers["ETag"]}
    assert (await client.get(f"/documents/{PLAN}/{NAME}", headers=known)).status == 304
    part = await client.get(f"/documents/{PLAN}/{NAME}", headers={"Range": "bytes=0-3"})
    assert (part.status, await part.read()) == (206, BODY[:4])


@pytest.mark.parametrize(
    "path",
    [
        f"{PLAN}/other.pdf",  # lies there, and no plan names it
        f"yen-bai-2025/{quote(NAME)}",
        f"no-such-plan/{quote(NAME)}",
        f"{PLAN}/",
        f"{PLAN}/..%2fsecret",
        f"{PLAN}/%2e%2e%2f%2e%2e%2fsecret",
        f"{PLAN}/..%5csecret",
        f"{PLAN}/%2fetc%2fpasswd",
        f"{PLAN}/{quote(NAME)}%00.png",
        f"..%2f{PLAN}/{quote(NAME)}",
        "",
    ],
)
async def test_no_other_file_is_handed_out(client: Client, path: str) -> None:
    answer = await client.get(URL(f"/documents/{path}", encoded=True))
    assert answer.status == 404
    assert BODY not in await answer.read()


async def test_a_document_that_is_gone_from_the_disk_is_not_found(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "documents" / NAME).unlink()
    assert (await client.get(f"/documents/{PLAN}/{NAME}")).status == 404
