"""The settings in force: flags before environment before the configuration file before defaults."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from console import i18n
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "paidan"

ENVIRONMENT: Mapping[str, str] = {
    "store": "PAIDAN_DB",
    "language": "PAIDAN_LANG",
    "operator": "PAIDAN_AS",
    "theme": "PAIDAN_THEME",
}
"""The variable that sets each setting; the file knows the same names, and a table `keys`."""

FLAGS: Mapping[str, str] = {"store": "--db", "language": "--lang", "operator": "--as"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is in force, and where each value came from."""

    store: str
    """The store's URL, or the path of an SQLite file."""
    language: str
    operator: str | None
    """The operator's code; None leaves it to the log-in name."""
    theme: str | None
    """None leaves the choice to the console."""
    keys: Mapping[str, str]
    """Action name to key, where the operator wants another one than ours."""
    path: Path
    """The configuration file, whether it is there or not."""
    origins: Mapping[str, str]
    """Setting to the flag, variable or file it came from; absent for defaults."""


def config_path() -> Path:
    """Where the configuration file is looked for."""
    named = os.environ.get("PAIDAN_CONFIG")
    return Path(named) if named else platformdirs.user_config_path(APP) / "config.toml"


def log_path() -> Path:
    """The file that receives what is too long for a terminal: tracebacks and warnings."""
    return platformdirs.user_log_path(APP) / "paidan.log"


def default_store() -> str:
    """The SQLite file in the platform's data folder."""
    return f"sqlite:///{platformdirs.user_data_path(APP) / 'desk.db'}"


def settings(flags: Mapping[str, str | None]) -> Settings:
    """Put the settings together; raises `BadInput` for a file that cannot be understood."""
    path = config_path()
    written = _read(path)
    found: dict[str, str] = {}
    origins: dict[str, str] = {}
    for name, variable in ENVIRONMENT.items():
        for origin, value in (
            (FLAGS.get(name, ""), flags.get(name)),
            (variable, os.environ.get(variable)),
            (str(path), written.get(name)),
        ):
            if value:
                found[name], origins[name] = value, origin
                break
    keys = written.get("keys", {})
    if keys:
        origins["keys"] = str(path)
    return Settings(
        store=found.get("store") or default_store(),
        language=_known(found.get("language") or _spoken_here(), origins.get("language", "")),
        operator=found.get("operator"),
        theme=found.get("theme"),
        keys=keys,
        path=path,
        origins=origins,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            where=str(path), wrong=str(error), right=N_("mend the file or move it away")
        ) from error
    for name, value in written.items():
        _check(path, name, value)
    return written


def _check(path: Path, name: str, value: object) -> None:
    if name not in ENVIRONMENT and name != "keys":
        known = ", ".join([*ENVIRONMENT, "[keys]"])
        raise BadInput(
            where=str(path),
            wrong=N_("“{name}” is not a setting").format(name=name),
            right=N_("there are {known}").format(known=known),
        )
    texts = value.values() if name == "keys" and isinstance(value, dict) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise BadInput(
            where=str(path),
            wrong=N_("“{name}” is not text").format(name=name),
            right=N_("write it between quotes"),
        )


def _known(language: str, origin: str) -> str:
    code = i18n.matching(language)
    if code is None:
        raise BadInput(
            where=origin,
            wrong=N_("no language “{name}”").format(name=language),
            right=N_("there are {known}").format(known=", ".join(i18n.LANGUAGES)),
        )
    return code


def _spoken_here() -> str:
    tags = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    tag = next((tag for tag in tags if tag), "")
    return i18n.matching(tag) or "en"
