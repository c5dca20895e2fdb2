"""Topic 8: an engine that differentiates by itself, in both directions, made of plain Python.

Fill in every function and both classes. Until you do, they raise NotImplementedError and count as "not started".

Conventions of this topic: a number is a Python float (or int), there are no tensors, and torch, NumPy, graphlib and the
like may not be imported: `math`, `random` and loops are all it takes. Nothing may depend on Python's recursion: graphs
are thousands of values deep, and raising the recursion limit is not allowed. A *graph* is everything that was computed
on the way to a result, the *root*. The values an operation was given are the *parents* of the value it made.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable


def topo_order(root: Value) -> list[Value]:
    """Every value of root's graph, in an order in which each one stands after all of its parents.

    root  any value; its parents are root.parents, their parents are root.parents[0].parents, and so on. There are no
          circles. Read nothing but `parents` (a tuple): the checks also hand you other objects that have nothing else.

    Returns a list that holds every value of the graph exactly once (the same objects, compared by identity); root is
    its last entry. Which of the orders that fit is up to you. Takes time in proportion to the number of values and of
    parents, however many paths lead from root to a value, and works for chains of thousands of values. Leaves no traces
    in the values, and a second call gives an order just as right.

    >>> x = Value(3.0)
    >>> y = x * x
    >>> z = y + x
    >>> [value.data for value in topo_order(z)]
    [3.0, 9.0, 12.0]
    """
    raise NotImplementedError


class Value:
    """A number that remembers how it was made. `Value(3.0)` is a leaf; operations make the others.

    data     the number
    grad     0.0 at first; every backward() that reaches this value adds to it
    parents  a tuple of the values it was computed from, in the order of the formula: x * x has the parents (x, x), a
             leaf has ()
    op       "" for a leaf, else the operation: "+", "*", "**", "relu", "exp", "log", "tanh". Whether a - b, a / b and
             -a are operations "-" and "/" of their own or made of others is up to you.

    Operations: a + b, a - b, a * b, a / b where one of the two may be a plain number, on either side; -a; a ** n with a
    number n. Each makes a new Value and changes nothing in its operands. What becomes of a plain number (a leaf, or no
    value at all) is up to you.

    >>> x = Value(2.0)
    >>> y = 3 * x**2 - 1
    >>> y.data
    11.0
    >>> y.backward()
    >>> x.grad
    12.0
    """

    def __init__(self, data: float) -> None:
        raise NotImplementedError

    def __add__(self, other: Value | float) -> Value:
        """self + other"""
        raise NotImplementedError

    def __radd__(self, other: float) -> Value:
        """other + self, for a plain number: Python asks here because numbers know nothing of Values."""
        raise NotImplementedError

    def __sub__(self, other: Value | float) -> Value:
        """self - other"""
        raise NotImplementedError

    def __rsub__(self, other: float) -> Value:
        """other - self, for a plain number"""
        raise NotImplementedError

    def __mul__(self, other: Value | float) -> Value:
        """self * other"""
        raise NotImplementedError

    def __rmul__(self, other: float) -> Value:
        """other * self, for a plain number"""
        raise NotImplementedError

    def __truediv__(self, other: Value | float) -> Value:
        """self / other; the divisor is not 0."""
        raise NotImplementedError

    def __rtruediv__(self, other: float) -> Value:
        """other / self, for a plain number"""
        raise NotImplementedError

    def __neg__(self) -> Value:
        """-self"""
        raise NotImplementedError

    def __pow__(self, exponent: float) -> Value:
        """self ** exponent, for a plain number. The base is positive, or the exponent is a whole number (and not
        negative if the base is 0). self ** 0 is 1 with derivative 0, whatever self is."""
        raise NotImplementedError

    def relu(self) -> Value:
        """max(0, self); the derivative at exactly 0 is 0."""
        raise NotImplementedError

    def exp(self) -> Value:
        """e to the power of self"""
        raise NotImplementedError

    def log(self) -> Value:
        """The natural logarithm of self, which is > 0"""
        raise NotImplementedError

    def tanh(self) -> Value:
        """The hyperbolic tangent of self, also of -1000 and 1000, where it is -1 and 1 and its derivative 0"""
        raise NotImplementedError

    def backward(self) -> None:
        """Add to v.grad, for every value v of this value's graph, the derivative of self with respect to v.

        Self is in its own graph: its derivative is 1. Gradients add up: after backward() of two results, or twice of
        the same one, the .grad of a leaf is the sum of both derivatives. (What the .grad of a value that an operation
        made holds after a second call is not asked; of every value it is right after the first.) Values outside the
        graph of self keep their .grad. Takes time in proportion to the size of the graph, not to the number of paths.
        """
        raise NotImplementedError


class Dual:
    """A number together with its tangent: how fast it changes when the inputs move in a given direction.

    value    the number
    tangent  its derivative along that direction; 0.0 for a constant

    Operations: a + b, a - b, a * b where one of the two may be a plain number (a constant), on either side, and the
    methods exp() and sin(). Each gives a new Dual and changes nothing in its operands.

    >>> a, b = Dual(2.0, 1.0), Dual(5.0)
    >>> c = 3 * a * b
    >>> c.value, c.tangent
    (30.0, 15.0)
    """

    def __init__(self, value: float, tangent: float = 0.0) -> None:
        raise NotImplementedError

    def __add__(self, other: Dual | float) -> Dual:
        """self + other"""
        raise NotImplementedError

    def __radd__(self, other: float) -> Dual:
        """other + self, for a plain number"""
        raise NotImplementedError

    def __sub__(self, other: Dual | float) -> Dual:
        """self - other"""
        raise NotImplementedError

    def __rsub__(self, other: float) -> Dual:
        """other - self, for a plain number"""
        raise NotImplementedError

    def __mul__(self, other: Dual | float) -> Dual:
        """self * other"""
        raise NotImplementedError

    def __rmul__(self, other: float) -> Dual:
        """other * self, for a plain number"""
        raise NotImplementedError

    def exp(self) -> Dual:
        """e to the power of self"""
        raise NotImplementedError

    def sin(self) -> Dual:
        """The sine of self, in radians"""
        raise NotImplementedError


def jvp_forward(f: Callable[[list[Dual]], Dual | float], x: list[float], v: list[float]) -> float:
    """The derivative of f at x in the direction v, sum over i of (df / dx[i]) * v[i], by forward mode.

    f     takes a list of as many Duals as x has numbers and computes with their operations. It may use some of them not
          at all, and it may return a plain number: a constant, which does not change in any direction.
    x, v  lists of n >= 1 numbers each; they are left as they are.

    Returns a number, exact up to rounding: no small steps. f is called exactly once, whatever n is.

    >>> jvp_forward(lambda x: x[0] * x[1] + x[1].exp(), [3.0, 0.0], [10.0, 1.0])
    4.0
    """
    raise NotImplementedError


def graph_cost(root: Value) -> dict[str, int]:
    """What the graph of a result costs to keep and to read back.

    nodes   how many values it holds, root and leaves included, each counted once
    edges   how many parents they have together: x * x has two, even if they are the same value
    stored  how many of these values have numbers that the way back must still know. By the operation of each value,
            these are:  "*", "/"              the numbers of its parents
                        "**", "log"           the number of its parent
                        "exp", "tanh", "relu" its own number
                        "+", "-", ""          none
            A value that several operations need is stored once.

    root  any value. Read nothing but `parents` and `op`: the checks also hand you other objects that have nothing else.

    Returns a dict with exactly these three keys. Time in proportion to the size of the graph, as for topo_order.

    >>> x, w, b = Value(2.0), Value(3.0), Value(1.0)
    >>> graph_cost((w * x + b).tanh())
    {'nodes': 6, 'edges': 5, 'stored': 3}
    """
    raise NotImplementedError


def mlp(params: list[Value], x: list[float]) -> Value:
    """The output of a network with 2 inputs, 8 hidden tanh units and 1 linear output: 2-8-1.

    params  33 Values. Unit j = 0 ... 7 has its weights for x[0] and x[1] at params[3 * j] and params[3 * j + 1] and its
            bias at params[3 * j + 2]; the output has its weight for unit j at params[24 + j], its bias at params[32].
    x       two numbers

    Returns a Value: sum over j of params[24 + j] * tanh(params[3 j] * x[0] + params[3 j + 1] * x[1] + params[3 j + 2]),
    plus params[32], with a graph that leads back to every parameter. Of a Value only arithmetic and tanh() are used.

    >>> round(mlp([Value(0.5)] * 33, [0.0, 0.0]).data, 4)  # 8 * 0.5 * tanh(0.5) + 0.5
    2.3485
    """
    raise NotImplementedError


def train_xor(seed: int) -> tuple[list[float], float]:
    """Train `mlp` on the table of "either, but not both", with your own Value and backward().

        x[0] x[1]  target      The loss is the mean over the four rows of (output - target) squared. How you draw the
         0    0      0         33 first numbers, which optimiser you write, how large and how many its steps are, is up
         0    1      1         to you. The checks want a loss below 0.05 and every output on the right side of 0.5, for
         1    0      1         at least two of three seeds. A few hundred steps are plenty.
         1    1      0

    seed  an int; all chance comes from random.Random(seed). The same seed gives exactly the same result, another seed
          another start and so another result.

    Returns the trained parameters as 33 plain numbers, in the order of `mlp`, and the loss of the network with exactly
    these parameters, as a plain number.

    >>> params, loss = train_xor(0)
    >>> len(params), loss < 0.05
    (33, True)
    """
    raise NotImplementedError
