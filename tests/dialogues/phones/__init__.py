"""What people hold in their hands: one small file a platform, each the real adapter without wires.

What is played goes in as the platform's own updates, through ``read``; what the bot sends comes out
of the platform's own requests, and is turned back into words and buttons.
"""

from tests.dialogues.phones.at_terminal import AtTerminal
from tests.dialogues.phones.on_messenger import OnMessenger
from tests.dialogues.phones.on_telegram import OnTelegram
from tests.dialogues.phones.on_web import OnWeb
from tests.dialogues.phones.on_zalo import OnZalo
from tests.dialogues.phones.on_zalo_oa import OnZaloOA
from tests.dialogues.phones.phone import NotThere, Phone

PHONES: dict[str, type[Phone]] = {
    phone.name: phone for phone in (AtTerminal, OnWeb, OnTelegram, OnZalo, OnZaloOA, OnMessenger)
}
__all__ = ["PHONES", "AtTerminal", "NotThere", "Phone"]
