"""How people speak of money: rules that rewrite plain words into the few marks of a sum.

X T K M B: 100.000 (xị, lít), 10.000 (vạn), nghìn, triệu, tỷ. d: đồng. plus: half a unit more.
from, to, ~, -: from one sum to another. minus, foreign, no: it is no sum of money in đồng.
"""

from __future__ import annotations

import re
from itertools import pairwise

from handlers.values.words import NUMERALS, TENS, digits, plain, rewrite, rules

SCALES = {"X": 10**5, "T": 10**4, "K": 10**3, "M": 10**6, "B": 10**9}
ROUND = "(?:tram|chuc|trieu|ty|ti|nghin|ngan)"
AFTER = r"(?<=[0-9cx] )"  # slang is a unit only behind a number

PHRASES = rules(
    (r"chua|(?:khong|hong|hok|hem|ko|k|chang|cha) (?:biet|ro|phai|chac|nho|co)|%|each", "no"),
    (r"moi(?= (?:ho|nguoi|thang|nam|ngay|vu|ha|thanh vien))", "no"),
    (rf"(?:ca|hang|tien|bac|may|vai|vai ba)(?= {ROUND})", "no"),
    (rf"({ROUND}) may", r"\1 no"),
    (r"(?:trong )?nam (?:[0-9]{4}|nay|sau|toi)|cong ty|du tru|mot cach", "."),
    (r"\$|€|usd|euro|eur|dola|do la|dollar la|nhan dan te|(?:cay|chi|luong) vang", "foreign"),
    (r"([0-9.,]+|nghin|ngan) (?:do|te|yen)", r"\1 foreign"),
    (r"([0-9.,]+|nghin|ngan|tram|trieu|tr|ty) dollar", r"\1 foreign"),
)
UNITS = rules(
    (r"tu(?=$| (?:trieu|tr|ty|ti|nghin|ngan|dong|d)(?!\S))", "#4"),
    (r"tu|from", "from"),
    (r"den|toi", "to"),
    (r"mot2?", "#1"),
    (r"nam", "#5"),
    (r"sau", "#6"),
    (r"^khong dong$", "0 d"),
    (r"ruoi", "plus"),
    (r"(#[cx]) plus", r"\1 #5"),
    (r"dong|vnd|vn d|d", "d"),
    (r"nghin|ngan|ngin", "K"),
    (r"trieu|triu|tr|trd", "M"),
    (r"ty|ti|billion", "B"),
    (rf"{AFTER}(?:k|ng)", "K"),
    (rf"{AFTER}(?:cu|chai)", "M"),
    (rf"{AFTER}t", "B"),
    (rf"{AFTER}(?:xi|lit)", "X"),
    (rf"{AFTER}van", "T"),
    (r"(?:half|nua)(?= [KMB])", "0,5"),
    (r"va|(?<=[KMB] )(?:le|linh)", "."),
)

# "hai ba trăm triệu" says from two to three hundred million.
COUPLES = (*pairwise(range(1, 10)), (2, 5), (3, 5), (5, 7))
SPREAD = rules(
    *(
        (rf"(?<!#[0-9cx] )#{low} #{high}((?: #[cx])*) ([KMB])", rf"#{low}\1 \2 ~ #{high}\1 \2")
        for low, high in COUPLES
    ),
)

# "3 đến 4 trăm triệu" says from three hundred million; "50 đến 1 trăm triệu" says what it says.
ONE = r"[1-9](?:[.,][0-9])?|mot1?|hai|ba|bon|tu4?|nam|lam5|sau6?|bay|tam|chin"
ALONE = r"(?<!(?:tram|chuc|muoi) )(?<!#x )(?<!ham )"
SHARED = rules((rf"{ALONE}({ONE}) (den|toi|~|-) ({ONE}) (tram|chuc)", r"\1 \4 \2 \3 \4"))

MINUS = rules((r"(?:am|tru)(?= [0-9])", "minus"))
POINT = re.compile(r"(?<!\S)[.,](?=[0-9])")  # .5 tỷ
SPACED = re.compile(r"(?<!\S)[0-9]{1,3}(?: [0-9]{3})* 000(?!\S)")  # 85 000 000


def marks(text: str) -> str:
    """The text in the marks above; words that they do not cover stay as they are, folded."""
    words = plain(POINT.sub("0,", text))
    for rewriting in (TENS, PHRASES, SHARED, NUMERALS, UNITS, SPREAD):
        words = rewrite(words, rewriting)
    words = rewrite(digits(words, wide=True), MINUS)
    words = SPACED.sub(lambda number: number[0].replace(" ", ""), words)
    return " ".join(word for word in words.split() if word != ".")
