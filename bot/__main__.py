"""``python -m bot`` is the command ``thidua``."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command; what it is made of comes to stay, and is not looked through for garbage."""
    gc.disable()
    from bot.cli import main as command

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
