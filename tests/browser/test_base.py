"""What the base page and its script do, shown on the stage."""

from lna.accounts.models import Role
from tests.browser import stage
from tests.browser.conftest import PHONE, Open
from tests.browser.visits import Visit

REGISTER = "button:has-text('Register')"
FOCUS = "document.activeElement.id"


def fill(visit: Visit, name: str) -> None:
    visit.tab.fill("#name", name)
    visit.tab.check("#sex-0")
    visit.tab.check("#share")


def test_filters_change_the_list_in_place_and_going_back_undoes_them(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/list")
        desk.tab.evaluate("window.same = true")
        desk.tab.check("#type-visit")
        desk.tab.wait_for_url("**type=visit")
        assert desk.tab.evaluate("window.same")
        assert desk.tab.locator(".chips li").count() == 1
        assert desk.tab.inner_text("#announcement") == "2 activities, soonest first"
        assert desk.tab.evaluate(FOCUS) == "type-visit"
        desk.tab.go_back()
        desk.until("!document.querySelector('#type-visit').checked")
        assert desk.tab.locator(".row").count() > 2
        assert desk.troubles == []


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(visit: Open) -> None:
    with visit(width=PHONE) as phone, visit() as desk:
        for look in phone, desk:
            look.open("/stage/list")
        assert not phone.tab.is_visible("#type-visit")
        phone.tab.click("#filters > summary")
        assert phone.tab.is_visible("#type-visit")
        assert desk.tab.is_visible("#type-visit")


def test_a_refused_form_keeps_what_was_typed_and_the_focus_is_on_the_field(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/form")
        desk.tab.evaluate("window.same = true")
        desk.tab.fill("#needs", "vegetarian")
        desk.tab.click(REGISTER)
        desk.tab.wait_for_selector("#refusals")
        assert desk.tab.evaluate("window.same")
        assert desk.tab.evaluate(FOCUS) == "name"
        assert desk.tab.input_value("#needs") == "vegetarian"
        described = desk.tab.get_attribute("#name", "aria-describedby") or ""
        assert "name-error" in described.split()
        assert desk.troubles == []


def test_pressed_twice_sends_once_and_the_message_is_read_out(visit: Open) -> None:
    stage.received.clear()
    with visit() as desk:
        desk.open("/stage/form")
        fill(desk, "Sengdao")
        desk.tab.dblclick(REGISTER)
        desk.tab.wait_for_selector("#flash .success")
        assert desk.tab.locator("[role=status] #flash").inner_text() == "You are registered."
        assert desk.tab.evaluate(FOCUS) == "flash"
        assert stage.received == ["Sengdao"]
        assert desk.troubles == []


def test_an_error_leaves_the_form_as_it_is_and_says_what_to_do(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/form")
        for name, words in ("409", "no longer possible"), ("500", "not saved"):
            fill(desk, name)
            desk.tab.click(REGISTER)
            desk.tab.wait_for_selector(f"#flash .error:has-text('{words}')")
            assert desk.tab.input_value("#name") == name


def test_a_dropped_line_loses_nothing(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/form")
        fill(desk, "Sengdao")
        desk.tab.context.set_offline(True)
        desk.tab.click(REGISTER)
        desk.tab.wait_for_selector("#flash .error")
        assert desk.tab.input_value("#name") == "Sengdao"
        desk.tab.context.set_offline(False)
        desk.tab.click(REGISTER)
        desk.tab.wait_for_selector("#flash .success")


def test_an_old_token_is_renewed_without_losing_the_form(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/form")
        fill(desk, "Sengdao")
        desk.tab.context.clear_cookies()
        desk.tab.click(REGISTER)
        desk.tab.wait_for_selector("#flash .error")
        assert desk.tab.input_value("#name") == "Sengdao"
        desk.tab.click(REGISTER)
        desk.tab.wait_for_selector("#flash .success")


def test_an_answer_without_the_part_asked_for_opens_as_a_page(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/form")
        fill(desk, "elsewhere")
        desk.tab.click(REGISTER)
        desk.tab.wait_for_url("**/stage/parts")


def test_forms_and_filters_work_without_scripts(visit: Open) -> None:
    with visit(width=PHONE, scripts=False) as plain:
        plain.open("/stage/list")
        plain.tab.click("#filters > summary")
        plain.tab.check("#type-visit")
        plain.tab.click("button:has-text('Show')")
        assert "type=visit" in plain.tab.url
        plain.open("/stage/form")
        plain.tab.click(REGISTER)
        assert plain.tab.is_visible("#refusals")
        fill(plain, "Sengdao")
        plain.tab.click(REGISTER)
        assert plain.tab.inner_text("#flash") == "You are registered."


def test_the_language_switch_keeps_the_page_and_its_filters(visit: Open) -> None:
    with visit(width=PHONE) as phone:
        phone.open("/stage/list?type=visit")
        phone.tab.click("#language-menu > summary")
        phone.tab.click("#language-menu a[hreflang=km]")
        assert "type=visit" in phone.tab.url
        assert phone.tab.get_attribute("html", "lang") == "km"
        phone.open("/stage/list")
        assert phone.tab.get_attribute("html", "lang") == "km"


def test_a_script_font_is_fetched_only_where_its_letters_stand(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/parts")
        desk.wire_bytes()
        assert [r.url for r in desk.finished if r.resource_type == "font"] == []


def test_a_name_in_khmer_is_drawn_in_its_font_on_an_english_page(visit: Open) -> None:
    write = """(lang) => {
      const name = document.createElement("span");
      name.lang = lang;
      name.textContent = "ចាន់ សុភា";
      document.querySelector("#main").append(name);
    }"""
    width = "document.querySelector('#main > span:last-child').offsetWidth"
    with visit() as desk:
        desk.open("/stage/parts")
        desk.tab.evaluate(write, "en")
        desk.until("[...document.fonts].some((font) => font.status == 'loaded')")
        desk.tab.wait_for_timeout(500)
        in_english = desk.tab.evaluate(width)
        desk.tab.evaluate(write, "km")
        assert in_english == desk.tab.evaluate(width)


def test_a_row_added_to_a_form_keeps_the_focus_near_it(visit: Open) -> None:
    with visit(role=Role.REGIONAL_COORDINATOR) as desk:
        desk.open("/activities/new")
        desk.tab.click("[value=add-sessions]")
        desk.tab.wait_for_selector("#sessions-1-on")
        desk.until("document.activeElement.id === 'sessions'")


def test_copy_buttons_copy(visit: Open) -> None:
    with visit() as desk:
        desk.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        desk.open("/stage/parts")
        desk.tab.click("[data-copy]")
        assert desk.tab.evaluate("navigator.clipboard.readText()") == "Join us on 9 Feb 2027"


def test_the_keyboard_reaches_the_content_first(visit: Open) -> None:
    with visit() as desk:
        desk.open("/stage/list")
        desk.tab.keyboard.press("Tab")
        assert desk.tab.evaluate("document.activeElement.className") == "skip"
        desk.tab.keyboard.press("Enter")
        assert desk.tab.evaluate(FOCUS) == "main"
