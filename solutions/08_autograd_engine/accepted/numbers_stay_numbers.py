"""Differences and quotients are made of sums, products and powers; a plain number is no value of the graph; each value
carries a function that sends its share on; the order comes from counting children (Kahn)."""

import math
import random


def topo_order(root):
    children, found = {id(root): 0}, [root]
    for value in found:
        for parent in value.parents:
            if id(parent) not in children:
                children[id(parent)] = 0
                found.append(parent)
            children[id(parent)] += 1
    order, ready = [], [root]
    while ready:
        value = ready.pop(0) if len(ready) < 50 else ready.pop()
        order.append(value)
        for parent in value.parents:
            children[id(parent)] -= 1
            if children[id(parent)] == 0:
                ready.append(parent)
    order.reverse()
    return order


class Value:
    def __init__(self, data, parents=(), op="", send=lambda share: ()):
        self.data, self.grad, self.parents, self.op, self.send = data, 0, parents, op, send

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), "+", lambda share: (share, share))
        return Value(self.data + other, (self,), "+", lambda share: (share,))

    __radd__ = __add__

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(
                self.data * other.data,
                (self, other),
                "*",
                lambda share: (share * other.data, share * self.data),
            )
        return Value(self.data * other, (self,), "*", lambda share: (share * other,))

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    def __pow__(self, exponent):
        slope = exponent * self.data ** (exponent - 1) if exponent != 0 else 0
        return Value(self.data**exponent, (self,), "**", lambda share: (slope * share,))

    def relu(self):
        return Value(max(self.data, 0), (self,), "relu", lambda share: (share if self.data > 0 else 0,))

    def exp(self):
        made = Value(math.exp(self.data), (self,), "exp")
        made.send = lambda share: (share * made.data,)
        return made

    def log(self):
        return Value(math.log(self.data), (self,), "log", lambda share: (share / self.data,))

    def tanh(self):
        made = Value(math.tanh(self.data), (self,), "tanh")
        made.send = lambda share: (share * (1 - made.data**2),)
        return made

    def backward(self):
        order = topo_order(self)
        before = [value.grad for value in order]
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for parent, share in zip(value.parents, value.send(value.grad)):
                parent.grad += share
        for value, old in zip(order, before):
            value.grad += old


class Dual:
    def __init__(self, value, tangent=0):
        self.pair = (value, tangent)

    value = property(lambda self: self.pair[0])
    tangent = property(lambda self: self.pair[1])

    def __add__(self, other):
        if isinstance(other, Dual):
            return Dual(self.value + other.value, self.tangent + other.tangent)
        return Dual(self.value + other, self.tangent)

    __radd__ = __add__

    def __mul__(self, other):
        if isinstance(other, Dual):
            return Dual(self.value * other.value, self.value * other.tangent + other.value * self.tangent)
        return Dual(self.value * other, self.tangent * other)

    __rmul__ = __mul__

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def exp(self):
        e = math.exp(self.value)
        return Dual(e, e * self.tangent)

    def sin(self):
        return Dual(math.sin(self.value), self.tangent * math.cos(self.value))


def jvp_forward(f, x, v):
    return getattr(f(list(map(Dual, x, v))), "tangent", 0)


def graph_cost(root):
    order = topo_order(root)
    kept = {id(value) for value in order if value.op in {"exp", "tanh", "relu"}}
    for value in order:
        if value.op in {"*", "/", "**", "log"}:
            kept |= {id(parent) for parent in value.parents}
    edges = 0
    for value in order:
        for _ in value.parents:
            edges += 1
    return dict(stored=len(kept), nodes=len(order), edges=edges)


def mlp(params, x):
    hidden = [(params[k] * x[0] + params[k + 1] * x[1] + params[k + 2]).tanh() for k in range(0, 24, 3)]
    return sum(weight * unit for weight, unit in zip(params[24:32], hidden)) + params[32]


def train_xor(seed):
    rng = random.Random(seed)
    table = {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}
    params = [Value(rng.gauss(0, 1)) for _ in range(33)]

    def loss():
        return sum((mlp(params, corner) - target) ** 2 for corner, target in table.items()) * 0.25

    means, squares = [0.0] * 33, [0.0] * 33  # Adam
    for step in range(1, 91):
        for param in params:
            param.grad = 0
        loss().backward()
        for k, param in enumerate(params):
            means[k] = 0.9 * means[k] + 0.1 * param.grad
            squares[k] = 0.99 * squares[k] + 0.01 * param.grad**2
            bias = math.sqrt(1 - 0.99**step) / (1 - 0.9**step)
            param.data -= 0.1 * bias * means[k] / (math.sqrt(squares[k]) + 1e-8)
    return [param.data for param in params], loss().data
