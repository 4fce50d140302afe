"""Lists that an operator reads are joined as his language joins them."""

from __future__ import annotations

import ast

from console.i18n import _, use
from store.domain import families
from store.domain.words import N_
from tests.house.tree import ROOT

PLAIN = ", "
AS_TYPED = {
    "console/cli_automatic.py": "modes, as they are typed",
    "console/cli_list.py": "queues and columns, as they are typed",
    "console/cli_settings.py": "figures, as they are typed",
    "console/config.py": "values, as they stand in the file",
    "console/config_keys.py": "values, as they stand in the file",
    "console/config_serve.py": "roles, as they stand in the file",
    "console/config_tables.py": "names, as they stand in the file",
    "console/drill/script_file.py": "names of scripts, as they are typed",
    "console/i18n.py": "languages by their codes, before one is chosen",
    "console/intake/board_keys.py": "keys, as they stand in the file",
    "console/intake/calls_file.py": "columns, as they stand in the file",
    "console/intake/customers.py": "columns, as they stand in the file",
    "console/intake/packing.py": "names of files",
    "console/intake/suggest.py": "TOML",
    "console/intake/technicians.py": "columns, as they stand in the file",
    "console/plan_fields.py": "words, as they are typed",
    "console/serve/words.py": "verbs, as they are typed",
}
"""Where what is joined is not read but typed, and why."""


def test_no_list_on_the_screen_is_joined_in_english() -> None:
    """Between Chinese words stands a Chinese comma: `_(", ").join`."""
    plain = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "console").rglob("*.py")
        if any(map(_joins_plainly, ast.walk(ast.parse(path.read_text()))))
    }
    assert plain == AS_TYPED.keys()


def _joins_plainly(node: ast.AST) -> bool:
    """Whether it is `", ".join`."""
    if not isinstance(node, ast.Attribute) or node.attr != "join":
        return False
    return isinstance(node.value, ast.Constant) and node.value.value == PLAIN


def test_a_list_that_is_a_fact_is_joined_where_it_is_shown() -> None:
    """The store knows no language; the console tells its sentences in one."""
    told = N_("about {orders}").format(orders=families.told(range(1, 15)))
    assert str(told).startswith("about #1, #2, ")
    assert str(told).endswith("#12, ...")
    use("zh_CN")
    try:
        assert "#1、#2、" in _(told)
        assert _(told).endswith("#12、...")
    finally:
        use("en")
