"""The vocabulary of the declarations: Text, Field, Style, Layer, Analysis, Source, Record, Row.

Catalog, source and analysis modules import this module and nothing else of ours.
"""

from layers.model.layer import (
    STATION_KIND,
    Analysis,
    Field,
    Layer,
    LayerNotFound,
    Style,
    Text,
    Theme,
    Tiling,
    source_field,
)
from layers.model.record import (
    FIRST_YEAR,
    MISSING,
    BadValue,
    CsvBatch,
    CsvRows,
    Delivery,
    Record,
    Rejected,
    Row,
    UnexpectedPayload,
)
from layers.model.source import (
    Ask,
    Format,
    FormatKind,
    Parse,
    ParseBatch,
    Request,
    Setting,
    Source,
    UnusableSetting,
    row_by_row,
)

__all__ = (
    "FIRST_YEAR",
    "MISSING",
    "STATION_KIND",
    "Analysis",
    "Ask",
    "BadValue",
    "CsvBatch",
    "CsvRows",
    "Delivery",
    "Field",
    "Format",
    "FormatKind",
    "Layer",
    "LayerNotFound",
    "Parse",
    "ParseBatch",
    "Record",
    "Rejected",
    "Request",
    "Row",
    "Setting",
    "Source",
    "Style",
    "Text",
    "Theme",
    "Tiling",
    "UnexpectedPayload",
    "UnusableSetting",
    "row_by_row",
    "source_field",
)
