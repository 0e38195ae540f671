"""Tables that people upload or download, without Django: files in, values with reasons out."""

from fairs.sheets.columns import Column, Matching, match
from fairs.sheets.contacts import Country, Email, Phone, TaxCode
from fairs.sheets.days import read_date
from fairs.sheets.kinds import Choice, Choices, Date, Integer, Kind, Number, Text, Value, YesNo
from fairs.sheets.numerals import Notation, read_number, write_number
from fairs.sheets.packing import pack, unpack
from fairs.sheets.previews import Check, Preview, PreviewRow, Problem, preview
from fairs.sheets.reading import MAX_BYTES, read
from fairs.sheets.refusals import CellCode, CellError, SheetCode, SheetError
from fairs.sheets.table import Cell, Formula, Row, Sheet
from fairs.sheets.wording import clean, escape_cell, fold
from fairs.sheets.write import Page, to_csv, to_workbook, to_xlsx

__all__ = [
    "MAX_BYTES",
    "Cell",
    "CellCode",
    "CellError",
    "Check",
    "Choice",
    "Choices",
    "Column",
    "Country",
    "Date",
    "Email",
    "Formula",
    "Integer",
    "Kind",
    "Matching",
    "Notation",
    "Number",
    "Page",
    "Phone",
    "Preview",
    "PreviewRow",
    "Problem",
    "Row",
    "Sheet",
    "SheetCode",
    "SheetError",
    "TaxCode",
    "Text",
    "Value",
    "YesNo",
    "clean",
    "escape_cell",
    "fold",
    "match",
    "pack",
    "preview",
    "read",
    "read_date",
    "read_number",
    "to_csv",
    "to_workbook",
    "to_xlsx",
    "unpack",
    "write_number",
]
