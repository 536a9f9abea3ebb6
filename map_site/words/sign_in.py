"""Signing in, one's account and one's keys."""

from layers.model import Text

WORDS = {
    "title": Text("เข้าสู่ระบบเจ้าหน้าที่", "Staff sign-in"),
    "about": Text(
        "สำหรับเจ้าหน้าที่ที่ดูแลเรื่องร้องเรียน ประชาชนใช้ทุกหน้าอื่นได้โดยไม่ต้องเข้าสู่ระบบ",
        "For staff who work on complaints. Every other page needs no sign-in.",
    ),
    "email": Text("อีเมล", "E-mail"),
    "password": Text("รหัสผ่าน", "Password"),
    "do": Text("เข้าสู่ระบบ", "Sign in"),
    "oidc": Text("เข้าสู่ระบบด้วยบัญชีของหน่วยงาน", "Sign in with your organisation's account"),
    "forgotten": Text(
        "ลืมรหัสผ่านหรือยังไม่มี ขอลิงก์เข้าสู่ระบบแบบใช้ครั้งเดียวจากผู้ดูแลระบบ",
        "No password, or forgotten: ask an administrator for a one-time link.",
    ),
    "problem_refused": Text(
        "อีเมลหรือรหัสผ่านไม่ถูกต้อง ตรวจแล้วลองอีกครั้ง", "The e-mail or the password is wrong: try again."
    ),
    "problem_link": Text(
        "ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ ขอลิงก์ใหม่จากผู้ดูแลระบบ",
        "This link was used or has ended: ask an administrator for another.",
    ),
    "problem_oidc": Text(
        "บัญชีของหน่วยงานนี้ยังเข้าสู่ระบบไม่ได้ ขอให้ผู้ดูแลระบบเพิ่มอีเมลของท่าน",
        "This account cannot sign in here: ask an administrator to add its e-mail.",
    ),
    "link_of": Text("เข้าสู่ระบบในชื่อ {who}", "Sign in as {who}"),
    "link_once": Text("ลิงก์นี้ใช้ได้ครั้งเดียว", "The link works once."),
    "account": Text("บัญชีของฉัน", "My account"),
    "desk": Text("โต๊ะงานเรื่องร้องเรียน", "Complaints desk"),
    "keys": Text("กุญแจ API", "API keys"),
    "role_officer": Text("เจ้าหน้าที่จังหวัด", "Provincial officer"),
    "role_analyst": Text("นักวิเคราะห์", "Analyst"),
    "role_national": Text("เจ้าหน้าที่ส่วนกลาง", "National staff"),
    "role_admin": Text("ผู้ดูแลระบบ", "Administrator"),
    "choose": Text("ตั้งรหัสผ่าน", "Choose a password"),
    "change": Text("เปลี่ยนรหัสผ่าน", "Change the password"),
    "new_password": Text("รหัสผ่านใหม่", "New password"),
    "repeated": Text("รหัสผ่านใหม่อีกครั้ง", "The same again"),
    "rule": Text(
        "อย่างน้อย 15 ตัวอักษร ใช้วลียาว ๆ ที่จำได้ ภาษาไทยก็ได้",
        "At least 15 characters: a long phrase that you remember, in any script.",
    ),
    "keep": Text("บันทึกรหัสผ่าน", "Save the password"),
    "out": Text("ออกจากระบบ", "Sign out"),
    "told_changed": Text(
        "บันทึกรหัสผ่านแล้ว เครื่องอื่นที่เข้าสู่ระบบค้างไว้ถูกออกจากระบบทั้งหมด",
        "The password is saved. Whoever else was signed in with this account no longer is.",
    ),
    "told_wrong_length": Text(
        "รหัสผ่านต้องยาว 15 ถึง 200 ตัวอักษร", "A password must have 15 to 200 characters."
    ),
    "told_not_repeated": Text("รหัสผ่านสองช่องไม่ตรงกัน", "The two passwords are not the same."),
    "told_key": Text(
        "ตั้งชื่อกุญแจ และเลือกสิทธิ์อย่างน้อยหนึ่งอย่าง",
        "Name the key, and choose at least one thing that it may do.",
    ),
    "keys_about": Text(
        "ให้โปรแกรมอื่นทำงานแทนบัญชีนี้ ส่งเป็น Authorization: Bearer ตามด้วยกุญแจ",
        "For programs that act for this account: they send Authorization: Bearer and the key.",
    ),
    "made": Text("คัดลอกกุญแจนี้ตอนนี้ จะไม่แสดงอีก", "Copy this key now: it is shown this once."),
    "key_name": Text("ชื่อกุญแจ", "Name"),
    "key_name_hint": Text("เช่น ชื่อโปรแกรมที่ใช้กุญแจนี้", "As what uses it"),
    "prefix": Text("ขึ้นต้นด้วย", "Begins with"),
    "scopes": Text("ทำอะไรได้", "May"),
    "scope_read": Text("อ่านเรื่องร้องเรียน", "read complaints"),
    "scope_work": Text("ดำเนินการเรื่องร้องเรียน", "work on complaints"),
    "scope_intake": Text("ส่งเรื่องร้องเรียน", "send complaints"),
    "until": Text("ใช้ได้ถึง", "Until"),
    "days": Text("ใช้ได้กี่วัน", "Days that it lasts"),
    "owner": Text("ของ", "Of"),
    "revoked": Text("ยกเลิกแล้ว {day}", "revoked {day}"),
    "ended": Text("หมดอายุ {day}", "ended {day}"),
    "revoke": Text("ยกเลิก", "Revoke"),
    "revoke_one": Text("ยกเลิก {key}", "Revoke {key}"),
    "no_keys": Text("ยังไม่มีกุญแจ", "There is no key yet."),
    "make": Text("สร้างกุญแจ", "Make a key"),
}
