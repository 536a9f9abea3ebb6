"""The simulated indicators of two fiscal years, so that their page can be seen."""

import numpy as np
import pandas as pd

# Code, names, dimension of MIND, unit, base, target of the newer year, the layer to check it in.
_KPIS = (
    ("1.1", "โรงงานที่มีใบรับรองอุตสาหกรรมสีเขียว (จำลอง)", "Factories with a certificate (simulated)",
     "environment", "แห่ง", 450.0, 650.0, "green_certificates"),
    ("2.1", "ผลิตภัณฑ์ชุมชนที่ได้รับการรับรอง (จำลอง)", "Certified community products (simulated)",
     "community", "รายการ", 300.0, 360.0, "community_products"),
    ("3.1", "สถานประกอบการที่ร่วมโครงการ (จำลอง)", "Businesses in projects (simulated)",
     "business", "แห่ง", 120.0, 200.0, "projects"),
    ("4.1", "เงินกู้ที่อนุมัติ (จำลอง)", "Loans granted (simulated)",
     "income", "ล้านบาท", 80.0, None, "sme_fund"),
)  # fmt: skip
_SHARES = 0.35  # how far the values of provinces lie from each other


def indicators(seed: int, until: pd.Timestamp, provinces: list[str]) -> dict[str, pd.DataFrame]:
    """Rows by staged table, of the fiscal year that `until` lies in and the one before."""
    rng = np.random.default_rng([seed, 33])
    newest = until.year + (until.month >= 10)
    defined, reached = [], []
    for year in (newest - 1, newest):
        for code, th, en, mind, unit, base, target, layer in _KPIS:
            defined.append((year, code, th, en, mind, unit, base, newest - 2, target, layer))
            values = np.round(base / len(provinces) * rng.lognormal(0, _SHARES, len(provinces)))
            reached += [
                (year, code, area, value) for area, value in zip(provinces, values, strict=True)
            ]
            reached.append((year, code, "TH", float(values.sum())))
    columns = ["fiscal_year", "code", "name_th", "name_en", "mind", "unit", "base", "base_year"]
    kpis = pd.DataFrame(defined, columns=[*columns, "target", "layer"]).assign(
        definition="ตัวเลขจำลอง",
        formula="จำลอง",
        better="higher",
        owner="หน่วยงานจำลอง",
        source="demo",
    )
    values = pd.DataFrame(reached, columns=["fiscal_year", "code", "area_code", "value"])
    return {
        "kpi": kpis,
        "kpi_value": values.assign(as_of=str(until.date()), source="demo"),
    }
