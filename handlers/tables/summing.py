"""The sheet that sums up: blocks of counts, one below the other, and charts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from handlers.tables.summary import GROUPS, Count, Summary

CHARTED = ("state", "month")
WIDTHS = (34, 14, 24)  # of the label, the count, the value
BESIDE, CHART_ROWS = 4, 17  # the column of the charts, and how far below one another they stand
COLOUR = "#4F8A3C"


@dataclass(frozen=True)
class Styles:
    """How the cells of the sheet look."""

    book: Workbook
    head: Format
    count: Format
    money: Format


def sum_up(sheet: Worksheet, summary: Summary, styles: Styles) -> None:
    """Write the blocks, the whole first."""
    for at, wide in enumerate(WIDTHS):
        sheet.set_column(at, at, wide)
    say = summary.library.say
    total = Count(say("table/summary", part="total"), summary.total.count, summary.total.value)
    row = block(sheet, 0, ("", [total]), summary, styles)
    charts = 0
    for group in GROUPS:
        counts = summary.group(group)
        if not counts:
            continue
        title = say("table/summary", part=group)
        if group in CHARTED:
            place = (charts * CHART_ROWS, BESIDE)
            sheet.insert_chart(*place, chart(sheet, row, (title, counts), styles.book))
            charts += 1
        row = block(sheet, row, (title, counts), summary, styles)


def block(
    sheet: Worksheet,
    row: int,
    what: tuple[str, Sequence[Count]],
    summary: Summary,
    styles: Styles,
) -> int:
    """Write one block; return the row at which the next begins."""
    title, counts = what
    heads = (title, *(summary.library.say("table/summary", part=p) for p in ("count", "value")))
    for at, head in enumerate(heads):
        sheet.write_string(row, at, head, styles.head)
    for at, each in enumerate(counts, start=row + 1):
        sheet.write_string(at, 0, each.label)
        sheet.write_number(at, 1, each.count, styles.count)
        sheet.write_number(at, 2, each.value, styles.money)
    return row + len(counts) + 2


def chart(
    sheet: Worksheet, row: int, what: tuple[str, Sequence[Count]], book: Workbook
) -> ChartColumn:
    """Columns for the counts of the block that stands at that row."""
    title, counts = what
    first, last = row + 1, row + len(counts)
    made = book.add_chart({"type": "column"})
    assert isinstance(made, ChartColumn)
    made.add_series(
        {
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 1, last, 1],
            # what is on the disk already cannot be read back, and phones show only what is kept
            "categories_data": [each.label for each in counts],
            "values_data": [each.count for each in counts],
            "data_labels": {"value": True},
            "fill": {"color": COLOUR},
            "gap": 60,
        }
    )
    made.set_title({"name": title, "name_font": {"size": 12}})
    made.set_legend({"none": True})
    made.set_y_axis({"num_format": "0", "major_gridlines": {"visible": False}, "min": 0})
    return made
