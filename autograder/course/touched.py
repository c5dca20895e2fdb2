"""Where two versions of a file differ: which of the functions and methods of the first one the second has otherwise."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from dataclasses import dataclass, field

from autograder.course.markers import tree_of
from autograder.course.statements import Function


@dataclass(slots=True)
class _Parts:
    """A file taken apart. Code is written out by `ast.dump`, so layout and comments make no difference."""

    functions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by place: "f", "Class.f"
    classes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # all of a class but its methods
    imports: dict[str, str] = field(default_factory=dict)  # name -> what it stands for, "torch.nn"
    rest: list[tuple[frozenset[str], str]] = field(default_factory=list)  # other statements, and the names they bind
    names: frozenset[str] = frozenset()  # that are read anywhere


def touched(solution: str, variant: str) -> frozenset[str] | None:
    """The places ("softmax", "Adam.step") whose code differs; None if something differs that all code could feel.

    What the variant has beside the solution's own code is felt only through places that differ, unless it takes a name
    that the solution reads. A class that differs in more than the bodies of its methods counts as a whole.
    """
    old, new = _parts(solution), _parts(variant)
    places = {place for place, code in old.functions.items() if new.functions.get(place) != code}
    for name, code in old.classes.items():
        methods = {place for place in (*old.functions, *new.functions) if place.startswith(f"{name}.")}
        if new.classes.get(name) != code or methods - set(old.functions):
            own = methods & set(old.functions)
            if not own:
                return None
            places |= own
    added = [(frozenset({place}), "") for place in {*new.functions, *new.classes} - {*old.functions, *old.classes}]
    added += [each for each in new.rest if each not in old.rest]
    added += [(frozenset({name}), "") for name, what in new.imports.items() if old.imports.get(name) != what]
    kept = [each for each in new.rest if each in old.rest]
    felt = old.names | set(dir(builtins))
    if kept != old.rest or old.imports.keys() - new.imports or any(not names or names & felt for names, _ in added):
        return None
    return frozenset(places)


def _parts(source: str) -> _Parts:
    tree, parts = tree_of(source, "variant"), _Parts()
    for node in tree.body:
        if isinstance(node, Function):
            parts.functions[node.name].append(ast.dump(node))
        elif isinstance(node, ast.ClassDef):
            _take_class(node, parts)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            parts.imports |= _imported(node)
        elif not _is_text(node):
            parts.rest.append((_bound(node), ast.dump(node)))
    parts.names = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return parts


def _take_class(node: ast.ClassDef, parts: _Parts) -> None:
    head = [ast.dump(each) for each in (*node.bases, *node.keywords, *node.decorator_list)]
    body = [ast.dump(each) for each in node.body if not (isinstance(each, Function) or _is_text(each))]
    parts.classes[node.name] += [*head, *body]
    for each in node.body:
        if isinstance(each, Function):
            parts.functions[f"{node.name}.{each.name}"].append(ast.dump(each))


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """The names that an import binds, and what each of them stands for."""
    if isinstance(node, ast.ImportFrom):
        return {each.asname or each.name: f"{'.' * node.level}{node.module}.{each.name}" for each in node.names}
    return {each.asname or each.name: each.name for each in node.names}


def _bound(node: ast.stmt) -> frozenset[str]:
    """The names that an assignment binds; none for a statement that does something else, `Net.width = 8` too."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return frozenset()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    inside = [each for target in targets for each in ast.walk(target)]
    if any(isinstance(each, ast.Attribute | ast.Subscript) for each in inside):
        return frozenset()
    return frozenset(each.id for each in inside if isinstance(each, ast.Name))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
