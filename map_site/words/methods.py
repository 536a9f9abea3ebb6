"""How each number comes about. Amounts are filled in from the code that reckons with them: none is
written here, but for what a law or a standard is called."""

from layers.model import Text

WORDS = {
    "title": Text("วิธีคำนวณ", "Methods"),
    "lead": Text(
        "ตัวเลขแต่ละตัวหมายถึงอะไร คำนวณอย่างไร และพิสูจน์อะไรไม่ได้ ตัวเลขในหน้านี้อ่านจากโปรแกรมที่ใช้คำนวณจริง",
        "What each number is, how it is reckoned, and what it cannot prove. The amounts on"
        " this page"
        " are read from the program that reckons with them.",
    ),
    "topics": Text("หัวข้อ", "Topics"),
    "by": Text("ที่มา", "By"),
    "day": Text("วันหนึ่งคืออะไร", "What a day is"),
    "day_1": Text(
        "วันหนึ่งคือ 24 ชั่วโมงจนถึง {hour} น. ของวันนั้นตามเวลาประเทศไทย เพราะเป็นเวลาที่เจ้าหน้าที่เริ่มงาน"
        " ทุกหน้าและทุกไฟล์ที่บันทึกจากหน้าแผนที่ตัดวันที่เวลาเดียวกัน"
        " ส่วนวันที่ที่เขียนโดยไม่มีเวลาในชั้นข้อมูล (/ogc) และในไลบรารี Python คือวันตามปฏิทินนับจากเที่ยงคืน",
        "A day is the 24 hours until {hour} of that date in Thailand, when officers begin their"
        " work. Every page, and every file that is saved from a map, cuts the days there. A date"
        " without a time in the layers (/ogc) and in the Python library is the day of the calendar,"
        " from midnight.",
    ),
    "day_2": Text(
        "ค่าที่ทราบเพียงเดือน เช่น ข้อร้องเรียน นับเป็นรายเดือนเท่านั้น ไม่ถูกนับเข้าวันหรือสัปดาห์ใด",
        "What is known by month alone, as complaints are, is counted by the month and never into a"
        " day or a week.",
    ),
    "hotspots": Text("จุดความร้อนไม่ใช่จำนวนไฟ", "Hotspots are not a number of fires"),
    "hotspots_1": Text(
        "จุดความร้อนคือจุดภาพที่ดาวเทียมเห็นว่าร้อนผิดปกติ ({satellites}) จุดบนแผนที่คือกึ่งกลางจุดภาพ"
        " ไม่ใช่ตำแหน่งไฟ ไฟกองเดียวอาจเป็นหลายจุด และดาวเทียมหลายดวงอาจเห็นไฟเดียวกัน",
        "A hotspot is a pixel that a satellite saw as unusually hot ({satellites}). The"
        " point is the"
        " centre of the pixel, not the fire. One fire may be several hotspots, and several"
        " satellites may see one fire.",
    ),
    "hotspots_2": Text(
        "การใช้ที่ดินใต้จุดเป็นการจำแนกของ GISTDA จุดที่ GISTDA ยังไม่จำแนกไม่มีค่า ไม่ถูกนับเป็นประเภทใด",
        "The land use under a hotspot is GISTDA's. One that GISTDA has not classified has"
        " none, and"
        " counts into no class.",
    ),
    "seen": Text("ไม่พบ ไม่ได้แปลว่าไม่มี", "Not seen is not none"),
    "seen_1": Text(
        "ดาวเทียมเห็นเฉพาะไฟที่ลุกอยู่ตอนผ่าน วันละไม่กี่ครั้ง และมองไม่ผ่านเมฆ"
        " การไม่พบจุดความร้อนจึงไม่ได้ยืนยันว่าไม่มีการเผา",
        "A satellite sees what burns as it passes, a few times a day, and not through"
        " clouds: that no"
        " hotspot was found does not prove that nothing burned.",
    ),
    "seen_2": Text(
        "หน้าจอแยกห้าอย่างนี้ออกจากกันเสมอ: ศูนย์, ไม่พบ, ไม่มีสถานี, ข้อมูลล่าช้า และน้อยเกินกว่าจะบอกได้"
        " สิ่งที่ไม่ทราบแสดงเป็นขีดและลายขีด ไม่ใช่ศูนย์",
        "Five things are always told apart: zero, not seen, no station, late, and too few to say."
        " What is not known is a dash and a hatch, never a zero.",
    ),
    "compare": Text("การเปรียบเทียบ", "Comparisons"),
    "compare_1": Text(
        "เทียบกับค่าเฉลี่ยต่อวันของ 7 วันก่อนหน้า และกับวันเดียวกันของฤดูก่อน ฐานที่ต่ำกว่า {base}"
        " บอกเป็นจำนวนที่ต่างกัน ไม่บอกเป็นร้อยละ ข้อมูลที่ล่าช้าไม่ถูกนำไปเทียบ",
        "A value is compared with the daily mean of the 7 days before, and with the same"
        " days last"
        " season. A base below {base} gives a count, not a percentage. What is late is not"
        " compared.",
    ),
    "season": Text("ฤดูเผา", "The burning season"),
    "season_1": Text(
        "ฤดูเผาเริ่ม {first} และจบสิ้นเดือน {last} เรียกชื่อตามปีที่เริ่มและปีที่จบ เช่น ฤดู {example}",
        "The burning season begins on {first} and ends with {last}. It is named by the"
        " years in which"
        " it begins and ends, as {example}.",
    ),
    "air": Text("ฝุ่น PM2.5 และดัชนีคุณภาพอากาศไทย", "PM2.5 and the Thai air quality index"),
    "air_1": Text(
        "ค่า PM2.5 คือค่าเฉลี่ย 24 ชั่วโมงของสถานี ต้องมีข้อมูลอย่างน้อย {hours} ชั่วโมง มิฉะนั้นไม่แสดงค่า"
        " มาตรฐานคือไม่เกิน {standard} µg/m³ ตั้งแต่ {since} (ก่อนหน้านั้น {before} µg/m³)",
        "PM2.5 is a station's mean of 24 hours, of which at least {hours} must have been"
        " measured;"
        " otherwise none is given. The standard is {standard} µg/m³ at most since {since}"
        " ({before} µg/m³ before).",
    ),
    "air_2": Text(
        "สีและระดับเป็นของประกาศกรมควบคุมมลพิษ พ.ศ. 2566 ไม่ใช่ของประเทศอื่น สถานีหนึ่งบอกค่าของสถานีนั้น"
        " ไม่ใช่ของทั้งจังหวัด",
        "Colours and classes are those of PCD's notice of B.E. 2566 and of no other country. A"
        " station speaks for itself, and not for a whole province.",
    ),
    "air_by": Text(
        "ประกาศกรมควบคุมมลพิษ เรื่อง ดัชนีคุณภาพอากาศของประเทศไทย พ.ศ. 2566 ราชกิจจานุเบกษา เล่ม 140"
        " ตอนพิเศษ 157 ง",
        "PCD's notice on the air quality index of Thailand B.E. 2566, Royal Gazette vol."
        " 140 special"
        " part 157 ง",
    ),
    "aqi_class": Text("ระดับ", "Class"),
    "aqi_from": Text("PM2.5 เฉลี่ย 24 ชั่วโมง (µg/m³)", "PM2.5, 24-hour mean (µg/m³)"),
    "aqi_before": Text("ก่อน {since}", "Before {since}"),
    "aqi_up": Text("ตั้งแต่ {low}", "{low} and more"),
    "surface": Text("พื้นผิว PM2.5", "The PM2.5 surface"),
    "surface_1": Text(
        "ค่าระหว่างสถานีประมาณด้วยคริกิงแบบสามัญ (ordinary kriging) ของรากที่สอง"
        " ใช้แวริโอแกรมแบบเอกซ์โพเนนเชียลที่มีพิสัย {range} กม. และความแปรปรวนของวันหรือชั่วโมงนั้นเอง"
        " ต้องมีอย่างน้อย {stations} สถานี"
        " สีจางลงเป็นขั้นเมื่อห่างสถานีที่ใกล้ที่สุดเกิน {paler} กม. ไม่ประมาณค่าเมื่อห่างเกิน {reach} กม."
        " หรือเมื่อความคลาดเคลื่อนมาตรฐานเกินทั้ง {error} µg/m³ และร้อยละ {share} ของค่า"
        " เป็นการคัดกรองเบื้องต้น ไม่ใช่ค่าที่ตรวจวัด",
        "Between stations PM2.5 is estimated by ordinary kriging of square roots, with an"
        " exponential variogram whose range is {range} km and whose variance is that of the day's"
        " or hour's own values; there must be {stations} stations. The colour pales by steps where"
        " the nearest station is more than {paler} km away. Nothing is estimated"
        " beyond {reach} km, nor where the standard error exceeds both {error} µg/m³ and"
        " {share} per cent of the value. It is for screening, and no measurement.",
    ),
    "surface_2": Text(
        "ค่าจริงที่สถานีหนึ่งจะวัดได้ควรอยู่ในช่วง ± ความคลาดเคลื่อนมาตรฐานราวสองในสาม"
        " กับพื้นผิวทุกภาพบอกไว้ว่า เมื่อประมาณแต่ละสถานีจากสถานีอื่นทั้งหมด คลาดเคลื่อนเท่าใด (รากของกำลังสองเฉลี่ย)"
        " และกี่สถานีอยู่ในช่วงนั้นจริง",
        "What a station would measure should lie within ± the standard error about two times in"
        " three. Each surface tells what is found when every station is estimated from all the"
        " others: the root mean square error, and how many stations did lie within.",
    ),
    "surface_by": Text(
        "Matheron, G. (1963): Principles of geostatistics. Economic Geology 58, 1246–1266",
        "Matheron, G. (1963): Principles of geostatistics. Economic Geology 58, 1246–1266",
    ),
    "upwind": Text("เหนือลม", "Upwind"),
    "upwind_1": Text(
        "ไฟอยู่เหนือลมของโรงงาน เมื่ออยู่ห่างไม่เกิน {within} กม. และอยู่ในมุม ±{angle}° ของทิศที่ลมพัดมา"
        " ลมต้องไม่ต่ำกว่า {calm} ม./วินาที",
        "A fire is upwind of a factory if it lies within {within} km, and within ±{angle}°"
        " of where"
        " the wind comes from. The wind must be {calm} m/s or more.",
    ),
    "upwind_2": Text(
        "ลมเป็นของสถานีที่ใกล้ที่สุดไม่เกิน {station} กม. และไม่เก่ากว่า {hours} ชั่วโมง หากลมอ่อนหรือไม่มีสถานี"
        " จะไม่ตัดสิน ไม่นับว่าปลอดภัย",
        "The wind is that of the nearest station within {station} km, no older than {hours}"
        " hours."
        " Where it is calm or there is no station, nothing is judged: the factory does not"
        " count as"
        " clear.",
    ),
    "upwind_3": Text(
        "เป็นการคัดกรอง ไม่ใช่แบบจำลองการแพร่กระจาย ไม่ได้บอกว่าควันมาถึง และไม่ได้บอกว่าใครเป็นต้นเหตุ",
        "It is a screening and no dispersion model: it does not say that smoke arrived, nor"
        " who is"
        " the cause.",
    ),
    "rates": Text("อัตราส่วนของโรงงาน", "Rates of factories"),
    "rates_1": Text(
        "จังหวัดหรือพื้นที่ที่มีโรงงานน้อยกว่า {factories} แห่งไม่แสดงอัตราส่วนและไม่ถูกจัดอันดับ"
        " เพราะไม่กี่แห่งทำให้ร้อยละแกว่งมาก"
        " และอาจบอกถึงโรงงานรายแห่ง อัตราส่วนแสดงจำนวนจริงกำกับเสมอ",
        "An area of fewer than {factories} factories has no rate and no rank: a few make"
        " percentages"
        " leap, and could tell of a single one. A rate always comes with its counts.",
    ),
    "complaints": Text("ข้อร้องเรียนและความเป็นส่วนตัว", "Complaints and privacy"),
    "complaints_1": Text(
        "ไม่เผยแพร่ข้อร้องเรียนรายเรื่อง มีเพียงสี่ตารางของจำนวนครัวเรือน: เดือน × จังหวัด ไตรมาส × อำเภอ"
        " ปี × ตำบล และไตรมาส × จังหวัด × ประเภท × จัดการทันเวลาหรือไม่"
        " เมื่อเรื่องมีน้อยจะนับเป็นพื้นที่หรือช่วงเวลาที่กว้างขึ้นตามลำดับที่ประกาศ ซึ่งกำหนดล่วงหน้าทั้งปี",
        "No single complaint is published. There are four tables of homes: month × province,"
        " quarter × district, year × sub-district, and quarter × province × category × dealt with"
        " in time or not. Where complaints are few, wider areas and longer periods are counted,"
        " in a declared order and fixed for a year ahead.",
    ),
    "complaints_2": Text(
        "ครัวเรือนคือผู้ร้องที่ยืนยันแล้ว หรือตำแหน่งที่ปัดเป็นช่องราว {place} ม. นับครั้งเดียวต่อตารางและช่วงเวลา"
        " แถวแสดงเมื่อมีอย่างน้อย {least} ครัวเรือน และเมื่อบวกค่าสุ่มเรขาคณิตสองด้านแล้วถึงเกณฑ์ของตาราง",
        "A home is a contact that was verified, else its place rounded to about {place} m, and"
        " counts once in a table and period. A row is shown where at least {least} homes stand"
        " behind it and their number, with two-sided geometric noise, reaches the table's"
        " threshold.",
    ),
    "complaints_3": Text(
        "ค่าสุ่มสุ่มครั้งเดียวด้วยตัวสร้างของระบบ สิ่งที่เปิดเผยแล้วไม่เปลี่ยน เรื่องที่เข้ามาช้านับเมื่อได้รับ"
        " การอยู่ใกล้โรงงานไม่ได้แสดงว่าโรงงานเป็นต้นเหตุ",
        "The noise is drawn once, by the system's own generator; what was released is never"
        " changed, and what comes late counts when it is received. Being near a factory does not"
        " make it the cause.",
    ),
    "complaints_4": Text(
        "สิ่งที่ไม่ได้ป้องกัน: เจ้าหน้าที่ที่มีคนเห็นว่ามาเยี่ยม และครัวเรือนที่ร้องเรียนทุกช่วงเวลา"
        " ต่อผู้ที่รู้ของบ้านอื่นทั้งหมด ค่าที่ใช้เป็นข้อมูลที่มีวันทบทวน ดูได้ที่หน้าข้อร้องเรียน",
        "Not protected: an officer who is seen to visit; and a home that complains in every period,"
        " against somebody who knows of all others. The parameters are data with a day of review:"
        " see the page of complaints.",
    ),
    "complaints_by": Text(
        "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 22 (เก็บเท่าที่จำเป็น)",
        "Personal Data Protection Act B.E. 2562, section 22 (no more than the purpose needs)",
    ),
    "effect": Text("การรับรองทำให้ข้อร้องเรียนลดลงหรือไม่", "Whether certification lowered complaints"),
    "effect_1": Text(
        "เทียบโรงงานแต่ละแห่งกับตนเองก่อนได้รับการรับรอง"
        " และเทียบแต่ละเดือนกับโรงงานที่ไม่ได้รับการรับรองในจังหวัดเดียวกันและขนาดใกล้เคียงกัน"
        " โรงงานที่ไม่เคยมีข้อร้องเรียนไม่บอกอะไร จึงไม่ถูกนับ",
        "Each factory is compared with itself before, and each month with factories of the same"
        " province and of like size that were not certified. A factory that never had a complaint"
        " tells nothing, and is left out.",
    ),
    "effect_2": Text(
        "แสดงผลเป็นร้อยละเมื่อมีโรงงานที่ได้รับการรับรองและมีข้อร้องเรียนอย่างน้อย {factories} แห่ง"
        " มีข้อร้องเรียนหลังการรับรองอย่างน้อย {complaints} เรื่อง และผลต่างจากศูนย์ที่ระดับนัยสำคัญ {alpha}%"
        " หากน้อยกว่านั้น บอกเพียงว่าการสุ่มแจกใบรับรองให้ผลเช่นนี้บ่อยเพียงใด",
        "An effect is shown only of at least {factories} certified factories with complaints, with"
        " {complaints} complaints after, and where it differs from none at the level of {alpha}%."
        " Of fewer it says only how often certificates dealt out at random would look the same.",
    ),
    "effect_3": Text(
        "ถ้าข้อร้องเรียนของโรงงานเหล่านั้นเปลี่ยนไปอยู่แล้วก่อนการรับรอง"
        " หรือถ้าแนวโน้มที่การทดสอบมองไม่เห็นถึงครึ่งหนึ่งของครั้ง"
        " อาจทำให้เห็นผลเท่านี้ได้เอง จะไม่แสดงผลและบอกเหตุผล",
        "Where complaints of the certified moved apart already before, or where a trend that the"
        " test misses half the time could have made as much, no effect is shown, and why is said.",
    ),
    "effect_4": Text(
        "พิสูจน์ไม่ได้ว่าเป็นเพราะใบรับรอง หากมีสิ่งอื่นเกิดขึ้นพร้อมกันในโรงงานเดียวกัน เช่น ปิดสายการผลิต",
        "It cannot tell the certificate from what comes with it in the same factories, such as a"
        " line that is closed.",
    ),
    "effect_by": Text(
        "Wooldridge 2023; Roth 2022; MacKinnon, Nielsen และ Webb 2023",
        "Wooldridge 2023; Roth 2022; MacKinnon, Nielsen and Webb 2023",
    ),
    "clusters": Text("คลัสเตอร์อุตสาหกรรม", "Clusters of industry"),
    "clusters_1": Text(
        "ค่าสัมประสิทธิ์แหล่งที่ตั้ง LQ = (e / E) ÷ (n / N) เมื่อ e คือโรงงานของคลัสเตอร์ในจังหวัด"
        " E คือโรงงานทั้งหมดในจังหวัด n และ N คือของทั้งประเทศ มากกว่าหนึ่งคือจังหวัดมีสัดส่วนสูงกว่าประเทศ",
        "Location quotient LQ = (e / E) ÷ (n / N), with e the cluster's factories in the province,"
        " E all of its factories, n and N the country's: above one the province has the larger"
        " share.",
    ),
    "clusters_2": Text(
        "นับโรงงานที่ดำเนินการและมีรหัส TSIC ห้าหลักในทะเบียน ไม่ใช่คนงานหรือผลผลิต"
        " จังหวัดที่มีน้อยกว่า {factories} แห่งไม่บอก",
        "Counted are operating factories with the five digits of TSIC in the register, not workers"
        " or what is made; of fewer than {factories} in a province none is told.",
    ),
    "clusters_3": Text(
        "รหัสของคลัสเตอร์ระบบนี้เลือกเอง: {codes} ไม่พบบัญชีรหัสทางการของอุตสาหกรรมใหม่ จึงยังไม่ได้ตรวจสอบ",
        "Which codes are of a cluster is our choice: {codes}. We found no official list of the new"
        " industries' codes: not verified.",
    ),
    "waste": Text("กระแสกากอุตสาหกรรม", "Flows of waste"),
    "waste_1": Text(
        "ตันของกากที่ขนย้ายในปีหนึ่ง จากจังหวัดหนึ่งไปอีกจังหวัดหนึ่ง แยกอันตรายและไม่อันตราย"
        " พร้อมผลรวมที่ส่งออกจากและรับเข้าแต่ละจังหวัด รายการที่ไม่น่าเป็นไปได้ไม่อยู่ในผลรวม",
        "Tonnes of waste moved in a year from province to province, hazardous and other apart, with"
        " what each province sends and receives in all. A load that can hardly be is in no sum.",
    ),
    "waste_2": Text(
        "ยอดที่มีผู้ส่งหรือผู้รับน้อยกว่าห้าโรงงาน หรือรายหนึ่งครอบงำ (กฎ p %) ไม่เผยแพร่"
        " และยอดอื่นที่จะทำให้คำนวณยอดนั้นได้ก็ไม่เผยแพร่ด้วย ทั้งมองจากฝั่งผู้ส่งและฝั่งผู้รับ",
        "A sum of fewer than five senders or receivers, or dominated by one (p % rule), is"
        " withheld, and so is whatever would let it be reckoned, seen from the senders' side and"
        " from the receivers'.",
    ),
    "waste_3": Text(
        "ตัวเลขที่เผยแพร่แล้วถูกแทนที่เมื่อผลต่างไม่บอกว่ารายใดเปลี่ยนเท่าใดเท่านั้น ไม่ป้องกันผู้ที่รวมข้อมูลกัน"
        " และผู้ที่รู้ทั้งที่ตนส่งและที่ผู้รับแต่ละรายรับจากตน",
        "A published figure is replaced only where the difference tells of nobody. Not guarded"
        " against: those who pool what they know, and what a sender knows of its own receivers.",
    ),
    "waste_4": Text(
        "ดุลของกากคือที่รับเข้าลบที่ส่งออกของจังหวัด บอกเมื่อทั้งสองยอดเผยแพร่"
        " ของเมืองอุตสาหกรรมเชิงนิเวศไม่เผยแพร่ เพราะเมื่อวางข้างยอดของจังหวัดจะทำให้รู้ข้อมูลของโรงงานเดียว",
        "A province's balance of waste is what it receives less what it sends, told where both are"
        " published. An eco-town's is withheld: beside its province's it would tell of one"
        " factory.",
    ),
    "waste_by": Text(
        "Hundepool และคณะ, Statistical Disclosure Control",
        "Hundepool et al., Statistical Disclosure Control",
    ),
    "carbon": Text("ก๊าซเรือนกระจก", "Greenhouse gas"),
    "carbon_1": Text(
        "ปริมาณเชื้อเพลิงและไฟฟ้าที่โรงงานรายงานรายปี คูณค่าการปล่อยที่ใช้ได้ ณ วันที่ 31 ธันวาคมของปีนั้น"
        " CO2 ชีวภาพแยกไว้ต่างหาก ไม่รวมในผลรวม",
        "Fuel and electricity that factories returned for a year, times the emission factor"
        " valid on"
        " 31 December of that year. Biogenic CO2 is told apart and no part of the sum.",
    ),
    "carbon_2": Text(
        "นับเฉพาะโรงงานที่ส่งรายงาน ไม่ประมาณส่วนที่ขาด จึงบอกสัดส่วนโรงงานที่รายงานกำกับทุกครั้ง"
        " จังหวัดที่ไม่มีรายงานไม่ใช่ศูนย์ รายการที่ไม่มีค่าการปล่อยถูกนับแยกไว้ ค่าของโรงงานรายแห่งไม่เผยแพร่",
        "Only factories that reported are counted and nothing is filled in, so that the"
        " share that"
        " reported is always told. A province without returns is not zero. Quantities without a"
        " factor are counted apart. A single factory's figure is not published.",
    ),
    "carbon_3": Text(
        "ยอดที่มีผู้ประกอบการน้อยกว่าห้าราย หรือที่รายหนึ่งใหญ่จนรายอื่นคำนวณยอดของรายนั้นได้ใกล้เคียง จะไม่เผยแพร่"
        " (กฎ p %) และยอดอื่นที่จะทำให้รู้ยอดนั้นก็ไม่เผยแพร่ด้วย ปีที่ค่าการปล่อยนับไม่เหมือนกันไม่นำมาเทียบกัน (≠)"
        " เพราะการเปลี่ยนฐานไม่ใช่ความก้าวหน้า",
        "A sum of fewer than five firms, or with one so large that another could closely reckon its"
        " amount, is withheld (p % rule), and so is whatever would tell such a sum. Years whose"
        " factors count something else are not compared (≠): a change of basis is no progress.",
    ),
    "carbon_4": Text(
        "ยอดเผยแพร่เป็นชุดที่ไม่แก้ไขย้อนหลัง รายงานที่มาช้าหรือแก้ไขอยู่ในชุดถัดไป และเฉพาะเมื่อผลต่างของสองชุดไม่บอกว่า"
        "รายใดเปลี่ยนเท่าใด มิฉะนั้นยอดเดิมคงอยู่ การเผาชีวมวลแยกจากยอดรวมทั้งหมด เพราะเป็นสัดส่วนกับ CO2 ชีวภาพ"
        " ผลต่างของสองยอดจะบอกเชื้อเพลิงของโรงงานแห่งเดียวได้",
        "Figures come in vintages that stay as they are. Late and revised returns are in the next"
        " one, where the difference between the two does not tell what a firm changed; elsewhere"
        " the former figure stands. All of biomass is apart from the sum: it is in proportion to"
        " biogenic CO2, and the difference of the two could tell a single works' fuel.",
    ),
    "carbon_5": Text(
        "รายจังหวัดและรายอุตสาหกรรม (สองหลักแรกของ TSIC) เป็นผลรวมสองทางของตารางเดียวกันและปกปิดร่วมกัน"
        " ช่องของจังหวัดคูณอุตสาหกรรมไม่เผยแพร่เลย รายนิคม เมืองเชิงนิเวศ และผลิตภัณฑ์ไม่เผยแพร่"
        " เพราะเมื่อวางข้างกันจะทำให้รู้ข้อมูลของรายเดียว",
        "Provinces and industries (the first two digits of TSIC) are totals of one table and are"
        " guarded together; a cell of one province and one industry is never published. By estate,"
        " eco-town and product nothing is: beside the others such sums would tell of single firms.",
    ),
    "carbon_6": Text(
        "ความเข้มข้น = ตัน CO2e ÷ คนงานตามทะเบียนของโรงงานในยอดรวม แสดงเมื่อทราบจำนวนคนงาน"
        "อย่างน้อย {workers} % ของโรงงานเหล่านั้น ไม่ใช้ผลผลิตเพราะหน่วยต่างกัน และเป็นยอดที่ต้องปกปิดอีกยอดหนึ่ง",
        "Intensity = t CO2e ÷ workers by the register of the factories in the sum, told where at"
        " least {workers} % of those have known workers. Not by product: units differ, and its"
        " tonnes would be one more sum to guard.",
    ),
    "carbon_by": Text(
        "ค่าการปล่อยขององค์การบริหารจัดการก๊าซเรือนกระจก (อบก.) เมษายน 2565 และค่าไฟฟ้าที่ประกาศสำหรับปี 2569",
        "Emission factors of TGO, April 2022, and the grid's as announced for 2026",
    ),
    "scorecard": Text("ตัวชี้วัดเมืองอุตสาหกรรมเชิงนิเวศ", "Scorecards of eco-industrial towns"),
    "scorecard_1": Text(
        "เกณฑ์แต่ละฉบับเป็นข้อมูลที่นำเข้า พร้อมปีที่ใช้และที่มา ชื่อตัวชี้วัดที่ไม่มีแหล่งใดให้ไว้จะไม่ถูกแต่งขึ้น"
        " ค่าที่เมืองแจ้งนับเมื่อมีหลักฐานซึ่งหน่วยงานถือไว้และยังไม่ถูกถอน เมื่อไม่มี ช่องนั้นจะว่า “ไม่มีหลักฐาน”",
        "An edition of criteria is data with its years and its source; indicators that no"
        " source names are not made up. What a town declares counts while an office holds"
        " evidence of it that was not withdrawn; without, the cell says “no evidence”.",
    ),
    "scorecard_2": Text(
        "ฉบับที่คำนวณจากแผนที่เป็นของระบบนี้เอง: ครัวเรือนที่ร้องเรียนในพื้นที่ที่เมืองตั้งอยู่ต่อโรงงานพันแห่ง"
        " วันที่ PM2.5 เกินมาตรฐานของสถานีในเมือง"
        " จุดความร้อนในเขต และสัดส่วนโรงงานที่มีใบรับรอง นับตามปีปฏิทิน โรงงานเป็นของทะเบียนวันนี้"
        " เมืองที่มีโรงงานน้อยกว่า {factories} แห่งไม่มีอัตรา ยอดก๊าซและของเสียของเมืองไม่เผยแพร่"
        " เพราะเมื่อหักจากยอดจังหวัดจะบอกค่าของโรงงานเดียวได้",
        "The edition computed from the map is our own: homes that complained in the area that"
        " holds the town per thousand factories, days of PM2.5 above the standard at the town's"
        " station, hotspots within, and the share of factories with a certificate, by calendar"
        " year, of the factories that the"
        " register has today. A town with fewer than {factories} factories has no rate. Tonnes"
        " of gas and waste of a town are withheld: taken from the province's they would tell"
        " of single factories.",
    ),
    "scorecard_3": Text(
        "ระดับคำนวณจากกฎที่นำเข้าเท่านั้น และเป็นข้อมูลประกอบ ไม่ใช่การรับรอง ระดับที่เป็นทางการคือที่ผู้ประเมินให้",
        "A level follows from rules that were loaded, and is indicative: the official one is"
        " that of the assessors.",
    ),
    "late": Text("ข้อมูลล่าช้าเมื่อใด", "When data are late"),
    "late_1": Text(
        "แต่ละชั้นข้อมูลมีกำหนดของตัวเอง เมื่อข้อมูลล่าสุดเก่ากว่ากำหนดจะแสดงว่าล่าช้า และไม่นำไปเทียบ",
        "Each layer has its own limit. When its newest data are older it is marked late,"
        " and is not"
        " compared.",
    ),
    "late_2": Text(
        "“ไม่พบจุดความร้อน” ในวันใด บอกได้เมื่อดาวเทียมส่งข้อมูลต่อมา หรือมีผู้ถามแหล่งข้อมูลหลัง {hour}"
        " ของวันนั้นและได้คำตอบ แฟ้มบอกได้ถึง {gap} ชั่วโมงหลังแถวล่าสุดเท่านั้น หลังจากนั้นคือไม่มีข้อมูล ไม่ใช่ศูนย์",
        "That nothing burned in a day is told where later data came, or where the feed was asked"
        " after {hour} of that day and answered. A file tells no further than {gap} hours behind"
        " its newest row: what is later is no data, not zero.",
    ),
    "late_layer": Text("ชั้นข้อมูล", "Layer"),
    "late_after": Text("ล่าช้าเมื่อเกิน", "Late after"),
    "see_layer": Text("ชั้นข้อมูล", "Layer"),
}
