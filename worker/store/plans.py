"""How a file is to be read: what a developer decides on the Data page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_COLUMN_CODEPOINTS = 500
Column = Annotated[str, Field(max_length=MAX_COLUMN_CODEPOINTS, pattern=r"^[^\x00-\x1f\x7f]+$")]


class FileFormat(StrEnum):
    """The formats that can be imported."""

    JSONL = "jsonl"
    JSON = "json"
    LABEL_STUDIO = "label_studio"
    CSV = "csv"
    TSV = "tsv"
    TXT = "txt"
    CONLL = "conll"
    PARQUET = "parquet"
    SPACY = "spacy"


class OnBadRows(StrEnum):
    """A bad row refuses the whole file, or is left out and listed."""

    REFUSE = "refuse"
    SKIP = "skip"


class Encoding(StrEnum):
    """The encodings that are read; others are converted before upload."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS_1250 = "cp1250"
    WINDOWS_1251 = "cp1251"
    WINDOWS_1252 = "cp1252"
    WINDOWS_1255 = "cp1255"
    WINDOWS_1256 = "cp1256"
    LATIN_1 = "latin-1"
    SHIFT_JIS = "shift_jis"
    EUC_JP = "euc_jp"
    GB18030 = "gb18030"
    BIG5 = "big5"
    EUC_KR = "euc_kr"


class Plan(BaseModel):
    """Columns are keys of JSON objects, cells of a CSV's first row or columns of a Parquet file.

    Formats without columns of their own are read as columns: TXT as the text alone; CoNLL, .spacy
    and Label Studio as `text`, `spans` and what else they hold. `quoted` and `delimiter` are for
    CSV and TSV, `encoding` for what is text. Unless spans `may_overlap`, two that do are a mistake.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: FileFormat
    text_column: Column = "text"
    spans_column: Column | None = None
    choices_column: Column | None = None
    relations_column: Column | None = None
    may_overlap: bool = False
    answer_column: Column | None = None
    meta_columns: Annotated[list[Column], Field(max_length=64)] = []
    encoding: Encoding = Encoding.UTF_8
    delimiter: Annotated[str, Field(pattern=r"^[,;|\t]$")] = ","
    quoted: bool = True
    on_bad_rows: OnBadRows = OnBadRows.REFUSE
