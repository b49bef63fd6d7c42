"""What every command begins with: the settings, the content, and where complaints go."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from bot.settings import BadSettings, Settings
from content.library import Library, load

PlanId = Annotated[str, typer.Option("--plan", help="Mã kế hoạch, ví dụ vinh-thuan-2025.")]
errors = Console(stderr=True, highlight=False)


def read_settings() -> Settings:
    """The settings; says aloud that a clock which was set is not the real one."""
    settings = Settings.read()
    if settings.now:
        told = f"CHÚ Ý: đồng hồ đang chạy từ {settings.now:%d/%m/%Y %H:%M} (THIDUA_NOW)"
        errors.print(f"{told}, không phải giờ thật.", style="bold yellow", soft_wrap=True)
    return settings


def settings_and_library(plan: str = "") -> tuple[Settings, Library]:
    settings = read_settings()
    library = load(settings.content())
    must_know(library, plan)
    return settings, library


def must_know(library: Library, plan: str) -> None:
    """Raise BadSettings for a plan that there is not."""
    if plan and plan not in library.plans:
        known = ", ".join(library.plans)
        raise BadSettings(f"không có kế hoạch '{plan}'; đang có: {known}")
