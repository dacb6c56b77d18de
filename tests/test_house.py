# SPDX-License-Identifier: Apache-2.0
"""The habits of the house that no linter knows, each read off the syntax tree of every file.

Which way imports point is import-linter's question (pyproject.toml), and what the pure core may do is tests/test_purity.py's.
"""

import ast
import re
from functools import cache
from itertools import chain

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "transferguard"

BANNED_WORDS = frozenset({"manager", "helper", "helpers", "util", "utils", "common", "misc", "handle", "process"} | {"payer", "payee"})
"""Words that say nothing, or that stand for sender and recipient elsewhere (design, section 2)."""

PERMITTED_NAMES = frozenset({"match_payee", "payee"})
"""The one public name in which a standard's word stands, and the file that holds it."""

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_POSITIONAL = 3

PRINTERS = ("cli", "ui", "__main__.py", "names/_generate", "_tables")
"""Parts of the package that may write to a terminal."""

LAST_RESORTS = ("cli", "__main__.py", "watching.py")
"""Where a program ends, a fault of ours may be caught whole to become exit status 1; so may one in hooks, which decide nothing."""

FUZZERS = "_fuzz.py"
"""How files end whose very purpose is to count whatever is raised."""


@cache
def sources():
    """Every Python file of the project with its text and tree."""
    folders = ("transferguard", "tests", "examples", ".ci")
    files = sorted(chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders))
    return tuple((file, text, ast.parse(text)) for file in files for text in [file.read_text(encoding="utf-8")])


def own_code():
    """The same for the package alone, generated tables left out."""
    return [(file, text, tree) for file, text, tree in sources() if file.is_relative_to(PACKAGE) and "_tables" not in file.parts]


def place(file, node=None):
    """Path and line, as an editor jumps to it."""
    return f"{file.relative_to(ROOT)}" + (f":{node.lineno}" if node is not None else "")


def nowhere(places):
    """Fail with one line per place, so that each can be opened."""
    if places:
        pytest.fail("\n".join(places), pytrace=False)


def functions(tree):
    """All functions and methods, inner ones included."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def within(file, parts):
    """True if the file lies in one of these rooms of the package."""
    path = file.relative_to(PACKAGE).as_posix()
    return any(path in {part, f"{part}.py"} or path.startswith(f"{part}/") for part in parts)


def as_an_index(name):
    """Constants first, then types, then functions, each by the alphabet: the order that ruff keeps too."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def defined_names(tree):
    """Every name by which others know a thing, with the node that gives it; a local variable is nobody else's business."""
    local = {id(inner) for outer in functions(tree) for inner in ast.walk(outer) if isinstance(inner, ast.Name)}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name, node
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node
            case ast.Name(id=name, ctx=ast.Store()) if id(node) not in local or name == "score":
                yield name, node


