"""How people speak of days: rules that rewrite plain words into the few marks of a date.

d m q y w: day, month, quarter, year, week. wd 2 … wd 8: Monday … Sunday. @n: n days from today.
from, to, in, before, after. head, mid, tail, end, firsthalf, lasthalf. this, next, next2, prev,
coming, more. half, plus: a half before and after a unit. no: the text says it states no day. lunar.
"""

from __future__ import annotations

import re

from handlers.values.words import NUMERALS, TENS, digits, listed, plain, rewrite, rules

UNIT = "(?:ngay|bua|hom|tuan|thang|quy|nam)"
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

PHRASES = rules(
    (r"qui|quy thu(?= (?:[0-9]|nhat|hai|ba|tu4?)(?!\S))", "quy"),
    (r"(tuan|quy) (?:thu )?nhat", r"\1 #1"),
    (r"chua|(?:khong|hong|hok|hem|ko|chang|cha) (?:biet|ro|phai|chac|nho|co)", "no"),
    (rf"(?:moi|each|hang) (?:{UNIT}|thu|chu nhat)|mai mot2?|mot2? mai|nay mai", "no"),
    (r"am lich|lich am|lich ta|(?<=chap )ta|al|am|ram|tet(?! (?:tay|duong))", "lunar"),
    (r"duong lich|lich duong|duong|dl|tet|cua", ""),
    (r"(?:ngay )?(?:hom|bua) (?:nay|ni)|bay gio|luc nay|^nay", "@0"),
    (r"(tu|from|den|toi) (?:nay|gio)", r"\1 @0"),
    (r"(tu|from) day", r"\1 @0"),
    (r"(?:hom|bua|ngay) qua", "@-1"),
    (r"(?:hom|bua) kia", "@-2"),
    (r"(?:ngay |bua |hom |sang |chieu )?mai", "@1"),
    (r"(?:ngay |bua )?(?:kia|mot2)", "@2"),
    (r"bat dau|bd|khoi cong|khoi dong|trien khai|(?:ke|tinh) (?:tu|from)", "from"),
    (r"ket thuc|kt|hoan thanh|khanh thanh|hoan tat|cho den|cho toi|xong|den", "to"),
    (r"thuong tuan|dau tien", "dau"),
    (r"trung tuan", "giua"),
    (r"ha tuan|cuoi cung", "cuoi"),
    (r"chu nhat|cn", "wd 8"),
    (rf"({UNIT}) (?:ke tiep|ke|tiep theo|tiep)(?! (?:tu|from))", r"\1 sau"),
    (r"(?:sang|qua) (tuan|thang|quy|nam)(?! [0-9#])", r"\1 sau"),
    (r"thang (?:gieng|mot1?)", "thang #1"),
    (r"thang chap", "thang #x #2"),
)

# What "tư/từ", "năm", "sáu/sau", "một/mốt", "nửa/nữa" and "tới" are, typed without diacritics.
CONTEXT = rules(
    (r"(quy|thang) tu(?! (?:[0-9]|ngay|hom|bua|mung|mong|thang|quy|@))", r"\1 tu4"),
    (r"(thu|mung|mong) tu", r"\1 tu4"),
    (r"tu", "from"),
    (r"(thang|thu|mung|mong|ngay) nam", r"\1 #5"),
    (r"(?<!dau )(?<!cuoi )nam(?= (?:thang|tuan|ngay|bua|nam|muoi|tram)(?!\S))", "#5"),
    (r"(thu|mung|mong) sau", r"\1 #6"),
    (r"thang sau(?= (?:/|nam) [0-9])", "thang #6"),
    (rf"sau(?= {UNIT} (?:more|nua|dau|cuoi|toi|from))", "#6"),
    (r"(quy|thu|mung|mong) mot", r"\1 #1"),
    (rf"mot(?= (?:{UNIT}|[/-]|muoi|tram)(?!\S))", "#1"),
    (r"(?:ngay )?mot", "@2"),
    (r"nua(?= (?:ngay|tuan|thang|quy|nam|dau|cuoi|sau)(?!\S))", "half"),
    (r"nua", "more"),
    (rf"({UNIT}) sau more", r"\1 next2"),
    (rf"((?:dau|giua|cuoi) {UNIT}) toi(?= (?:dau|giua|cuoi|het) )", r"\1 to"),
    (rf"(from (?:dau|giua|cuoi) {UNIT}) toi(?= (?:thang|quy|ngay|[0-9]))", r"\1 to"),
    (rf"({UNIT}) (?:toi|sau)", r"\1 next"),
    (rf"({UNIT}) (?:truoc|ngoai|roi)", r"\1 prev"),
    (r"toi(?: day)?(?=$| (?:nha|nhe|nghe|hen|a|to|from|[,~-])(?!\S))", "coming"),
    (r"toi|(?:sang|qua|ve)(?= (?:[0-9]|thang|quy|tuan|ngay|nam|dau|giua|cuoi|het))", "to"),
    (r"nay", "this"),
)

