"""What `deploy/` lays out on a host: twice over, into a root of its own, and taken away again."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final

import pytest

from console import cli_guard
from tests.console.openssh_door import RECIPE, sshd_program
from tests.house.tree import ROOT

_DEPLOY: Final = ROOT / "deploy"
_HOLDS: Final = '#!/bin/sh\necho "$@" >> "$(dirname "$0")/asked"\n'
"""Stands where the environment has its Python: what pip would fetch is not this test's business."""


def _ran(script: str, root: Path) -> str:
    env = {**os.environ, "DESTDIR": str(root)}
    words = ["sh", "-c", f"umask 077; exec {_DEPLOY / script}"]
    done = subprocess.run(words, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _laid(root: Path) -> dict[str, tuple[str, int]]:
    """Files and folders with their modes and group."""
    found = {path: path.stat() for path in sorted(root.rglob("*"))}
    return {
        str(path.relative_to(root)): (stat.filemode(one.st_mode), one.st_gid)
        for path, one in found.items()
    }


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files to others")
@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="systemd is not installed")
def test_a_host_is_laid_out_upgraded_and_left(tmp_path: Path) -> None:
    """The account reads what it needs and writes nothing of it; settings outlive an upgrade."""
    python = tmp_path / "opt/paidan/bin/python"
    python.parent.mkdir(parents=True)
    (tmp_path / "etc").mkdir()
    python.write_text(_HOLDS)
    for path in (python, *python.relative_to(tmp_path).parents):
        (tmp_path / path).chmod(0o755)
    assert "paidan-admin operator code" in _ran("install", tmp_path)
    laid = _laid(tmp_path)
    account = (tmp_path / "etc/passwd").read_text()
    line = next(one for one in account.splitlines() if one.startswith("paidan:")).split(":")
    assert line[5:] == ["/var/lib/paidan", "/usr/sbin/nologin"]
    group = int(line[3])
    assert laid["etc/paidan"] == ("drwxr-x---", group)
    assert laid["etc/paidan/paidan.toml"] == ("-rw-r-----", group)
    for name in ("etc/systemd/system/paidan.service", "etc/logrotate.d/paidan"):
        assert laid[name] == ("-rw-r--r--", 0)
    for name in ("etc/systemd/system", "etc/logrotate.d", "usr/local/sbin"):
        assert laid[name][0] == "drwxr-xr-x"
    assert laid["usr/local/sbin/paidan-admin"] == ("-rwxr-xr-x", 0)
    assert (python.parent / "asked").read_text().count("--require-hashes") == 1

    settings = tmp_path / "etc/paidan/paidan.toml"
    settings.write_text("[desk]\n")
    _ran("install", tmp_path)
    assert _laid(tmp_path) == laid
    assert settings.read_text() == "[desk]\n"

    assert str(settings.parent) in _ran("uninstall", tmp_path)
    left = {name for name, (mode, _group) in _laid(tmp_path).items() if mode.startswith("-")}
    assert {name for name in left if "paidan" in name} == {"etc/paidan/paidan.toml"}


def test_logrotate_takes_the_log_and_the_next_story_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the very file, read by logrotate itself where it is there."""
    program = shutil.which("logrotate", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("logrotate is not installed (Debian: apt-get install logrotate)")
    monkeypatch.setenv("LOGS_DIRECTORY", str(tmp_path / "logs"))
    log = Path(cli_guard.write_log("the first story"))
    log.parent.chmod(0o750)
    told = (_DEPLOY / "paidan.logrotate").read_text()
    account = pwd.getpwuid(os.getuid()).pw_name
    config = tmp_path / "logrotate.conf"
    config.write_text(
        told.replace("/var/log/paidan", str(log.parent)).replace(
            "su paidan paidan", f"su {account} {account}"
        )
    )
    config.chmod(0o644)
    words = [program, "-s", str(tmp_path / "state")]
    looked = subprocess.run([*words, "-d", str(config)], capture_output=True, text=True)
    assert (looked.returncode, "error:" in looked.stderr) == (0, False), looked.stderr
    assert subprocess.run([*words, "-f", str(config)]).returncode == 0
    assert [one.name for one in log.parent.iterdir()] == ["paidan.log.1"]
    cli_guard.write_log("the second story")
    assert "first" not in log.read_text("utf-8")


def test_sshd_takes_the_recipe(tmp_path: Path) -> None:
    """As it is laid out; where an option is not allowed there, it says so."""
    program = sshd_program()
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    config = tmp_path / "sshd_config"
    config.write_text(f"HostKey {key}\nInclude {RECIPE}\n")
    done = subprocess.run([program, "-t", "-f", str(config)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    who = "user=paidan,host=x,addr=192.0.2.7"
    words = [program, "-T", "-C", who, "-f", str(config)]
    told = subprocess.run(words, capture_output=True, text=True).stdout
    assert "forcecommand exec /opt/paidan/bin/paidan attach --folder /var/lib/paidan/serve" in told
    for line in ("disableforwarding yes", "exposeauthinfo yes", "permituserrc no"):
        assert line in told
