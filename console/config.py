"""What the desk is set to: a flag, else the environment, else the config file, else a default."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from console.config_keys import chosen_keys, chosen_style
from console.config_serve import chosen_serving
from console.config_tables import known, table_of
from console.i18n import LANGUAGES, matching
from console.new_file import meant
from console.quiet import checked
from store.domain.contracts import AHEAD_DAYS
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LONGEST_FILE: Final = 1 << 20
"""Characters of a file of settings."""
_TYPES: Final = {str: N_("a text in quotes"), bool: N_("true or false")}


MOUSE: Final = ("auto", "on", "off")

SOURCES: Final = (N_("flag"), N_("environment"), N_("file"), N_("default"))
"""The values of `Source`, for the catalogue."""


class Source(StrEnum):
    """Who decided a setting."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is in force."""

    name: str
    value: str | bool | tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """Where one setting of [desk] may come from, and what it is otherwise."""

    default: Callable[[Mapping[str, str]], str | bool]
    kind: type[str] | type[bool] = str
    variable: str | None = None
    """The environment variable that sets it."""
    read: Callable[[str], str | None] = str
    """Bring a text into the form we use; None refuses it."""
    choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one console."""

    language: str
    theme: str
    store: str
    operator: str
    bell: bool
    flash: bool
    notify: bool
    contract_days: str
    """How many days before its end a contract is called ending."""
    quiet_hours: str
    """From and to on the desk's clock, `22:00-06:00`; empty for none."""
    readonly: bool
    """Whether the console only shows the desk."""
    mouse: str
    """auto, on or off."""
    low_bandwidth: bool
    """Whether the console spares its line: ticks of five seconds, nothing that moves."""
    keys: Mapping[str, tuple[str, ...]]
    """Keys by action, as the file writes them; only those that it names."""
    key_style: str
    """What the other keys are like: usual, vim or arrows."""
    serve: Mapping[str, Any]
    """What the file says of a served desk."""
    path: Path
    """Where the file is, or would be."""
    settings: tuple[Setting, ...]

    def chosen(self, name: str) -> bool:
        """Whether somebody decided this setting, be it by a flag, the environment or the file."""
        return any(s.name == name and s.source is not Source.DEFAULT for s in self.settings)

    def in_force(self) -> tuple[Setting, ...]:
        """Each setting with who decided it, in the order of the file."""
        return self.settings


