"""Keys of one's own: by action, by style; what is wrong is told and the usual ones hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.widget import Widget

from console import i18n
from console.actions import ACTIONS, first_sign, keys_of, sign
from console.cli import main
from console.config_keys import STYLES
from console.key_names import key_named
from console.keys_in_force import bind, in_force, usual
from tests.console.faulty_desk import console, furnish

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path("config.toml")


@pytest.mark.parametrize("style", STYLES)
def test_no_style_gives_one_key_two_meanings(style: str) -> None:
    """Neither on the lists nor on the pages, and every key of it exists."""
    bound = in_force({}, style, FILE)
    assert bound.wrong is None
    assert bool(bound.keys) is (style != "usual")
    assert set(bound.keys) <= set(usual())


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"assign": ("c",), "accept": ("c", "f2")}, "“c” would be the key of"),
        ({"assign": ("k", "up")}, "would be the key of Dispatch and of table.up"),
        ({"page.down": ("d",), "assign": ("d",)}, "“d” would be the key of"),
        ({"assign": (":", "：")}, "“colon” would be the key of Dispatch and of Command"),
        ({"assign": ("x",), "accept": ("x",)}, "“x” would be the key of"),
        ({"assign": ("3",)}, "“3” would be the key of Dispatch and of the queues"),
        ({"assign": ("escape",)}, "of Dispatch and of all lists"),
        ({"asign": ("d",)}, "there is no action “asign”; did you mean “assign”?"),
        ({"zzz": ("d",)}, "paidan config --keys lists them"),
        ({"assign": ("hyperspace",)}, "“hyperspace” is not a key; write a sign, or a name"),
        ({"assign": ("ctrl+i",)}, "“ctrl+i” is not a key"),
        ({"assign": ()}, "no key is named"),
    ],
)
def test_what_cannot_be_meant_is_told_and_the_usual_keys_hold(
    own: Mapping[str, tuple[str, ...]], said: str
) -> None:
    """Half a map would surprise more than none."""
    bound = in_force(own, "vim", FILE)
    assert bound.keys == {}
    assert bound.wrong is not None
    told = i18n.tell(bound.wrong)
    assert said in told
    assert told.startswith("config.toml")


def test_two_actions_may_change_their_keys_with_each_other() -> None:
    """Nothing is shared at the end."""
    bound = in_force({"assign": ("c",), "accept": ("d",)}, "usual", FILE)
    assert (bound.wrong, bound.keys) == (None, {"assign": ("c",), "accept": ("d",)})


def test_the_operator_s_own_key_beats_the_style_s() -> None:
    """And the style's other keys stay."""
    bound = in_force({"undo": ("f2",), "update": ("u",)}, "vim", FILE)
    assert bound.wrong is None
    assert (bound.keys["undo"], bound.keys["update"]) == (("f2",), ("u",))
    assert bound.keys["redo"] == ("ctrl+r",)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("key", ["f8", "ctrl+v", "ctrl+y", "ctrl+b", "c"])
def test_a_new_usual_key_takes_none_from_whoever_has_long_chosen_it(style: str, key: str) -> None:
    """The new action is done by its word; all his others stay, and no key does two things."""
    own = {"note": (key,), "finish": ("f2",)}
    bound = in_force(own, style, FILE)
    assert bound.wrong is None
    assert {name: bound.keys[name] for name in own} == own
    for name, action in ACTIONS.items():
        if name not in own:
            assert key not in keys_of(action, bound.keys)
            assert first_sign(action, bound.keys) != sign(key)
    before = in_force({}, style, FILE).keys
    usually = {**usual(), **before}
    changed = {name for name, keys in bound.keys.items() if keys != usually[name]}
    assert changed == {*own, *(name for name, keys in usually.items() if {key, "f2"} & {*keys})}


def test_what_shares_a_key_with_his_keeps_its_others() -> None:
    """Also what only moves about; who has lost all is shown by the word that is typed."""
    bound = in_force({"assign": ("ctrl+f", "c")}, "vim", FILE)
    assert bound.wrong is None
    assert bound.keys["table.page_down"] == ("pagedown",)
    assert (bound.keys["accept"], first_sign(ACTIONS["accept"], bound.keys)) == ((), ":c")


@pytest.mark.parametrize("name", usual())
def test_every_usual_key_can_be_written_into_the_file(name: str) -> None:
    """By its name; a sign also as itself."""
    for key in usual()[name]:
        assert key_named(key) == key
        if len(sign(key)) == 1 and not key.startswith(("up", "down")):
            assert key_named(sign(key)) == key


def test_a_screen_s_own_key_stays_its_own() -> None:
    """What is asked on it would have no answer else; the other new key acts."""

    class Asks(Widget):
        BINDINGS = [Binding("u", "own"), Binding("z", "undo", id="undo")]

    asks = Asks()
    bind(asks, {"undo": ("u", "f6")})
    held = asks._bindings.key_to_bindings
    assert {key: [one.action for one in ones] for key, ones in held.items()} == {
        "u": ["own"],
        "f6": ["undo"],
    }


def _config(home: Path, text: str) -> Path:
    file = home / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_config_reports_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the console is opened, too."""
    file = _config(tmp_path, '[keys]\nassign = "c"\naccept = "c"\n')
    monkeypatch.setenv("PAIDAN_CONFIG", str(file))
    assert main(["config"]) == 0
    assert "of Accept and of Dispatch; give each a key of its own" in capsys.readouterr().out
    file.write_text('[keys]\nstyle = "vim"\n', encoding="utf-8")
    assert main(["config", "--keys"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split() for line in told if line.startswith("undo")] == [["undo", "u", "Undo"]]
    assert len(told) == len(usual())


def test_a_style_s_keys_act_and_are_shown(tmp_path: Path) -> None:
    """In a real terminal: taking back as in vim, in the hint and the help as well."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    file = _config(tmp_path, '[keys]\nstyle = "vim"\nnote = "f2"\n')
    with console(url, tmp_path, env={"PAIDAN_CONFIG": str(file)}) as desk:
        desk.sees("Lift stuck")
        desk.press("\x1bOQ")
        desk.sees("note:")
        desk.press("moved\r")
        desk.sees("noted on order")
        desk.sees("undo: u,")
        desk.press("u")
        desk.sees("taken back")
        desk.press("?")
        desk.sees("F2")


def test_the_arrows_style_frees_letters_and_knows_ctrl_z(tmp_path: Path) -> None:
    """Ctrl+Z takes back, and neither stops the process nor is lost; j moves nothing."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    file = _config(tmp_path, '[keys]\nstyle = "arrows"\n')
    with console(url, tmp_path, env={"PAIDAN_CONFIG": str(file)}) as desk:
        desk.sees("> N new            1")
        desk.press("j;one\r")
        desk.sees("noted on order 1")
        desk.press("\x1a")
        desk.sees("taken back")
        desk.press("\x1b[B")
        desk.sees("> A assigned       2")


def test_a_clash_is_said_at_the_start_and_the_usual_keys_act(tmp_path: Path) -> None:
    """In Chinese, too: which key, and which two actions."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    file = _config(tmp_path, '[keys]\nassign = "c"\naccept = "c"\n')
    words = ("--lang", "zh_CN")
    with console(url, tmp_path, *words, size=(160, 30), env={"PAIDAN_CONFIG": str(file)}) as desk:
        desk.sees("“c”")
        desk.sees("派单")
        desk.press("d")
        desk.sees("派给谁")
    assert ACTIONS["assign"].keys == ("d",)