UNITS = rules(
    (r"thang|thg", "m"),
    (r"ngay|mung|mong|hom|bua", "d"),
    (r"tuan", "w"),
    (r"quy|q", "q"),
    (r"nam", "y"),
    (r"thu", "wd"),
    (r"nghin|ngan", "#k"),
    (r"half dau", "firsthalf"),
    (r"half (?:cuoi|sau)", "lasthalf"),
    (r"dau", "head"),
    (r"giua", "mid"),
    (r"cuoi", "tail"),
    (r"het", "end"),
    (r"truoc", "before"),
    (r"sau", "after"),
    (r"ruoi", "plus"),
    (r"trong|ca|nguyen|tron|suot|toan", "in"),
    (r"va|voi|cung", ","),
    *((rf"(?<=[qm] ){roman}", str(n)) for n, roman in enumerate(ROMANS, start=1)),
    *((roman, str(n)) for n, roman in enumerate(ROMANS, start=1) if len(roman) > 1),
)

# Words left out are put back: "từ tháng 3 đến 5", "thứ hai đến thứ sáu tuần sau", "trong tháng".
ELLIPSES = rules(
    (r"[0-9]{1,2} (?:h|g|gio)(?: [0-9]{1,2})?(?: phut| p| plus)?", ""),
    (r"(?:d )?([0-9]{1,2}) tay(?! (?:m|/))", r"d \1"),
    (r"tay", ""),
    (r"(?:t|th)(?= [2-8] (?:w|this|coming)(?!\S))", "wd"),
    (r"(?:t|th) ([2-8]) (to|~|-) (?:t|wd)(?= [2-8] w )", r"wd \1 \2 wd"),
    (r"half y head", "firsthalf y"),
    (r"half y tail", "lasthalf y"),
    (
        r"(head|mid) (to|~|-) (mid|tail|end) ([wmqy](?: (?:[0-9]+|this|next|prev))?)",
        r"\1 \4 \2 \3 \4",
    ),
    (r"(?:t|th)(?= [0-9])", "m"),
    (r"(?<!wd [2-8] )(?:head |tail )?w (this|next2?) (?:, )?wd ([2-8])", r"wd \2 w \1"),
    (r"(?<![0-9] )m (this|next|prev) (?:, )?(?:in )?d ([0-9]{1,2})", r"d \2 m \1"),
    (r"wd ([2-8]) (to|~|-) wd ([2-8]) w (this|next)", r"wd \1 w \4 \2 wd \3 w \4"),
    (
        r"(?<![0-9] )([qm]) ([0-9]+) (-|~|to|,) ([0-9]{1,2})"
        r"(?! (?:[/-] [0-9]{1,2}(?!\S)|[dwmq]|y(?! (?:[0-9]|this|next|prev))))",
        r"\1 \2 \3 \1 \4",
    ),
    (r"(?<![mq/-] )([0-9]{1,2}) [/-](?= m [0-9])", r"\1"),
    (r"in ([wmqy])(?! (?:[0-9]|this|next|prev))", r"in \1 this"),
    (r",(?= y)", ""),
)

# Words beside "ngày mai" or "tuần sau" that leave them an answer; others ("để mai tính") do not.
FILLERS = listed(
    "nha nhe nghe nghen nhen hen ha a da oi ok luon do di em anh chi bac co chu minh ban dang htx "
    "buoi sang chieu trua khoang chung tam chac se thi du kien lam thuc hien tien hanh to chuc "
    "khai mac vao luc dip giup trong mung le ra quan hop ban giao la duoc roi moi co the ben "
    "ngay gio from to in head mid tail end this coming more d w m q y wd . , ~ -"
)

HALVES = rules((r"([0-9]+)[.,]5 (thang|nam|tuan)", r"\1 \2 ruoi"))
DOT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")


def marks(text: str) -> str:
    """The text in the marks above; words that they do not cover stay as they are, folded."""
    words = COMMA.sub(" , ", DOT.sub(" / ", rewrite(plain(text), HALVES)))
    for rewriting in (TENS, PHRASES, CONTEXT, NUMERALS, UNITS):
        words = rewrite(words, rewriting)
    return rewrite(digits(words), ELLIPSES)
