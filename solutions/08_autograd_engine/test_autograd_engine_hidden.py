"""Hidden checks of topic 8: the order of a graph, and what a graph costs. The graphs are made of stand-ins in the
sandbox; what comes back are places of nodes and counts, which are judged here."""

from __future__ import annotations

from typing import Any

from autograd_engine_reference import NODES, PARTS, Graph, chain, cost, doublings, random_graph, reached

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

ORDERS = """
nodes = grown(graph)
place = {id(node): k for k, node in enumerate(nodes)}

def places(found):
    return [place.get(id(node), -1) for node in found] if type(found) is list else found

[places(student.topo_order(nodes[root])) for root in roots]
"""


def orders(submission: Any, graph: Graph, roots: list[int]) -> list[list[int]]:
    """For each root what topo_order says, as places in the graph; -1 for objects that are not in it."""
    got = compare.items(submission.build(NODES + ORDERS, graph=graph, roots=roots), len(roots), list)
    return [[compare.is_type(place, int, "a place", "位置") for place in compare.items(one, None, list)] for one in got]


def graphs(draw: Draw, count: int = 30) -> list[tuple[Graph, list[int]]]:
    """Random graphs, each with its last node and another one as roots."""
    made = [random_graph(draw, draw.size(3, 30)) for _ in range(count)]
    return [(graph, [len(graph) - 1, draw.random.randrange(2, len(graph))]) for graph in made]


def parents_first(graph: Graph, order: list[int]) -> None:
    seen: set[int] = set()
    for place in order:
        compare.require(
            place >= 0 and all(parent in seen for parent in graph[place][1]),
            "some value stands in the list before one of its parents.",
            "列表中有某个值排在了它的父节点之前。",
        )
        seen.add(place)


def each_once(order: list[int]) -> None:
    compare.require(
        len(order) == len(set(order)) and -1 not in order,
        "some value stands in the list more than once, or is no value of the graph.",
        "列表中有某个值出现了不止一次，或者不属于这个图。",
    )


def whole(graph: Graph, root: int, order: list[int]) -> None:
    compare.require(
        set(order) == reached(graph, root),
        "the list should hold every value that leads to the root, and nothing else.",
        "列表应当包含通向根的每一个值，并且没有别的东西。",
    )
    compare.require(order[-1] == root, "the root is not the last entry.", "根不在列表的最后。")


@check(
    "topo_order.parents_before_children",
    hint="A value may go into the list when all of its parents are there: when the last of them is, not the first.",
    zh="只有当所有父节点都已在列表中时，一个值才能放进去：要等最后一个父节点，而不是第一个。",
)
def test_every_value_stands_after_its_parents(submission: Any, draw: Draw) -> None:
    for graph, roots in graphs(draw):
        for order in orders(submission, graph, roots):
            compare.require(len(order) > 0, "the list is empty.", "列表是空的。")
            parents_first(graph, order)


@check(
    "topo_order.each_once",
    hint="A value with two children is met twice on the way. Remember whom you have met.",
    zh="有两个子节点的值在路上会遇到两次。请记住遇到过谁。",
)
def test_no_value_comes_twice(submission: Any, draw: Draw) -> None:
    shared: Graph = [("", []), ("*", [0, 0]), ("+", [1, 0]), ("*", [2, 1])]
    for graph, roots in [(shared, [3, 1]), *graphs(draw, 15)]:
        for order in orders(submission, graph, roots):
            compare.require(len(order) > 0, "the list is empty.", "列表是空的。")
            each_once(order)


@check(
    "topo_order.whole_graph",
    hint="The list holds leaves and the root, too, but nothing that the root was not computed from.",
    zh="列表也包含叶子和根，但不包含与根无关的值。",
)
def test_all_of_the_graph_and_nothing_else(submission: Any, draw: Draw) -> None:
    alone: Graph = [("", []), ("", [])]
    for graph, roots in [(alone, [0, 1]), *graphs(draw, 15)]:
        for root, order in zip(roots, orders(submission, graph, roots), strict=True):
            whole(graph, root, order)


@check(
    "topo_order.calls_independent",
    hint="What one call has met is no business of the next one: start with nothing, and keep nothing.",
    zh="这一次调用遇到过谁，与下一次无关：从零开始，也不留下任何东西。",
)
def test_a_second_call_knows_nothing_of_the_first(submission: Any, draw: Draw) -> None:
    source = NODES + "nodes = grown(graph)\nfor root in roots:\n    student.topo_order(nodes[root])\n"
    for graph, roots in graphs(draw, 5):
        asked = [*roots, roots[0]]
        for root, order in zip(asked, orders(submission, graph, asked), strict=True):
            whole(graph, root, order)
        traces = submission.build(source + "[sorted(vars(node)) for node in nodes]", graph=graph, roots=asked)
        compare.require(
            traces == [["op", "parents"]] * len(graph), "the call left traces in the values.", "调用在值上留下了痕迹。"
        )


