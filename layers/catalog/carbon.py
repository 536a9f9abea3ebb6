"""Greenhouse gas of factories by province and year, from what the factories themselves returned."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme, Tiling, source_field

LAYER = Layer(
    name="carbon",
    title=Text("ก๊าซเรือนกระจกของโรงงานรายจังหวัด", "Factories' greenhouse gas by province"),
    description=Text(
        "ปริมาณเชื้อเพลิงและไฟฟ้าที่โรงงานรายงานรายปี คูณค่าการปล่อยที่ใช้ได้ ณ วันที่ 31 ธันวาคมของปีนั้น"
        " นับเฉพาะโรงงานที่รายงาน ไม่ประมาณส่วนที่ขาด จังหวัดและปีที่ไม่มีรายงานจะไม่ปรากฏ"
        " ยอดที่อาจทำให้รู้ข้อมูลของโรงงานแห่งเดียวจะไม่เผยแพร่",
        "Fuel and electricity that factories returned for a year, times the emission factor valid"
        " on 31 December of that year. Only factories that reported are counted and nothing is"
        " filled in; a province and year without any return is absent. A sum that could tell one"
        " factory's amount is withheld.",
    ),
    licence="not stated by the provider",
    attribution="คำนวณจากรายงานของโรงงานและค่าการปล่อยของ อบก. / factory returns × TGO factors",
    style=Style(
        color="#737373",
        by="tco2e",
        ramp=("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404"),
        fill_opacity=1,
    ),
    sources=("factory_returns",),
    stale_after=timedelta(days=500),
    fields=(
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("จังหวัด", "Province (Thai)")),
        Field("name_en", Text("จังหวัด (อังกฤษ)", "Province")),
        Field("year", Text("ปี", "Year")),
        Field(
            "tco2e",
            Text("การปล่อยก๊าซเรือนกระจก", "GHG emission"),
            unit="tCO2e",
            description=Text(
                "ไม่รวม CO2 ชีวภาพ ว่างเมื่อไม่มีค่าการปล่อยของสิ่งที่รายงานเลย หรือเมื่อไม่เผยแพร่",
                "Without biogenic CO2; empty where nothing returned has an emission factor, or"
                " where it is withheld",
            ),
        ),
        Field("biogenic_tco2", Text("CO2 ชีวภาพ (แยกต่างหาก)", "Biogenic CO2, apart"), unit="tCO2"),
        Field(
            "withheld",
            Text("ไม่เผยแพร่", "Withheld"),
            description=Text(
                "มีโรงงานน้อยกว่าห้าแห่ง หรือแห่งหนึ่งใหญ่จนแห่งอื่นคำนวณยอดของแห่งนั้นได้ใกล้กว่า 15 % ไม่ใช่ศูนย์",
                "Fewer than five factories, or one so large that another could reckon its amount to"
                " within 15 %; not zero",
            ),
            values={
                "tco2e": Text("การปล่อยก๊าซเรือนกระจก", "GHG emission"),
                "biogenic_tco2": Text("CO2 ชีวภาพ", "Biogenic CO2"),
            },
            several=True,
        ),
        Field(
            "factor_basis",
            Text("ฐานของค่าการปล่อยของไฟฟ้า", "Basis of electricity's emission factor"),
            description=Text(
                "ปีที่ฐานต่างกันเทียบกันไม่ได้: ค่า 0.4999 เป็นค่ารวม ค่า 0.4750 เป็นเฉพาะขอบเขต 2"
                " (ส่วนต้นทางอีก 0.0812 อยู่ในขอบเขต 3)",
                "Years of different bases cannot be compared: 0.4999 is combined, 0.4750 is Scope 2"
                " alone (another 0.0812 upstream is Scope 3)",
            ),
            values={
                "combined": Text("ค่ารวม", "Combined"),
                "generation_and_losses": Text("ขอบเขต 2 เท่านั้น", "Scope 2 alone"),
            },
        ),
        Field("factories_reported", Text("โรงงานที่รายงาน", "Factories that reported")),
        Field(
            "factories",
            Text("โรงงานที่อาจต้องรายงาน", "Factories that could report"),
            description=Text(
                "โรงงานที่ประกอบกิจการตามทะเบียนปัจจุบัน รวมกับที่รายงานปีนั้นแล้วหยุดไป"
                " ว่างเมื่อทะเบียนไม่มีโรงงานในจังหวัด",
                "Those that operate in the register as it is now, and those that reported for the"
                " year and stopped since; empty where the register has none in the province",
            ),
        ),
        Field(
            "reported_share",
            Text("สัดส่วนโรงงานที่รายงาน", "Share of factories that reported"),
            description=Text(
                "สัดส่วนของโรงงานข้างต้นที่ส่งรายงานของปีนั้น ซึ่งเป็นโรงงานชุดเดียวกับในยอดรวม (0–1)",
                "Of those factories, the ones that reported and so are in the sum, 0 to 1",
            ),
        ),
        Field(
            "quantities_without_factor",
            Text("รายการที่ไม่มีค่าการปล่อย", "Quantities without an emission factor"),
            description=Text(
                "รายการที่รายงานแต่ไม่อยู่ในผลรวม ไม่ใช่ศูนย์",
                "Returned, yet no part of the sum; not zero",
            ),
        ),
        Field(
            "quantities_doubted",
            Text("รายการที่ไม่น่าเป็นไปได้", "Implausible quantities"),
            description=Text(
                "รายงานมาแต่สูงเกินกว่าที่โรงงานเดียวจะใช้ได้ หรือต่างจากปีอื่นร้อยเท่า จึงไม่อยู่ในผลรวม",
                "Returned, but more than one factory can use, or a hundredfold of its other years:"
                " no part of the sum",
            ),
        ),
        source_field(factory_returns=Text("รายงานของโรงงาน", "Factory returns")),
    ),
    geometry="area",
    near=False,
    tiling=Tiling(fields=("name_th", "name_en", "year", "tco2e"), order="-year"),
    themes=(Theme.GREEN,),
)
