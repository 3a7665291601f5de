"""The desk by what people press: rows that come and go, languages, links, the report, a phone, no scripts at all."""

import pytest
from playwright.sync_api import expect

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
SMALL = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "locale": "fr-FR"}


def made(watch, server, template="three-sessions", **options):
    """A page at the desk, and the address of a workshop in English and French."""
    page = watch.page(**{**LAPTOP, **options})
    page.goto(f"{server.address}/f#{server.organiser}")
    page.wait_for_url("**/desk")
    page.goto(f"{server.address}/desk/new/{template}")
    for lang in ("en", "fr"):
        page.locator(f"input[value={lang}]").check()
    page.locator("form.panel .btn").click()
    page.wait_for_url("**/agenda?**")
    return page, page.url.partition("/agenda")[0]


def values(page, name):
    """What the fields hold whose names end so, in the order of the page."""
    return page.eval_on_selector_all(f"[name$='{name}']", "fields => fields.map(f => f.value).filter(Boolean)")


def test_rows_are_added_moved_and_removed(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/agenda/session-1")
    before = values(page, ".title.en")
    assert before[-2:] == ["Problems", "Priorities"]
    page.get_by_role("button", name="Add a section").click()
    page.keyboard.type("Hopes")
    row = page.locator("[data-rows=sections] > [data-row]").nth(2)
    row.locator("[name$='.limit']").fill("2")
    row.get_by_role("button", name="Move up").click()
    page.locator("[data-rows=sections] > [data-row]").nth(0).get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert values(page, ".title.en")[-2:] == ["Hopes", "Priorities"]
    assert values(page, ".limit") == ["2", "3"]
    assert values(page, "sections.0.title.fr") == []
    assert values(page, "sections.1.title.fr") == ["Priorités"]


def test_a_question_to_everybody_gets_its_answers(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/edit")
    page.get_by_role("button", name="Add a question").click()
    page.keyboard.type("Region")
    for answer in ("North", "South"):
        page.locator("[data-rows='attributes.0.values'] + [data-add]").click()
        page.keyboard.type(answer)
    page.get_by_role("button", name="Add a question").click()
    page.keyboard.type("Role")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/edit?done=saved")
    assert values(page, ".title.en") == ["Region", "North", "South", "Role"]
    page.locator("input[name=balance][value=region]").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/edit?done=saved")
    assert page.locator("input[name=balance][value=region]").is_checked()
    watch.accessible(page, "details")


def test_one_language_at_a_time_with_the_first_to_translate_from(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/agenda/session-1")
    english, french = page.locator("[name='title.en']"), page.locator("[name='title.fr']")
    expect(english).to_be_visible()
    expect(french).to_be_hidden()
    page.get_by_role("button", name="Français").click()
    expect(french).to_be_visible()
    expect(english).to_be_hidden()
    assert french.get_attribute("placeholder") == "Problems and priorities"
    page.get_by_role("button", name="All", exact=True).click()
    expect(english).to_be_visible()


def test_what_is_wrong_is_shown_where_it_is(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/agenda/session-1")
    page.locator("[name=groups]").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#wrong-groups")).to_have_text("Say how many groups there are.")
    expect(page.locator("[name=groups]")).to_have_attribute("aria-invalid", "true")
    watch.accessible(page, "a session with an error")


def test_only_what_a_kind_of_session_has_is_asked(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/agenda/session-1")
    groups = page.locator("[name=groups]")
    expect(groups).to_be_visible()
    page.get_by_text("By what people answered").click()
    expect(groups).to_be_hidden()
    expect(page.locator("[name=attribute]")).to_be_visible()
    page.locator(".kind", has_text="Talk").click()
    expect(page.get_by_role("heading", name="Sections of the board")).to_be_hidden()


def test_the_report_is_written_over_with_a_preview(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/report")
    watch.accessible(page, "report")
    page.get_by_role("link", name="Edit Aims and expectations").click()
    page.locator("#text").fill(
        "# Why we met\n\n**Together** [elsewhere](https://example.org) ![x](https://example.org/x.png)"
    )
    expect(page.locator("#preview h3")).to_have_text("Why we met")
    expect(page.locator("#preview strong")).to_have_text("Together")
    expect(page.locator("#preview img")).to_have_count(0)
    watch.accessible(page, "a passage")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/report?**")
    expect(page.locator("#aims h3")).to_have_text("Why we met")
    watch.accessible(page, "the report with a passage")


def test_a_link_is_copied_and_a_file_is_taken_home(server, watch):
    page, workshop = made(watch, server)
    page.goto(f"{workshop}/links")
    page.get_by_label("For whom?").fill("Maria")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    watch.accessible(page, "a link")
    page.goto(f"{workshop}/downloads")
    watch.accessible(page, "downloads")
    page.locator("input[value=fr]").check()
    with page.expect_download() as taking:
        page.get_by_role("button", name="Download HTML").click()
    assert taking.value.suggested_filename == "workshop-public-fr.html"


@pytest.mark.parametrize("options", [LAPTOP, SMALL, {"viewport": {"width": 1920, "height": 1080}}])
def test_nothing_is_wider_than_the_screen(server, watch, options):
    page, workshop = made(watch, server, "reference", **options)
    for part in ("", "/edit", "/agenda", "/agenda/session-1", "/links", "/report?level=full", "/downloads", "/delete"):
        page.goto(workshop + part)
        assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"], part
        watch.accessible(page, part)


def test_every_form_works_without_scripts(server, watch):
    page, workshop = made(watch, server)
    plain = watch.context(**LAPTOP, java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"{workshop}/agenda/session-1")
    plain.locator("[name='questions.3.en']").fill("Why?")
    plain.locator("[name='sections.0.title.en']").fill("")
    plain.locator("[name='sections.0.title.fr']").fill("")
    plain.get_by_role("button", name="Save", exact=True).click()
    plain.goto(f"{workshop}/agenda/session-1")
    assert plain.locator("[name='questions.3.en']").input_value() == "Why?"
    assert plain.locator("[name='sections.0.title.en']").input_value() == "Priorities"
    plain.goto(f"{workshop}/agenda")
    plain.get_by_role("button", name="Move down: Problems and priorities").click()
    plain.locator("#lang").select_option("fr")
    plain.get_by_role("button", name="Change").click()
    expect(plain.get_by_role("heading", name="Programme")).to_be_visible()


@pytest.mark.parametrize("screen", [LAPTOP, SMALL], ids=["laptop", "phone in French, dark"])
def test_words_that_mean_the_same_are_brought_and_taken_out(server, watch, screen):
    page, workshop = made(watch, server, **screen)
    page.goto(f"{workshop}/glossary")
    file = {"name": "words.csv", "mimeType": "text/csv", "buffer": b"en,fr,sw\nwell|borehole,puits,kisima\n"}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form.panel .btn").last.click()
    expect(page.locator(".same-words li")).to_contain_text("well / borehole")
    watch.accessible(page, "own words")
    page.locator(".same-words button").click()
    expect(page.locator(".same-words")).to_have_count(0)


@pytest.mark.parametrize("screen", [LAPTOP, SMALL], ids=["laptop", "phone in French, dark"])
def test_a_list_of_who_met_before_is_looked_at_kept_and_forgotten(server, watch, screen):
    page, workshop = made(watch, server, **screen)
    page.goto(f"{workshop}/lists/before")
    watch.accessible(page, "no list yet")
    table = b"Name,Table\nAmina,red\nBo,red\nChen,blue\nDina,blue\n"
    file = {"name": "before.csv", "mimeType": "text/csv", "buffer": table}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form.panel .btn").last.click()
    watch.accessible(page, "which column is which")
    page.locator("select[name='column.1']").select_option("groups")
    page.locator("details form .btn").click()
    expect(page.locator(".listed li").first).to_contain_text("Amina")
    watch.accessible(page, "what the file says")
    page.locator("form[action$='/save'] .btn").first.click()
    expect(page.locator("#kept")).to_be_visible()
    watch.accessible(page, "the list that is kept")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("form[action$='/forget'] button").click()
    expect(page.locator("#kept")).to_have_count(0)
