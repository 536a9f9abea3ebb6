"""A scorecard as a file to be cited: data, evidence, method and chart in a zip with its checksums.

For award assessors and PMQA. The same data give the same bytes, so that whoever holds the checksum
can tell later whether what he is shown is what was cited.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from xml.sax.saxutils import escape

from geo_api.http.documents.report_csv import csv_table
from geo_api.http.documents.report_json import encoded
from geo_api.http.documents.scorecard_csv import scorecard_csv
from layers.reports.scorecard import Cell, Scorecard

CHECKSUMS = "SHA256SUMS"
# Of what is frozen no time of the making is told: it would make other bytes of the same data.
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_WIDTH, _ROW, _NAMES = 900, 26, 420


def evidence_zip(scorecard: Scorecard, version: str, address: str) -> bytes:
    """`version` is that of the data, `address` where the scorecard can be asked for again."""
    frozen = replace(scorecard, computed_at=_EPOCH)
    files = {
        "scorecard.json": encoded(frozen),
        "scorecard.csv": scorecard_csv(frozen),
        "evidence.csv": _evidence(frozen),
        "method.md": _method(frozen).encode(),
        "chart.svg": _chart(frozen).encode(),
        "CITATION.txt": _citation(frozen, version, address).encode(),
    }
    files[CHECKSUMS] = _checksums(files).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _checksums(files: Mapping[str, bytes]) -> str:
    """As `sha256sum --check` reads them."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())


def _evidence(scorecard: Scorecard) -> bytes:
    rows = [
        (cell.indicator.code, one.what, one.dated_on, one.office, one.link)
        for cell in scorecard.cells
        for one in cell.evidence
    ]
    return csv_table(("code", "what", "dated_on", "office", "link"), rows)


def _method(scorecard: Scorecard) -> str:
    edition = scorecard.edition
    lines = [
        f"# {edition.name.th} / {edition.name.en}",
        "",
        f"Edition `{edition.id}` of {edition.agency}. Source: {edition.source}."
        + ("" if edition.verified else " Not verified."),
        "Indicative, not a certification. What is declared without evidence is not counted.",
        "",
    ]
    for cell in scorecard.cells:
        one = cell.indicator
        target = "none" if one.target is None else f"{one.better} than or equal to {one.target:g}"
        lines += [
            f"## {one.code}: {one.name.th} / {one.name.en}",
            f"Dimension {one.dimension}; unit {one.unit or 'none'}; target {target}.",
            f"Numerator: {one.numerator or 'not told'}. Denominator: {one.denominator or 'none'}.",
            f"State: {cell.state}; origin: {cell.origin or 'none'}; as of: {cell.as_of}.",
            "",
        ]
    return "\n".join(lines)


def _chart(scorecard: Scorecard) -> str:
    """Each value as a share of its target; what has no value has words in place of a bar."""
    height = _ROW * (len(scorecard.cells) + 1)
    rows = "".join(_bar(cell, number) for number, cell in enumerate(scorecard.cells))
    title = escape(f"{scorecard.town.name.th} {scorecard.year}: {scorecard.edition.id}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' font-family="Sarabun, Noto Sans Thai, sans-serif" font-size="14">'
        f'<title>{title}</title><text x="0" y="18" font-weight="bold">{title}</text>{rows}</svg>\n'
    )


def _bar(cell: Cell, number: int) -> str:
    top = _ROW * (number + 1)
    name = f'<text x="0" y="{top + 18}">{escape(cell.indicator.name.th)}</text>'
    target, value = cell.indicator.target, cell.value
    if value is None or not target:
        told = str(cell.state) if value is None else f"{value:g} {cell.indicator.unit or ''}"
        return f'{name}<text x="{_NAMES}" y="{top + 18}" fill="#5a676d">{escape(told)}</text>'
    long = (_WIDTH - _NAMES - 90) * min(value / target, 1.5) / 1.5
    mark = _NAMES + (_WIDTH - _NAMES - 90) / 1.5
    color = "#1b5c45" if cell.is_met else "#9b1c1c"
    return (
        f'{name}<rect x="{_NAMES}" y="{top + 6}" width="{long:.1f}" height="14" fill="{color}"/>'
        f'<path d="M{mark:.1f} {top + 3}v20" stroke="#14232b" stroke-width="2"/>'
        f'<text x="{_NAMES + long + 6:.1f}" y="{top + 18}">{value:g}</text>'
    )


def _citation(scorecard: Scorecard, version: str, address: str) -> str:
    marked = "SIMULATED DATA, no real events\n" if scorecard.simulated else ""
    told = {
        "town": f"{scorecard.town.name.th} ({scorecard.town.code})",
        "year": scorecard.year,
        "edition": scorecard.edition.id,
        "level by the edition's rules": scorecard.level,
        "level assessed": scorecard.assessed,
        "data version": version,
        "address": address,
    }
    lines = "".join(f"{name}: {value}\n" for name, value in told.items())
    return f"{marked}Fahsai scorecard\n{lines}Check with: sha256sum --check {CHECKSUMS}\n"