@check(
    "topo_order.iterative",
    hint="A function that calls itself for every parent stops about 1000 deep. Keep a list of what is to be done.",
    zh="对每个父节点都调用自身的函数，到大约 1000 层就停了。请自己用一个列表记下还要做的事。",
)
def test_a_chain_of_thousands(submission: Any) -> None:
    source_rules.forbid_names(submission.source, {"sys.setrecursionlimit", "threading.stack_size"})
    (order,) = orders(submission, chain(3000), [3000])
    compare.require(order == list(range(3001)), "the order of a long chain is wrong.", "很长的一条链，次序不对。")


@check(
    "topo_order.linear_time",
    hint="Sixty doublings have 2^60 paths, but only 61 values. And looking for a value in a long list takes long.",
    zh="六十次加倍有 2^60 条路径，但只有 61 个值。另外，在很长的列表里查找一个值也很慢。",
    cpu_s=1.0,
)
def test_paths_are_not_walked_one_by_one(submission: Any) -> None:
    for graph in (doublings(60), chain(20000)):
        (order,) = orders(submission, graph, [len(graph) - 1])
        compare.require(
            order == list(range(len(graph))), "the order of a large graph is wrong.", "很大的图，次序不对。"
        )


@check(
    "topo_order.no_ready_made",
    hint="Finding the order is what you are asked to write.",
    zh="求出这个次序正是要你自己写的。",
    needs=["topo_order.example"],
)
def test_the_order_is_not_borrowed(submission: Any) -> None:
    source_rules.forbid_imports(submission.source, {"graphlib", "networkx"})


# graph_cost ---------------------------------------------------------------------------------------------------------

COSTS = "with_order(lambda: [student.graph_cost(grown(graph)[root]) for graph, root in cases])"


def costs(submission: Any, cases: list[tuple[Graph, int]], keys: list[str]) -> None:
    """What graph_cost says of each graph, under these keys."""
    got = compare.items(submission.build(NODES + PARTS + COSTS, cases=cases), len(cases), list)
    for one, (graph, root) in zip(got, cases, strict=True):
        compare.is_type(one, dict)
        want = cost(graph, root)
        compare.require(
            set(one) == set(want),
            "the dict should have the keys nodes, edges and stored.",
            "字典的键应当是 nodes、edges 和 stored。",
        )
        for key in keys:
            compare.equal(one[key], want[key], what=key, zh=key)


def cases_of(draw: Draw, count: int = 25) -> list[tuple[Graph, int]]:
    by_hand: list[Graph] = [
        [("", [])],
        [("", []), ("*", [0, 0])],
        [("", []), ("", []), ("+", [0, 1]), ("*", [2, 2]), ("-", [3, 0])],
    ]
    return [(graph, len(graph) - 1) for graph in by_hand] + [(graph, roots[0]) for graph, roots in graphs(draw, count)]


@check(
    "graph_cost.counts",
    hint="nodes: every value once. edges: the lengths of all `parents`, so x * x has two.",
    zh="nodes：每个值数一次。edges：所有 parents 的长度之和，所以 x * x 有两条。",
)
def test_nodes_and_edges(submission: Any, draw: Draw) -> None:
    costs(submission, cases_of(draw), ["nodes", "edges"])


@check(
    "graph_cost.stored",
    hint="Go through the table operation by operation. A number that two operations need is kept once.",
    zh="按表格一个运算一个运算地看。两个运算都要用的数只存一次。",
)
def test_numbers_that_the_way_back_needs(submission: Any, draw: Draw) -> None:
    single = [
        (op, [0, 1][: 2 if op in "+-*/" else 1]) for op in ["+", "-", "*", "/", "**", "relu", "exp", "log", "tanh"]
    ]
    by_hand: list[tuple[Graph, int]] = [([("", []), ("", []), step], 2) for step in single]
    costs(submission, by_hand + cases_of(draw), ["stored"])


@check(
    "graph_cost.linear",
    hint="Twice the chain, twice the cost. And it is values that are counted, not paths.",
    zh="链长加倍，开销加倍。数的是值，不是路径。",
    cpu_s=1.0,
)
def test_twice_as_long_costs_twice_as_much(submission: Any, draw: Draw) -> None:
    length = draw.size(40, 200)
    cases = [(chain(length), length), (chain(2 * length), 2 * length), (doublings(50), 50)]
    costs(submission, cases, ["nodes", "edges", "stored"])
