"""Whoever visits can name any address as their browser's: only push services are called."""

from __future__ import annotations

import pytest

from bot.channels.push_services import LONGEST, SERVICES, Services
from bot.settings import BadSettings, Settings


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dUr-5:APA91b_x",
        "https://FCM.googleapis.com:443/wp/x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYA%3d%3d",
    ],
)
def test_the_services_of_browsers_are_called(endpoint: str) -> None:
    assert Services().call(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "x",
        "https://",
        "http://fcm.googleapis.com/x",  # not in the open
        "ftp://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:99999/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",  # the same as a number
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[::ffff:169.254.169.254]/latest",
        "http://169.254.169.254/latest/meta-data/",
        "https://localhost/x",
        "http://127.0.0.1:5432/x",
        "https://evil.example/fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com./x",
        "https://evilfcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://push.apple.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://lan:x@fcm.googleapis.com/x",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://evil.example#@fcm.googleapis.com/x",
        "https://evil.example?@fcm.googleapis.com/x",
        "https://fcm.googleapis.com%2f@evil.example/x",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.com/x\n",
        "https://fcm。googleapis。com/x",
        "https://ｆcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * LONGEST,
    ],
)
def test_nothing_else_is_called(endpoint: str) -> None:
    assert Services().call(endpoint) is None


def test_an_operator_names_others_and_a_stand_in_on_this_machine() -> None:
    settings = Settings.read({"THIDUA_PUSH_SERVICES": "push.example.vn http://127.0.0.1:9300"})
    services = Services(settings.push_services)
    assert services.call("https://push.example.vn/x")
    assert services.call("http://127.0.0.1:9300/x")
    for other in (
        "https://fcm.googleapis.com/x",
        "http://127.0.0.1:9301/x",
        "http://push.example.vn/x",
    ):
        assert services.call(other) is None
    assert Services(Settings.read({}).push_services).named == [each.host for each in SERVICES]


@pytest.mark.parametrize(
    "named",
    ["127.0.0.1", "http://push.example.vn", "*.com", "*", "https://push.example.vn/x", "a,b.vn"],
)
def test_what_could_be_called_by_mistake_stops_the_start(named: str) -> None:
    with pytest.raises(BadSettings, match=r"THIDUA_PUSH_SERVICES: .*fcm\.googleapis\.com"):
        Settings.read({"THIDUA_PUSH_SERVICES": named})
