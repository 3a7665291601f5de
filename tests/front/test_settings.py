"""Where a setting comes from, and what is said when it can't be used."""

import pytest

from app import cli
from app.settings import BadSetting, load


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "baraza.toml"
    file.write_text('port = 1001\nhosts = ["talk.lan"]\ndata = "kept"\n')
    return file


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(file):
    assert load({}, file).port == 1001
    assert load({"PORT": "1002"}, file).port == 1002
    assert load({"PORT": "1002"}, file, port=1003, host=None).port == 1003


def test_without_a_file_everything_has_a_default(tmp_path):
    assert load({}, tmp_path / "none.toml").port == 8080


def test_a_folder_in_the_file_lies_beside_the_file_and_one_given_lies_where_one_is(file, monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert load({}, file).data == file.parent / "kept"
    assert load({}, file, data="mine").data == elsewhere / "mine"


def test_names_are_separated_by_commas_in_the_environment(file):
    assert load({}, file).hosts == ("talk.lan",)
    assert load({"BARAZA_HOSTS": "a.lan, b.lan,"}, file).hosts == ("a.lan", "b.lan")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("BARAZA_ASYNC_MODE", "asyncio"),
        ("BARAZA_ADDRESS", "talk.example.org"),
        ("BARAZA_ASK_RATE", "0"),
        ("BARAZA_QUEUE_BYTES", "-1"),
    ],
)
def test_what_cannot_be_used_is_named(file, name, value):
    with pytest.raises(BadSetting) as refusal:
        load({name: value}, file)
    assert name.removeprefix("BARAZA_").lower() in str(refusal.value).lower() and value in str(refusal.value)


def test_a_name_in_the_file_that_is_no_setting_is_an_error(file):
    file.write_text("prot = 80\n")
    with pytest.raises(BadSetting, match="prot"):
        load({}, file)


def test_a_file_that_is_no_toml_is_an_error(file):
    file.write_text("port 80")
    with pytest.raises(BadSetting, match="baraza.toml can't be read"):
        load({}, file)


def test_a_command_with_a_bad_setting_ends_with_one_line_and_code_2(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "eighty")
    assert cli.main(["list"]) == 2
    assert capsys.readouterr().err == "PORT can't be 'eighty'\n"


@pytest.mark.parametrize(
    "url", ["127.0.0.1:5000", "ftp://x", "http://", "http://x:0", "http://x:abc", "http://me@x", "http://x/?q"]
)
def test_a_translation_service_is_an_address_and_nothing_else(file, url):
    with pytest.raises(BadSetting, match="translate must be an address"):
        load({"BARAZA_TRANSLATE": url}, file)


def test_a_translation_service_may_have_a_path_and_a_key(file):
    made = load({"BARAZA_TRANSLATE": "https://t.example.org/deep", "BARAZA_TRANSLATE_KEY": "k"}, file)
    assert (made.translate, made.translate_key) == ("https://t.example.org/deep", "k")
    assert load({}, file).translate == ""