def words_of(name):
    """The words of an identifier, in lower case: `NameIndex` and `name_index` both give name and index."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def test_every_file_carries_its_licence_line():
    """One SPDX line says under which licence a file may be used, wherever the file ends up."""
    more = [ROOT / name for name in ("Makefile", "pyproject.toml", ".ci/run")]
    texts = [(file, text) for file, text, _ in sources()] + [(file, file.read_text(encoding="utf-8")) for file in more]

    nowhere([place(file) for file, text in texts if "# SPDX-License-Identifier: Apache-2.0" not in text.split("\n", 2)[:2]])


def test_every_module_says_what_it_is_for():
    """A reader opens any file and learns from its first lines what it decides."""
    nowhere([place(file) for file, _, tree in sources() if not ast.get_docstring(tree)])


def test_every_test_states_its_behaviour():
    """The tests read as a list of sentences about the product."""
    tests = [(file, node) for file, _, tree in sources() if file.name.startswith("test_") for node in functions(tree)]

    nowhere([place(file, node) for file, node in tests if node.name.startswith("test_") and not ast.get_docstring(node)])


def test_tests_are_a_package_tree():
    """Every folder of tests with a Python file is a package, so that two files may bear the same name."""
    folders = {file.parent for file, _, _ in sources() if file.is_relative_to(ROOT / "tests")}

    nowhere([place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()])


def test_public_lists_are_sorted():
    """`__all__` reads as an index."""
    lists = [
        (file, node, ast.literal_eval(node.value))
        for file, _, tree in sources()
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__" and isinstance(node.value, ast.List | ast.Tuple)
    ]

    nowhere([place(file, node) for file, node, names in lists if list(names) != sorted(names, key=as_an_index)])


def test_no_name_says_nothing():
    """Nothing in the package is called by a banned word, and no number is a bare score."""
    named = [(name, place(file, node)) for file, _, tree in own_code() for name, node in defined_names(tree)]
    files = [(file.stem, place(file)) for file, _, _ in own_code()]

    nowhere(
        [
            f"{at} {name}"
            for name, at in named + files
            if name not in PERMITTED_NAMES and (BANNED_WORDS & set(words_of(name)) or name == "score")
        ]
    )


def test_no_test_uses_a_mock():
    """Seams are tested with small real hosts, never with assertions that something was called."""
    nowhere(
        [
            place(file)
            for file, text, _ in sources()
            if re.search(r"unittest\.mock|from unittest import|MagicMock\b", text) and file.name != "test_house.py"
        ]
    )


def test_no_exception_is_caught_without_being_named():
    """Bare and broad handlers would turn a fault of ours into an answer about somebody's money."""
    broad = {"Exception", "BaseException"}
    caught = [
        (file, node, [leaf.id for leaf in ast.walk(clause) if isinstance(leaf, ast.Name)] if clause else ["BaseException"])
        for file, _, tree in sources()
        for node, clause in chain(
            ((node, node.type) for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)),
            ((node, node) for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")),
        )
    ]

    nowhere(
        [
            place(file, node)
            for file, node, names in caught
            if broad & set(names) and not (file.is_relative_to(PACKAGE) and within(file, LAST_RESORTS)) and not file.name.endswith(FUZZERS)
        ]
    )


def test_no_file_holds_two_ideas():
    """A file of the package that outgrows 400 lines wants to be split."""
    nowhere([f"{place(file)} {text.count(chr(10))}" for file, text, _ in own_code() if text.count("\n") > MAX_FILE_LINES])


def test_every_function_fits_a_screen():
    """Nothing in the package is longer than an auditor can follow at once."""
    long = [(file, node) for file, _, tree in own_code() for node in functions(tree) if node.end_lineno - node.lineno >= MAX_FUNCTION_LINES]

    nowhere([f"{place(file, node)} {node.name}" for file, node in long])


def test_no_public_function_takes_more_than_three_positional_parameters():
    """From the fourth on, a caller writes names."""

    def positional(node):
        names = [argument.arg for argument in node.args.posonlyargs + node.args.args]
        return len(names) - (names[:1] in (["self"], ["cls"]))

    nowhere(
        [
            f"{place(file, node)} {node.name}"
            for file, _, tree in own_code()
            for node in functions(tree)
            if not node.name.startswith("_") and positional(node) > MAX_POSITIONAL
        ]
    )


def test_values_are_frozen():
    """Every dataclass of the package is frozen and slotted; one that must change is a class that says so."""
    decorators = [
        (file, node, ast.unparse(decorator))
        for file, _, tree in own_code()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if re.match(r"(dataclasses\.|plain_)?dataclass\b", ast.unparse(decorator))
    ]

    nowhere(
        [f"{place(file, node)} {node.name}" for file, node, text in decorators if "frozen=True" not in text or "slots=True" not in text]
    )


def test_the_package_does_not_print():
    """Only the command line and its cards write to a terminal."""
    nowhere(
        [
            place(file, node)
            for file, _, tree in own_code()
            if not within(file, PRINTERS)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
        ]
    )


def test_every_lint_exception_gives_its_reason():
    """A silenced rule says beside it why it does not apply there."""
    silenced = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]|noqa|type: ignore)\s*$")

    nowhere(
        [
            f"{place(file)}:{number}"
            for file, text, _ in sources()
            for number, line in enumerate(text.split("\n"), 1)
            if silenced.search(line) and file.name != "test_house.py"
        ]
    )
