"""Everything we read from the environment: once, typed, and nothing misspelt."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    DirectoryPath,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot.channels import limits
from bot.channels.push_services import Services
from bot.expected import EXPECTED, NO_MESSENGER_WEBHOOK, NO_WEBHOOK, NO_ZALO_OA, NO_ZALO_WEBHOOK
from handlers.errors import ThiDuaError
from handlers.turn import HERE

if TYPE_CHECKING:
    from storage.unit import Clock

PREFIX = "THIDUA_"
FOR_TESTS = {"TEST_DATABASE_URL"}  # read by the test suite only
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}
DRIVERS["postgresql"] = DRIVERS["postgres"]
TELEGRAM = "https://api.telegram.org"
ZALO = "https://bot-api.zaloplatforms.com"
MESSENGER = "https://graph.facebook.com"
ZALO_OA = "https://openapi.zalo.me"
ZALO_OAUTH = "https://oauth.zaloapp.com"
SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook
UTILITY = r"^([a-z0-9_]{1,512}/[a-z]{2,3}(_[A-Z]{2})?)?$"
DATABASE = r"^(sqlite|postgres|postgresql)(\+\w+)?://"


class BadSettings(ThiDuaError):
    """A setting is misspelt or has a value that cannot be; says which and what is expected."""


def pairs(given: Any) -> Any:
    """``a=1 b=2`` as a table; raise ValueError."""
    if not isinstance(given, str):
        return given
    return dict(pair.split("=") for pair in given.split())


def words(given: Any) -> Any:
    """What is written with blanks between."""
    return tuple(given.split()) if isinstance(given, str) else given


# Numbers of a platform that the operator knows better: ``bot.channels.limits`` has the others.
Changed = Annotated[dict[str, Annotated[float, Field(ge=0)]], BeforeValidator(pairs)]


class Settings(BaseModel):
    """The environment, without its prefix ``THIDUA_``."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False, pattern=DATABASE)  # none: SQLite in data_dir
    # An operator's own plans and wording on top of ours; none: content in data_dir, if it is there.
    content_dir: DirectoryPath | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: AnyHttpUrl | None = None
    # None: one is made and kept in data_dir.
    secret_key: SecretStr | None = Field(default=None, repr=False, min_length=32)
    proxy: str | None = Field(default=None, repr=False)  # may hold a password
    now: datetime | None = None
    telegram_token: SecretStr | None = Field(default=None, repr=False)  # none: no such channel
    telegram_api: str = TELEGRAM
    telegram_limits: Changed = Field(default_factory=dict)
    telegram_webhook: bool = False
    telegram_secret: SecretStr | None = Field(default=None, repr=False)
    zalo_token: SecretStr | None = Field(default=None, repr=False)  # none: no such channel
    zalo_api: str = ZALO
    zalo_limits: Changed = Field(default_factory=dict)
    # With one, updates are brought to us; none: we ask for them.
    zalo_secret: SecretStr | None = Field(default=None, repr=False, min_length=8, max_length=256)

    messenger_token: SecretStr | None = Field(default=None, repr=False)  # none: no such channel
    messenger_api: str = MESSENGER
    messenger_limits: Changed = Field(default_factory=dict)
    messenger_app_secret: SecretStr | None = Field(default=None, repr=False)
    messenger_verify_token: SecretStr | None = Field(default=None, repr=False)
    # An approved utility template; none: nothing is said where they wrote too long ago.
    messenger_utility: str = Field(default="", pattern=UTILITY)
    # Hosts in place of those that browsers usually are reached by: ``bot.channels.push_services``.
    push_services: Annotated[tuple[str, ...], BeforeValidator(words)] = ()

    zalo_oa_app_id: str = Field(default="", pattern=r"^\d+$")  # none: no such channel
    zalo_oa_app_secret: SecretStr | None = Field(default=None, repr=False)
    zalo_oa_secret: SecretStr | None = Field(default=None, repr=False)  # what Zalo signs with
    # The first one; whoever has been seen once does not count any more.
    zalo_oa_refresh_token: SecretStr | None = Field(default=None, repr=False)
    zalo_oa_api: str = ZALO_OA
    zalo_oa_oauth: str = ZALO_OAUTH
    zalo_oa_limits: Changed = Field(default_factory=dict)

    @field_validator("telegram_limits", "zalo_limits", "messenger_limits", "zalo_oa_limits")
    @classmethod
    def there(cls, changed: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        """Only numbers that the channel has."""
        if changed.keys() - limits.TABLES[channel_of(info.field_name or "")].keys():
            raise ValueError("no such number")
        return changed

    @field_validator("push_services")
    @classmethod
    def hosts(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        """Only what may be called."""
        Services(named)
        return named

    @field_validator("telegram_secret")
    @classmethod
    def sendable(cls, secret: SecretStr) -> SecretStr:
        """Telegram takes no other letters."""
        if not SECRET_TOKEN.fullmatch(secret.get_secret_value()):
            raise ValueError("not a secret token")
        return secret

    @classmethod
    def read(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment; raise BadSettings with a line for each thing that is wrong."""
        ours = {k.removeprefix(PREFIX): v for k, v in env.items() if k.startswith(PREFIX)}
        given = {k.lower(): v for k, v in ours.items() if v.strip() and k not in FOR_TESTS}
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            lines = [told(str(fault["loc"][0]), fault) for fault in error.errors()]
            raise BadSettings("\n".join(lines)) from error
        if settings.telegram_webhook and not settings.reachable():
            raise BadSettings(NO_WEBHOOK)
        if settings.zalo_secret and not settings.brings(settings.zalo_api, ZALO):
            raise BadSettings(NO_ZALO_WEBHOOK)
        known = settings.messenger_app_secret and settings.messenger_verify_token
        if settings.messenger_token and not (
            known and settings.brings(settings.messenger_api, MESSENGER)
        ):
            raise BadSettings(NO_MESSENGER_WEBHOOK)
        settings.sure_of_zalo_oa()
        return settings

    def sure_of_zalo_oa(self) -> None:
        """Raise BadSettings where there is some of what belongs together, and not all of it."""
        parts = self.zalo_oa_app_id, self.zalo_oa_app_secret, self.zalo_oa_secret
        begun = any(parts) or self.zalo_oa_refresh_token
        if begun and not (all(parts) and self.brings(self.zalo_oa_api, ZALO_OA)):
            raise BadSettings(NO_ZALO_OA)

    def reachable(self) -> bool:
        """Whether Telegram can bring updates: by https, unless it is a server of one's own.

        https://core.telegram.org/bots/api#using-a-local-bot-api-server
        """
        return bool(self.telegram_secret) and self.brings(self.telegram_api, TELEGRAM)

    def brings(self, api: str, usual: str) -> bool:
        """Whether a platform could bring something to our address."""
        return self.public_url is not None and (self.public_url.scheme == "https" or api != usual)

    def database(self) -> str:
        """The database's address with the driver that we use."""
        if not self.database_url:
            return f"{DRIVERS['sqlite']}:///{self.data_dir / 'thidua.db'}"
        scheme, _, rest = self.database_url.partition("://")
        return f"{DRIVERS.get(scheme, scheme)}://{rest}"

    def content(self) -> Path:
        """The operator's folder of content, which need not be there."""
        return self.content_dir or self.data_dir / "content"

    def site(self) -> str:
        """The address by which people everywhere come to our pages; empty where they cannot."""
        return str(self.public_url or "").rstrip("/")

    def secret(self) -> str:
        """What cookies are signed with; made once and kept, so that a restart forgets nobody."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        path = self.data_dir / "secret"
        path.touch(mode=0o600)
        if not path.stat().st_size:  # a power cut may have left it empty
            path.write_text(secrets.token_urlsafe(32), encoding="ascii")
        return path.read_text(encoding="ascii")

    def clock(self) -> Clock:
        """The clock: the real one, or one that starts at ``now`` and runs on."""
        if self.now is None:
            return utc_now
        start = self.now if self.now.tzinfo else self.now.replace(tzinfo=HERE)
        ahead: timedelta = start - utc_now()
        return lambda: utc_now() + ahead


def utc_now() -> datetime:
    return datetime.now(UTC)


def told(name: str, fault: Mapping[str, object]) -> str:
    """One fault, in operators' words."""
    setting = f"{PREFIX}{name.upper()}"
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, n=1)
        hint = f"; có phải ý là {PREFIX}{near[0].upper()}?" if near else ""
        return f"{setting}: không có thiết lập nào tên như vậy{hint}"
    now = f"đang là {fault['input']!r}; " if Settings.model_fields[name].repr else ""
    return f"{setting}: {now}{EXPECTED.get(name) or numbers(name) or fault['msg']}"


def channel_of(name: str) -> str:
    """Whose numbers a setting changes."""
    return name.removesuffix("_limits")


def numbers(name: str) -> str:
    """What is expected where numbers of a platform are changed."""
    table = limits.TABLES.get(channel_of(name))
    return f"phải là tên=số, cách nhau bằng dấu cách; các tên: {', '.join(table)}" if table else ""