def default_store() -> str:
    """The address of the store in the platform's folder for a user's data; makes nothing."""
    from platformdirs import user_data_path  # kept off the way to the first paint

    return f"sqlite:///{user_data_path('paidan', appauthor=False) / 'desk.db'}"


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the config file is looked for, whether or not it is there."""
    named = environ.get("PAIDAN_CONFIG")
    if named:
        return meant(named)
    from platformdirs import user_config_path  # kept off the way to the first paint

    return user_config_path("paidan", appauthor=False) / "config.toml"


def load(
    flags: Mapping[str, str | bool | None] | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
) -> Config:
    """Read what is in force; BadInput names the place that is wrong and the nearest right word.

    `flags` are the command line's settings by name, None where none was given. What [keys] names
    is looked at by `keys_in_force`, which knows the actions.
    """
    path = config_path(environ)
    tables = _read(path, must_exist="PAIDAN_CONFIG" in environ)
    _in_its_table(tables, path)
    known(tables, ("desk", "keys", "serve"), where=str(path))
    desk, keys, serve = (table_of(tables, name, path) for name in ("desk", "keys", "serve"))
    known(desk, SPECS, where=f"{path} [desk]")
    settings = tuple(
        _setting(name, spec, flags or {}, environ, desk, path) for name, spec in SPECS.items()
    )
    chosen, style = chosen_keys(keys, path), chosen_style(keys, path)
    bound = (Setting(name=f"keys.{a}", value=k, source=Source.FILE) for a, k in chosen.items())
    values: dict[str, Any] = {setting.name: setting.value for setting in settings}
    values["serve"] = chosen_serving(serve, path) if serve else {}
    served = (
        Setting(
            name=f"serve.{name}",
            value=told if isinstance(told, tuple) else str(told),
            source=Source.FILE,
        )
        for name, told in values["serve"].items()
    )
    source = Source.FILE if "style" in keys else Source.DEFAULT
    style_told = Setting(name="keys.style", value=style, source=source)
    return Config(
        **values,
        keys=chosen,
        key_style=style,
        path=path,
        settings=(*settings, style_told, *served, *bound),
    )


def _locale_language(environ: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(variable):
            return matching(environ[variable]) or "en"
    return "en"


def _days(text: str) -> str | None:
    is_whole = text.isascii() and text.isdecimal() and len(text) < 5
    return text if is_whole and 1 <= int(text) <= 3650 else None


SPECS: Final[Mapping[str, Spec]] = {
    "language": Spec(
        default=_locale_language,
        variable="PAIDAN_LANG",
        read=matching,
        choices=", ".join(LANGUAGES),
    ),
    "theme": Spec(default=lambda _environ: "auto"),
    "store": Spec(default=lambda _environ: default_store(), variable="PAIDAN_DB"),
    "operator": Spec(
        default=lambda environ: environ.get("USER") or environ.get("LOGNAME") or "desk"
    ),
    "bell": Spec(default=lambda _environ: True, kind=bool),
    "flash": Spec(default=lambda _environ: True, kind=bool),
    "notify": Spec(default=lambda _environ: False, kind=bool),
    "readonly": Spec(default=lambda _environ: False, kind=bool),
    "mouse": Spec(
        default=lambda _environ: "auto",
        read=lambda text: text if text in MOUSE else None,
        choices=", ".join(MOUSE),
    ),
    "low_bandwidth": Spec(default=lambda _environ: False, kind=bool),
    "contract_days": Spec(
        default=lambda _environ: str(AHEAD_DAYS), read=_days, choices="1, 30, 60, 3650"
    ),
    "quiet_hours": Spec(default=lambda _environ: "", read=checked, choices="22:00-06:00"),
}


_FLAGS: Final[Mapping[str, str]] = {
    "language": "--lang",
    "store": "--db",
    "operator": "--as",
    "low_bandwidth": "--low-bandwidth",
}
"""What the command line calls a setting, where that is not its name."""


def plain_text(path: Path, *, encoding: str = "utf-8") -> str:
    """What a small file says; `OSError` for one that has no end, or cannot be settings."""
    with path.open(encoding=encoding) as file:
        text = file.read(LONGEST_FILE + 1)
    if len(text) > LONGEST_FILE:
        raise OSError(N_("{path} is too long").format(path=path))
    return text


def _read(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        text = plain_text(path)
    except FileNotFoundError:
        if must_exist:
            raise BadInput(
                where="PAIDAN_CONFIG",
                wrong=N_("there is no file {path}").format(path=path),
                right=N_("name a TOML file, or unset it"),
            ) from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            where=str(path), wrong=why(error), right=N_("make it a readable text file")
        ) from error
    import tomllib  # where there is no file, it is not on the way to the first paint

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(where=str(path), wrong=str(error), right=N_("write TOML")) from error


def _in_its_table(tables: Mapping[str, Any], path: Path) -> None:
    for name in tables:
        if name in SPECS:
            wrong = N_("“{name}” stands outside a table").format(name=name)
            raise BadInput(where=str(path), wrong=wrong, right=N_("put it under [desk]"))


def _setting(
    name: str,
    spec: Spec,
    flags: Mapping[str, str | bool | None],
    environ: Mapping[str, str],
    desk: Mapping[str, Any],
    path: Path,
) -> Setting:
    offered: tuple[tuple[Source, str, Any], ...] = (
        (Source.FLAG, _FLAGS.get(name, f"--{name}"), flags.get(name)),
        (Source.ENVIRONMENT, spec.variable or "", environ.get(spec.variable or "") or None),
        (Source.FILE, f"{path} [desk] {name}", desk.get(name)),
    )
    for source, where, value in offered:
        if value is not None:
            return Setting(name=name, value=_checked(spec, value, where), source=source)
    return Setting(name=name, value=spec.default(environ), source=Source.DEFAULT)


def _checked(spec: Spec, value: object, where: str) -> str | bool:
    if not isinstance(value, spec.kind):
        wrong = N_("“{value}” is not of this kind").format(value=safe(str(value)))
        raise BadInput(where=where, wrong=wrong, right=_TYPES[spec.kind])
    if isinstance(value, bool):
        return value
    taken = spec.read(value)
    if taken is None:
        wrong = N_("“{value}” is not known").format(value=safe(str(value)))
        right = N_("choose among {choices}").format(choices=spec.choices)
        raise BadInput(where=where, wrong=wrong, right=right)
    return taken
