"""Power plants by fuel and capacity."""

from datetime import timedelta

from layers.model import Attribute, Field, Mapped, Mark, Register, Style, Text

_FUELS = {
    "solar": Text("แสงอาทิตย์", "Solar"),
    "wind": Text("ลม", "Wind"),
    "hydro": Text("น้ำ", "Hydro"),
    "biomass": Text("ชีวมวล", "Biomass"),
    "biogas": Text("ก๊าซชีวภาพ", "Biogas"),
    "waste": Text("ขยะ", "Waste"),
    "natural_gas": Text("ก๊าซธรรมชาติ", "Natural gas"),
    "oil": Text("น้ำมัน", "Oil"),
    "coal": Text("ถ่านหิน", "Coal"),
    "other": Text("อื่น ๆ", "Other"),
}
_STATUSES = {
    "operational": Text("เดินเครื่อง", "Operational"),
    "under_development": Text("กำลังพัฒนา", "Under development"),
    "closed": Text("เลิกเดินเครื่อง", "Closed"),
}
_COLORS = {
    "solar": "#e6ab02", "wind": "#66c2a5", "hydro": "#2166ac", "biomass": "#1b7837",
    "biogas": "#7fbf7b", "waste": "#8c510a", "natural_gas": "#762a83", "oil": "#b2182b",
    "coal": "#252525", "other": "#969696",
}  # fmt: skip

REGISTER = Register(
    name="power_plants",
    table="power_plant",
    title=Text("โรงไฟฟ้า", "Power plants"),
    description=Text(
        "โรงไฟฟ้าตามเชื้อเพลิงและกำลังผลิต ตามที่ฐานข้อมูลให้มา บางแห่งใช้พิกัดเดียวกัน โรงไฟฟ้าที่ไม่ทราบพิกัดไม่อยู่บนแผนที่",
        "Power plants by fuel and capacity as the database gives them. Some share one point; those"
        " whose place is not known are on no map.",
    ),
    licence="CC-BY-4.0",
    attribution="World Resources Institute, Global Power Plant Database",
    url="https://github.com/wri/global-power-plant-database",
    style=Style("#737373", by="fuel", colors=_COLORS, mark=Mark("square")),
    attributes=(
        Attribute(
            Field("fuel", Text("เชื้อเพลิง", "Fuel"), values=_FUELS),
            "code",
            needed=True,
            written=("เชื้อเพลิง",),
            spelt={"Bituminous Coal": "coal"},
        ),
        Attribute(
            Field("capacity_mw", Text("กำลังผลิต", "Capacity"), "MW"),
            "number",
            low=0.001,
            high=10_000,
            written=("กำลังผลิต", "กำลังผลิต (MW)"),
        ),
        Attribute(Field("technology", Text("เทคโนโลยี", "Technology")), written=("เทคโนโลยี",)),
        Attribute(
            Field("owner", Text("เจ้าของ", "Owner")),
            written=("เจ้าของ", "ผู้ประกอบการ"),
        ),
        Attribute(
            Field("status", Text("สถานะ", "Status"), values=_STATUSES), "code", written=("สถานะ",)
        ),
        Attribute(
            Field(
                "commissioned",
                Text("ปีที่เริ่มเดินเครื่อง", "Commissioned"),
                description=Text("ตามที่ให้มา อาจเป็นช่วงปี", "As given: a year, or several"),
            ),
            written=("ปีที่เริ่มเดินเครื่อง",),
        ),
    ),
    stale_after=timedelta(days=400),
    near=True,
    mapped=(
        Mapped(
            "Power Plant ID",
            {
                "Fuel": "fuel",
                "Generator Technology": "technology",
                "Capacity (MW)": "capacity_mw",
                "Commissioning Date": "commissioned",
                "Owner": "owner",
                "Operational Status": "status",
                "Latitude": "lat",
                "Longitude": "lon",
                "URL": "reference",
            },
            ignored=frozenset(
                {
                    *("Secondary Fuel", "Units", "Location", "Annual Generation (GWh)"),
                    *("Year of Data", "Generation Data Source", "Cooling Technology"),
                    *("Cooling Source", "Fuel Consumption (g/kWh)", "CO2 Annual Reported"),
                    *("CO2 Specific Emissions (tCO2/MWh)", "Efficiency", "Other", "Source"),
                    *("Source 2", "URL 2", "Peak Load (MW)", "Load Factor", "Capacity Factor"),
                    *("Availability", "Grid Connection (kV)", "Grid Balancing Area", "Address"),
                    *("Municipality", "Postal Code", "Country", "Natural Language"),
                    "Geolocation Source",
                }
            ),
        ),
    ),
)
