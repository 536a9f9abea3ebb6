"""Greenhouse gas of factories by province and year, from what the factories themselves returned."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Theme, Tiling, Trust, source_field

LAYER = Layer(
    name="carbon",
    title=Text("ก๊าซเรือนกระจกของโรงงานรายจังหวัด", "Factories' greenhouse gas by province"),
    description=Text(
        "ปริมาณเชื้อเพลิงและไฟฟ้าที่โรงงานรายงานรายปี คูณค่าการปล่อยที่ใช้ได้ ณ วันที่ 31 ธันวาคมของปีนั้น"
        " นับเฉพาะโรงงานที่รายงาน ไม่ประมาณส่วนที่ขาด จังหวัดและปีที่ไม่มีรายงานจะไม่ปรากฏ"
        " เผยแพร่เป็นชุดที่ไม่แก้ไขย้อนหลัง รายงานที่มาภายหลังอยู่ในชุดถัดไป"
        " ยอดที่อาจทำให้รู้ข้อมูลของผู้ประกอบการรายเดียว ไม่ว่าจากตัวยอดหรือผลต่างของสองยอด จะไม่เผยแพร่",
        "Fuel and electricity that factories returned for a year, times the emission factor valid"
        " on 31 December of that year. Only factories that reported are counted and nothing is"
        " filled in; a province and year without any return is absent. Figures come in vintages"
        " that stay as they are: what is returned later is in the next. A sum that could tell one"
        " firm's amount, by itself or by the difference of two, is withheld.",
    ),
    licence="not stated by the provider",
    attribution="คำนวณจากรายงานของโรงงานและค่าการปล่อยของ อบก. / factory returns × TGO factors",
    style=Style(
        color="#737373",
        by="tco2e",
        ramp=("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404"),
        fill_opacity=1,
    ),
    sources=("carbon_vintages",),
    stale_after=timedelta(days=500),
    trust=Trust(
        uncertainty=("factories_reported", "quantities_doubted", "quantities_without_factor"),
        estimates=("tco2e",),
        abstained=("withheld", "quantities_doubted", "quantities_without_factor"),
    ),
    fields=(
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("จังหวัด", "Province (Thai)")),
        Field("name_en", Text("จังหวัด (อังกฤษ)", "Province")),
        Field("year", Text("ปี", "Year"), kind="year"),
        Field(
            "tco2e",
            Text("การปล่อยก๊าซเรือนกระจก", "GHG emission"),
            unit="tCO2e",
            description=Text(
                "ขอบเขต 1 และ 2 เป็นตันเต็ม ไม่รวมการเผาชีวมวล ว่างเมื่อไม่มีค่าการปล่อยของสิ่งที่รายงานเลย"
                " หรือเมื่อไม่เผยแพร่",
                "Scope 1 and 2 in whole tonnes, no biomass; empty where nothing returned has an"
                " emission factor, or where it is withheld",
            ),
            decimals=0,
        ),
        Field(
            "scope1_tco2e",
            Text("ขอบเขต 1: เผาในโรงงาน", "Scope 1: burned on the spot"),
            unit="tCO2e",
            decimals=0,
        ),
        Field(
            "scope2_tco2e", Text("ขอบเขต 2: พลังงานที่ซื้อ", "Scope 2: bought"), unit="tCO2e", decimals=0
        ),
        Field(
            "biomass_tco2e",
            Text("CH4 และ N2O ของชีวมวล (แยกต่างหาก)", "CH4 and N2O of biomass, apart"),
            unit="tCO2e",
            description=Text(
                "เป็นขอบเขต 1 แต่แยกไว้ เพราะเป็นสัดส่วนกับ CO2 ชีวภาพ ถ้ารวมกัน"
                " ผลต่างจะบอกเชื้อเพลิงของโรงงานแห่งเดียวได้",
                "Scope 1 as well, and apart, since it is in proportion to biogenic CO2: within one"
                " sum, the difference could tell a single works' fuel",
            ),
            decimals=0,
        ),
        Field(
            "biogenic_tco2",
            Text("CO2 ชีวภาพ (แยกต่างหาก)", "Biogenic CO2, apart"),
            unit="tCO2",
            decimals=0,
        ),
        Field(
            "withheld",
            Text("ไม่เผยแพร่", "Withheld"),
            description=Text(
                "มีผู้ประกอบการน้อยกว่าห้าราย หรือรายหนึ่งใหญ่จนรายอื่นคำนวณยอดของรายนั้นได้ใกล้กว่า 15 %"
                " หรือยอดนี้จะทำให้รู้ยอดอื่นที่ไม่เผยแพร่ ไม่ใช่ศูนย์ และไม่บอกว่าเพราะเหตุใด",
                "Fewer than five firms, or one so large that another could reckon its amount to"
                " within 15 %, or what would tell such a sum; not zero, and it is not said which",
            ),
            values={
                "tco2e": Text("ก๊าซเรือนกระจกและขอบเขต 1 และ 2", "GHG emission, Scope 1 and 2"),
                "biogenic_tco2": Text("ชีวมวลและ CO2 ชีวภาพ", "Biomass and biogenic CO2"),
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
        Field(
            "comparable_to_previous",
            Text("เทียบกับปีก่อนได้", "Comparable with the year before"),
            description=Text(
                "กับปีล่าสุดก่อนหน้าที่เผยแพร่ เทียบไม่ได้ (≠) เมื่อค่าการปล่อยของพลังงานที่ใช้นับไม่เหมือนกัน"
                " การเปลี่ยนฐานไม่ใช่ความก้าวหน้า ว่างเมื่อไม่มีปีก่อนหน้า",
                "With the last year published before it; not so (≠) where the factors of what was"
                " used count something else: a change of basis is no progress. Empty where there is"
                " no year before",
            ),
        ),
        Field("factories_reported", Text("โรงงานที่รายงาน", "Factories that reported")),
        Field(
            "factories",
            Text("โรงงานที่อาจต้องรายงาน", "Factories that could report"),
            description=Text(
                "โรงงานที่ประกอบกิจการตามทะเบียนเมื่อเผยแพร่ รวมกับที่รายงานปีนั้นแล้วหยุดไป"
                " ว่างเมื่อทะเบียนไม่มีโรงงานในจังหวัด",
                "Those that operated in the register at the time of the vintage, and those that"
                " reported for the year and stopped since; empty where the register has none in the"
                " province",
            ),
        ),
        Field(
            "reported_share",
            Text("สัดส่วนโรงงานที่รายงาน", "Share of factories that reported"),
            description=Text(
                "สัดส่วนของโรงงานข้างต้นที่ส่งรายงานของปีนั้น (0–1)",
                "Of those factories, the ones that reported, 0 to 1",
            ),
            kind="share",
        ),
        Field(
            "factories_summed",
            Text("โรงงานในยอดรวม", "Factories in the sum"),
            description=Text(
                "ที่รายงานพลังงานซึ่งมีค่าการปล่อยและน่าเป็นไปได้ ว่างเมื่อยอดไม่เผยแพร่",
                "Those whose returns are plausible and have an emission factor; empty where the sum"
                " is withheld",
            ),
        ),
        Field(
            "factories_with_workers",
            Text("โรงงานในยอดรวมที่ทราบจำนวนคนงาน", "Factories in the sum with known workers"),
        ),
        Field(
            "workers",
            Text("คนงานของโรงงานเหล่านั้น", "Workers of those"),
            description=Text("ตามทะเบียนโรงงาน ณ วันเผยแพร่", "By the register when it was published"),
        ),
        Field(
            "tco2e_per_worker",
            Text("ความเข้มข้นต่อคนงาน", "Intensity by worker"),
            unit="tCO2e",
            description=Text(
                "การปล่อยหารด้วยคนงานที่ทราบ ว่างเมื่อทราบไม่ถึง 95 % ของโรงงานในยอดรวม",
                "Emission over the workers that are known; empty where they are known of less than"
                " 95 % of the factories in the sum",
            ),
            decimals=1,
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
        Field("vintage", Text("ชุดที่เผยแพร่", "Vintage")),
        Field("published_at", Text("เผยแพร่เมื่อ", "Published")),
        Field(
            "returns_as_of",
            Text("รายงาน ณ", "Returns as of"),
            description=Text(
                "ก่อนวันเผยแพร่ได้ เมื่อยอดใหม่จะทำให้รู้รายงานของผู้ประกอบการรายเดียว ยอดเดิมจึงคงอยู่",
                "Before the day of publication where a newer figure would tell one firm's return,"
                " so that the former one stands",
            ),
        ),
        *MADE_FIELDS,
        source_field(factory_returns=Text("รายงานของโรงงาน", "Factory returns")),
    ),
    geometry="area",
    near=False,
    tiling=Tiling(fields=("name_th", "name_en", "year", "tco2e"), order="-year"),
    themes=(Theme.GREEN,),
)
