"""Which setting is in force, and what a wrong one is told."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import config, i18n
from console.cli_guard import DONE, guarded
from console.config import Source
from store.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


_WRITTEN = ["nan", "-inf", "2026-02-30", "07:00", '"zh_CN"', '"F13"', '""', "'\\'", '"\x1b[2J"']
_VALUES = st.recursive(
    st.sampled_from(["true", *_WRITTEN])
    | st.integers().map(str)
    | st.text(max_size=12).map(json.dumps),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda held: f"[{', '.join(held)}]")
        | inner.map(lambda held: f"{{ a = {held} }}")
    ),
    max_leaves=4,
)
_NAMES = st.sampled_from([*config.SPECS, "desk", "keys", "style", "assign", '""', "a.b"]) | st.text(
    max_size=8
).map(json.dumps)
_LINES = st.sampled_from(["[desk]", "[keys]", "[desk", "[[keys]]", "# \x1b[2J"]) | st.builds(
    "{} = {}".format, _NAMES, _VALUES
)
WRITTEN = st.binary(max_size=60) | st.lists(_LINES, max_size=6).map(
    lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")
)


def _environ(path: Path, text: str, **more: str) -> dict[str, str]:
    file = path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return {"PAIDAN_CONFIG": str(file), **more}


def _sources(loaded: config.Config) -> dict[str, Source]:
    return {setting.name: setting.source for setting in loaded.in_force()}


def test_without_a_word_from_anybody_the_desk_still_opens() -> None:
    """A newcomer has no file and no variables."""
    loaded = config.load(environ={"HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"})
    assert set(_sources(loaded).values()) == {Source.DEFAULT}
    assert loaded.store.startswith("sqlite:///")
    assert loaded.store.endswith("desk.db")
    assert (loaded.language, loaded.bell, loaded.operator) == ("en", True, "desk")


def test_a_flag_beats_the_environment_beats_the_file(tmp_path: Path) -> None:
    """The nearer to the operator's hand, the stronger."""
    text = '[desk]\nlanguage = "en"\nstore = "sqlite:///file.db"\ntheme = "dusk"\nbell = false\n'
    environ = _environ(tmp_path, text, PAIDAN_DB="sqlite:///env.db", PAIDAN_LANG="zh-CN")
    loaded = config.load({"store": "sqlite:///flag.db", "language": None}, environ=environ)
    assert (loaded.store, loaded.language, loaded.theme) == ("sqlite:///flag.db", "zh_CN", "dusk")
    assert loaded.bell is False
    told = _sources(loaded)
    assert (told["store"], told["language"]) == (Source.FLAG, Source.ENVIRONMENT)
    assert (told["theme"], told["operator"]) == (Source.FILE, Source.DEFAULT)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "PAIDAN_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_the_system_s_unless_said(
    variables: dict[str, str], language: str, tmp_path: Path
) -> None:
    """A Chinese terminal greets in Chinese."""
    assert config.load(environ=_environ(tmp_path, "", **variables)).language == language


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[desk]\nlangauge = "en"\n', "no setting “langauge”; did you mean “language”?"),
        ('[dsek]\nlanguage = "en"\n', "no setting “dsek”; did you mean “desk”?"),
        ("[desk]\nzzz = 1\n", "choose among language, theme, store, operator, bell"),
        ('[desk]\nlanguage = "tlh"\n', "“tlh” is not known; choose among en, zh_CN"),
        ('[desk]\nbell = "loud"\n', "“loud” is not of this kind; true or false"),
        ("[desk]\ntheme = 3\n", "“3” is not of this kind; a text in quotes"),
        ("desk = 1\n", "“desk” is not a table; begin it with [desk]"),
        ("[desk\n", "write TOML"),
        ("[keys]\nassign = 1\n", "“1” is not a key"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    """A typing slip must neither be swallowed nor end in a traceback."""
    with pytest.raises(BadInput) as refused:
        config.load(environ=_environ(tmp_path, text))
    assert said in refused.value.text
    assert "\n" not in refused.value.text


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """Who names a file wants it read."""
    with pytest.raises(BadInput, match="there is no file"):
        config.load(environ={"PAIDAN_CONFIG": str(tmp_path / "none.toml")})


def test_keys_are_one_or_several(tmp_path: Path) -> None:
    """Both ways of writing are natural in TOML."""
    text = '[keys]\nassign = "a"\naccept = ["c", "f5"]\n'
    loaded = config.load(environ=_environ(tmp_path, text))
    assert loaded.keys == {"assign": ("a",), "accept": ("c", "f5")}
    assert _sources(loaded)["keys.accept"] is Source.FILE


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "# " + "x" * 2_000_000])
def test_a_file_that_is_no_settings_is_said_so(tmp_path: Path, text: str) -> None:
    """Nested without end, or longer than settings are: no traceback, and no minute of waiting."""
    with pytest.raises(BadInput, match=r"config\.toml"):
        config.load(environ=_environ(tmp_path, text))


def test_a_device_without_an_end_is_refused() -> None:
    """A slip in a unit file; reading it whole would eat the machine."""
    with pytest.raises(BadInput, match="too long"):
        config.load(environ={"PAIDAN_CONFIG": "/dev/zero"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('language = "zh_CN"\n', "“language” stands outside a table; put it under [desk]"),
        ('[keys]\nstyle = "emacs"\n', "“emacs” is not known; choose among usual, vim, arrows"),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, said: str, tmp_path: Path) -> None:
    """A setting without its table, and one key for two actions."""
    with pytest.raises(BadInput) as refused:
        config.load(environ=_environ(tmp_path, text))
    assert said in i18n.tell(refused.value)


def test_a_wrong_flag_is_called_as_it_was_typed(tmp_path: Path) -> None:
    """The setting is `language`; what was typed is `--lang`."""
    with pytest.raises(BadInput) as refused:
        config.load({"language": "fr"}, environ=_environ(tmp_path, ""))
    assert i18n.tell(refused.value).startswith("--lang:")


@given(written=WRITTEN)
def test_no_file_of_settings_breaks_the_start(
    tmp_path_factory: pytest.TempPathFactory, written: bytes
) -> None:
    """It is taken, or refused in one sentence that moves no terminal."""
    file, said = tmp_path_factory.getbasetemp() / "any.toml", StringIO()
    file.write_bytes(written)
    with redirect_stderr(said):
        code = guarded(lambda _words: _load(file), ["config"])
    assert (code == DONE) == (said.getvalue() == "")
    if code != DONE:
        assert re.fullmatch("[^\x00-\x1f\x7f-\x9f\u202e\ud800-\udfff]+\n", said.getvalue())
        assert "paidan failed" not in said.getvalue()


def _load(file: Path) -> int:
    config.load(environ={"PAIDAN_CONFIG": str(file), "HOME": "/nowhere"})
    return DONE
