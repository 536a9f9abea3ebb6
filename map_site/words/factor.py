"""Emission factors: the columns of their table, and what their codes mean."""

from layers.model import Text

WORDS = {
    "energy": Text("เชื้อเพลิงหรือไฟฟ้า", "Fuel or electricity"),
    "value": Text("ค่าการปล่อย", "Factor"),
    "basis": Text("ขอบเขตและฐาน", "Scope and basis"),
    "scope": Text("ขอบเขต {scope}", "Scope {scope}"),
    "basis_combustion": Text("การเผาไหม้", "combustion"),
    "basis_combined": Text("ค่ารวม", "combined"),
    "basis_generation_and_losses": Text("การผลิตและการสูญเสีย", "generation and losses"),
    "basis_upstream": Text("ต้นทาง (ไม่อยู่ในผลรวม)", "upstream (no part of the sums)"),
    "quality_secondary_copy": Text(
        "อ่านจากสำเนา ยังไม่ได้ตรวจกับต้นฉบับ", "read in a copy, not checked against TGO"
    ),
    "quality_news": Text(
        "อ่านจากข่าว ยังไม่ได้ตรวจกับประกาศ", "read in the news, not checked against the notice"
    ),
    "biogenic": Text("CO2 ชีวภาพ (กก.)", "Biogenic CO2 (kg)"),
    "valid": Text("ใช้ได้", "Valid"),
    "energy_natural_gas": Text("ก๊าซธรรมชาติ", "Natural gas"),
    "energy_diesel": Text("น้ำมันดีเซล", "Diesel"),
    "energy_gasoline": Text("น้ำมันเบนซิน", "Gasoline"),
    "energy_jet_kerosene": Text("น้ำมันเครื่องบิน", "Jet kerosene"),
    "energy_fuel_oil_a": Text("น้ำมันเตา เกรด A", "Fuel oil A"),
    "energy_fuel_oil_c": Text("น้ำมันเตา เกรด C", "Fuel oil C"),
    "energy_lpg": Text("ก๊าซปิโตรเลียมเหลว", "LPG"),
    "energy_lignite": Text("ถ่านหินลิกไนต์", "Lignite"),
    "energy_sub_bituminous": Text("ถ่านหินซับบิทูมินัส", "Sub-bituminous coal"),
    "energy_anthracite": Text("ถ่านหินแอนทราไซต์", "Anthracite"),
    "energy_bagasse": Text("กากอ้อย", "Bagasse"),
    "energy_fuel_wood": Text("ไม้ฟืน", "Fuel wood"),
    "energy_palm_kernel_shell": Text("กะลาปาล์ม", "Palm kernel shell"),
    "energy_corn_cob": Text("ซังข้าวโพด", "Corn cob"),
    "energy_biogas": Text("ก๊าซชีวภาพ", "Biogas"),
    "energy_grid_electricity": Text("ไฟฟ้าจากโครงข่าย", "Electricity of the grid"),
}
