"""Copies of a PostgreSQL database, made by its own program. Each begins held back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, make_url

from storage.copies import WHY, BadCopy, Clock, beside, flush

WHOLE = b"-- PostgreSQL database dump complete"
OURS = b"CREATE TABLE public.hold "
HOLD = """
UPDATE public.hold SET ended_at = '{now}' WHERE ended_at IS NULL;
INSERT INTO public.hold (since, why) VALUES ('{now}', '{why}');
"""


def back_up(url: str, target: Path, clock: Clock) -> None:
    """Write all that is in a database as SQL, whole or not at all, on the disk, and held.

    Raise FileNotFoundError without ``pg_dump``, BadCopy with what that complains of.
    """
    program, address = shutil.which("pg_dump"), make_url(url)
    if program is None:
        raise FileNotFoundError("pg_dump")
    with beside(target) as part:
        written = [program, "--no-owner", "--no-privileges", "--no-password", f"--file={part}"]
        env = {**os.environ, **named(address)}
        ran = subprocess.run(written, env=env, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise BadCopy("refused", ran.stderr.strip().partition("\n")[0])
        check(part)
        with part.open("a", encoding="utf-8") as dump:
            dump.write(HOLD.format(now=clock().isoformat(), why=WHY))
        flush(part)
        part.replace(target)
        flush(target.parent)


def named(address: URL) -> dict[str, str]:
    """An address as PostgreSQL's programs read it: not as arguments, which anybody may see."""
    host = address.host or address.query.get("host")
    parts = {
        "PGHOST": host,
        "PGPORT": address.port,
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
    }
    return {name: str(value) for name, value in parts.items() if value}


def check(dump: Path) -> None:
    """Raise BadCopy where a dump has no end, or is of no database of ours as it is today."""
    with dump.open("rb") as lines:
        there = {each for line in lines for each in (WHOLE, OURS) if line.startswith(each)}
    if there != {WHOLE, OURS}:
        raise BadCopy("foreign" if WHOLE in there else "damaged", dump.name)
