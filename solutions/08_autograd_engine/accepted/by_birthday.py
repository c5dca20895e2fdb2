"""Values are numbered as they are born; backward() takes the youngest first from a heap and needs no order. The order
itself comes from a walk with iterators; slots in the classes; a leaf has an int for a gradient."""

import heapq
import itertools
import math
import random


def topo_order(root):
    order, met = [], {root}
    path = [(root, iter(root.parents))]
    while path:
        value, rest = path[-1]
        for parent in rest:
            if parent not in met:
                met.add(parent)
                path.append((parent, iter(parent.parents)))
                break
        else:
            order.append(value)
            path.pop()
    return order


class Value:
    __slots__ = ("born", "data", "grad", "op", "parents", "weights")
    counter = itertools.count()

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0
        self.op = ""
        self.parents = ()
        self.weights = ()
        self.born = next(Value.counter)

    @classmethod
    def of(cls, thing):
        return thing if isinstance(thing, cls) else cls(thing)

    def _made(self, op, data, *links):
        made = Value(data)
        made.op = op
        made.parents = tuple(parent for parent, _ in links)
        made.weights = tuple(weight for _, weight in links)
        return made

    def __add__(self, other):
        other = Value.of(other)
        return self._made("+", self.data + other.data, (self, 1), (other, 1))

    def __radd__(self, other):
        return Value.of(other) + self

    def __sub__(self, other):
        other = Value.of(other)
        return self._made("-", self.data - other.data, (self, 1), (other, -1))

    def __rsub__(self, other):
        return Value.of(other) - self

    def __mul__(self, other):
        other = Value.of(other)
        return self._made("*", self.data * other.data, (self, other.data), (other, self.data))

    def __rmul__(self, other):
        return Value.of(other) * self

    def __truediv__(self, other):
        other = Value.of(other)
        quotient = self.data / other.data
        return self._made("/", quotient, (self, 1 / other.data), (other, -quotient / other.data))

    def __rtruediv__(self, other):
        return Value.of(other) / self

    def __neg__(self):
        return self._made("*", -self.data, (self, -1), (Value(-1), self.data))

    def __pow__(self, n):
        return self._made("**", math.pow(self.data, n), (self, n and n * math.pow(self.data, n - 1)))

    def relu(self):
        return self._made("relu", self.data * (self.data > 0), (self, self.data > 0))

    def exp(self):
        return self._made("exp", math.exp(self.data), (self, math.exp(self.data)))

    def log(self):
        return self._made("log", math.log(self.data), (self, 1 / self.data))

    def tanh(self):
        return self._made("tanh", math.tanh(self.data), (self, 1 - math.tanh(self.data) ** 2))

    def backward(self):
        shares, youngest = {self.born: 1.0}, [(-self.born, self)]
        while youngest:
            _, value = heapq.heappop(youngest)
            share = shares.pop(value.born)
            if not value.parents or value.grad == 0:
                value.grad += share
            else:
                value.grad = share  # of what was made only the last derivative is kept
            for parent, weight in zip(value.parents, value.weights):
                if parent.born not in shares:
                    heapq.heappush(youngest, (-parent.born, parent))
                shares[parent.born] = shares.get(parent.born, 0) + weight * share


def train_xor(seed):
    rng = random.Random(seed)
    params = [Value(rng.uniform(-1.5, 1.5)) for _ in range(33)]
    rows = [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
    for _ in range(400):  # gradient descent without momentum, until it is good enough
        loss = Value(0)
        for x, target in rows:
            loss = loss + (mlp(params, x) - target) ** 2 / 4
        if loss.data < 0.02:
            break
        for param in params:
            param.grad = 0
        loss.backward()
        for param in params:
            param.data -= 0.12 * param.grad
    errors = [(mlp(params, x).data - target) ** 2 for x, target in rows]
    return [param.data for param in params], sum(errors) / len(errors)
