"""How the form understands what people type: dates, periods, sums and phone numbers.

Pure: what day it is today is passed in. Each reader returns a value or raises ``Invalid``, whose
reason names the message that says what would be right.
"""

from handlers.values.dates import date_of
from handlers.values.money import Range, money_of, show_money
from handlers.values.periods import period_of
from handlers.values.phone import phone_of
from handlers.values.shown import show_date, show_period
from handlers.values.spans import Span

__all__ = [
    "Range",
    "Span",
    "date_of",
    "money_of",
    "period_of",
    "phone_of",
    "show_date",
    "show_money",
    "show_period",
]
