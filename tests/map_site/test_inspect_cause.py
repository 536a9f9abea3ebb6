"""The factory that is the cause, named on a phone: with signal, without it, and without scripts."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect
from psycopg2.extensions import connection as Connection

from tests.map_site.test_accessibility import problems
from tests.map_site.test_inspect import (
    PHONE,
    Visit,
    answer_all,
    kept,
    locates,
    phone,
    sign_in,
    state,
    token,
    visit,
)

__all__ = ["phone", "token", "visit"]  # fixtures


def causes(connection: Connection) -> list[tuple[Any, ...]]:
    connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SELECT finding, cause_factory_id FROM inspection")
        return cursor.fetchall()


def test_without_signal_the_cause_is_chosen_among_those_near_and_sent_later(
    phone: BrowserContext, visit: Visit, fresh: Connection
) -> None:
    locates(phone)
    page = visit("inspect/complaints/case")
    kept(page)
    found = problems(page)
    options = page.locator("#cause-near option")
    assert [one.get_attribute("value") for one in options.all()] == ["works"]
    phone.set_offline(True)

    answer_all(page)
    page.locator('[name="finding"][value=""]').check()
    page.get_by_label("โรงงานต้นเหตุ").fill("works")
    page.get_by_label("โรงงานต้นเหตุ").blur()
    expect(page.locator('[name="finding"][value="cause_found"]')).to_be_checked()
    page.locator("#inspect-form button.primary").click()
    state(page, "waiting", "")
    assert causes(fresh) == []
    phone.set_offline(False)

    expect(page.locator("#inspect-state")).to_have_attribute("data-state", "sent", timeout=20_000)
    assert causes(fresh) == [("cause_found", "works")] and found == []
    page.goto(page.url.split("/staff/")[0] + "/staff/complaints/case")
    expect(page.locator(".event-inspection")).to_contain_text("บริษัท ทดลอง จำกัด")


def test_without_scripts_a_name_that_is_none_is_said_and_what_was_typed_stays(
    browser: Browser, server_url: str, token: str, fresh: Connection
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="th-TH")
    sign_in(context, server_url, token)
    page = context.new_page()
    page.goto(f"{server_url}/staff/inspect/complaints/case")
    answer_all(page)
    page.get_by_label("โรงงานต้นเหตุ").fill("ไม่มีโรงงานนี้")
    page.locator("#inspect-form button.primary").click()

    expect(page.get_by_role("alert").first).to_contain_text("ไม่มีโรงงานเลขทะเบียนหรือชื่อนี้")
    expect(page.get_by_label("โรงงานต้นเหตุ")).to_have_value("ไม่มีโรงงานนี้")
    page.get_by_label("โรงงานต้นเหตุ").fill("บริษัท ทดลอง จำกัด")
    page.locator("#inspect-form button.primary").click()

    expect(page.locator("#inspect-versions")).to_contain_text("บริษัท ทดลอง จำกัด")
    assert causes(fresh) == [("cause_found", "works")]
    context.close()
