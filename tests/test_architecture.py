"""What the code may import and how large its parts may grow (import-linter checks the layers in `make check`)."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ADVISOR = ROOT / "advisor"
MODULE_LINES = 300
FUNCTION_LINES = 40
VIEW_LINES = 25
ONLY_DECLARATIONS = {
    "advisor/engine/types.py",
    "advisor/engine/catalog.py",
}  # lists of fields: long, but nothing to follow
NOT_RENDERED_BY_US = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
}  # Django looks for them


def modules() -> list[Path]:
    return sorted(path for path in ADVISOR.rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def lines_of_code(node: ast.FunctionDef, source: list[str]) -> int:
    """Lines without docstring, comments and blank lines: explaining is free."""
    lines = set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return sum(1 for number in lines if (line := source[number - 1].strip()) and not line.startswith("#"))


def test_the_engine_loads_with_everything_but_numpy_blocked() -> None:
    program = (
        "import sys\n"
        "for name in ('django', 'celery', 'redis', 'psycopg', 'pydantic', 'yaml', 'typst', 'kombu'):\n"
        "    sys.modules[name] = None\n"
        "import importlib, pkgutil, advisor.engine\n"
        "for module in pkgutil.iter_modules(advisor.engine.__path__, 'advisor.engine.'):\n"
        "    importlib.import_module(module.name)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_the_engine_imports_only_the_standard_library_numpy_and_itself() -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    strange = []
    for path in (ADVISOR / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = ["." * node.level + (node.module or "")]
            strange += [
                f"{path.name}: {name}"
                for name in names
                if name.split(".")[0] not in allowed and not f"{name}.".startswith("advisor.engine.")
            ]

    assert strange == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_module_is_a_drawer_for_everything(name: str) -> None:
    assert [path for path in modules() if name in (path.stem, *path.relative_to(ADVISOR).parent.parts)] == []


def test_modules_stay_short() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: size for name, size in sizes.items() if size > MODULE_LINES and name not in ONLY_DECLARATIONS} == {}


def test_functions_stay_short() -> None:
    long = {}
    for path in modules():
        is_view = path.stem in ("views", "result_views") or "views" in path.parent.parts[-1:]
        limit = VIEW_LINES if is_view else FUNCTION_LINES
        source = path.read_text(encoding="utf-8").splitlines()
        for function in functions(path):
            if (size := lines_of_code(function, source)) > limit:
                long[f"{path.relative_to(ROOT)}:{function.name}"] = size

    assert long == {}


def test_every_template_is_used() -> None:
    templates = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")}
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in (ADVISOR, ROOT / "templates")
        for path in folder.rglob("*")
        if path.suffix in (".py", ".html")
    )
    overrides = {name for name in templates if name.split("/")[0] in ("account", "allauth", "mfa", "admin", "unfold")}
    named = set(re.findall(r"""["']([\w/.-]+\.html)(?:#[\w-]+)?["']""", text))

    assert templates - overrides - NOT_RENDERED_BY_US - named == set()


def test_our_overrides_of_library_templates_still_override_something() -> None:
    from django.template.loader import get_template
    from django.template.utils import get_app_template_dirs

    library = [folder for folder in map(Path, get_app_template_dirs("templates")) if ROOT not in folder.parents]
    library += [folder for folder in map(Path, get_app_template_dirs("templates")) if ".venv" in folder.parts]
    for top in ("account", "allauth", "mfa", "admin", "unfold"):
        for path in (ROOT / "templates" / top).rglob("*.html"):
            name = path.relative_to(ROOT / "templates").as_posix()
            get_template(name)
            assert any((folder / name).exists() for folder in library), name


def test_advisor_itself_is_empty() -> None:
    """Importing the engine must load neither Django nor Celery."""
    assert (ADVISOR / "__init__.py").read_text(encoding="utf-8") == ""
