"""The rules of ARCHITECTURE.md that a linter cannot see."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask

from lna.config import Settings

ROOT = Path(__file__).parent.parent
PYTHON = sorted(ROOT.glob("lna/**/*.py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
EDGES = {"views", "cli"}
READERS = {"models", "queries", "search", "actions"}


def layer(file: Path) -> str:
    """Which of the house's words a file is: its name, or its folder's inside a feature."""
    parts = file.relative_to(ROOT / "lna").with_suffix("").parts
    return parts[1] if len(parts) > 1 else parts[0]


def offenders(files: list[Path], pattern: str, allowed: set[str] = frozenset()) -> list[str]:
    return [
        str(file.relative_to(ROOT))
        for file in files
        if layer_or_name(file) not in allowed and re.search(pattern, file.read_text())
    ]


def layer_or_name(file: Path) -> str:
    return layer(file) if file.suffix == ".py" else file.name


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_every_view_declares_its_gate(app: Flask) -> None:
    assert [name for name, view in app.view_functions.items() if not hasattr(view, "gate")] == []


def test_only_the_edges_commit() -> None:
    assert offenders(PYTHON, r"\bsession\.commit\(", allowed=EDGES) == []


def test_get_views_never_commit(app: Flask) -> None:
    readers = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    for name in readers:
        code = app.view_functions[name].__code__
        assert "commit" not in code.co_names, name


def test_sql_lives_in_models_queries_search_and_actions() -> None:
    features = [file for file in PYTHON if "core" not in file.parts]
    assert offenders(features, r"\bselect\(", allowed=READERS) == []


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_outgrows_a_reader(file: Path) -> None:
    assert file.read_text().count("\n") <= 300
    most = {"views": 20, "actions": 35}.get(layer(file), 60)
    for function in functions(file):
        body = (function.end_lineno or 0) - function.lineno + 1
        assert body <= most, f"{function.name} has {body} lines"


def test_no_template_outgrows_a_reader() -> None:
    assert [str(t) for t in TEMPLATES if t.read_text().count("\n") > 150] == []


def test_every_template_compiles(app: Flask) -> None:
    for template in TEMPLATES:
        app.jinja_env.get_template(template.relative_to(ROOT / "templates").as_posix())


def test_templates_are_csp_safe() -> None:
    """No inline script, style or handler, nor the htmx attributes that need eval."""
    forbidden = (
        r"<script>|<style|\sstyle=|\son[a-z]+=|hx-on|hx-vals=.js|js:|javascript:"
        r"|hx-trigger=\"[^\"]*\[|href=\"#\""
    )
    assert offenders(TEMPLATES, forbidden) == []


def test_every_fragment_carries_the_id_it_is_named_after() -> None:
    for template in TEMPLATES:
        if template.name.startswith("_"):
            name = template.stem[1:].replace("_", "-")
            assert f'id="{name}"' in template.read_text(), template


def test_every_post_form_carries_a_csrf_field() -> None:
    for template in TEMPLATES:
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(), re.S):
            assert "csrf_" in form, template


def test_addresses_are_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]*>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9./-]*", plain), rule.rule


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [f.name for f in fields(Settings) if f"`LNA_{f.name.upper()}`" not in readme] == []


def test_words_of_the_interface_go_through_gettext() -> None:
    """Text between tags in a template is a translated string, a name or a sign."""
    for template in TEMPLATES:
        text = re.sub(NOT_TEXT, " ", template.read_text(), flags=re.S)
        words = re.findall(r">[^<>]*?([A-Za-z]{3,}[^<>]*)<", text)
        plain = [word for word in words if word.strip() not in NAMES]
        assert plain == [], template


NOT_TEXT = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|&[a-z]+;"
NAMES = {"RIS", "BibTeX", "CSV", "Excel", "JSON", "Atom", "Google", "Outlook", "iCalendar", "XLSX"}


def test_no_file_is_named_after_everything() -> None:
    forbidden = {"utils", "util", "helpers", "common", "manager", "managers", "service", "services"}
    assert [str(file) for file in PYTHON if file.stem in forbidden] == []


def test_the_project_speaks_of_the_product_alone() -> None:
    """No address of a package registry, and no path of somebody's machine."""
    texts = [*PYTHON, *TEMPLATES, *ROOT.glob("*.*"), ROOT / "Makefile"]
    for file in texts:
        if file.is_file():
            content = file.read_text(errors="ignore")
            assert not re.search(r"pypi\.|registry\.npm|/home/\w+/|/root/", content), file
