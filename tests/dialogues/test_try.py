from tests.dialogues.play import Stage

async def test_x(stage: Stage) -> None:
    await stage.play("""
        > /start
        < …
        > vinh thuan
        < …
        > han nop ho so
        < …
        > tieu chuan?
        < …
        > Đăng ký
        < x
    """)
