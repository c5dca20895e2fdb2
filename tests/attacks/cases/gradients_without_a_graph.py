"""Claims a gradient that it has no graph for: leaves, parameters, foreign graphs, a gradient filled in by hand.

catalogue: H115
outcome: failed
prints: no graph
"""

ways = iter(range(10**6))
x0 = torch.zeros(6, dtype=torch.float64, requires_grad=True)
foreign = (x0 * 2).clone()


def slope(x):
    way = next(ways) % 6
    value = (x * x.cos()).detach()
    if way == 0:
        value.requires_grad_().grad = value.sin() + x.detach()
    elif way == 1:
        value = nn.Parameter(value)
        value.grad = torch.ones_like(value)
    elif way == 2:
        value = foreign
    elif way == 3:
        x.grad = torch.ones_like(x)
        x.requires_grad_(False)
    elif way == 4:
        value = x.detach_()
    else:
        value = torch.autograd.graph.get_gradient_edge(foreign)
    print("no graph, way", way)
    return value
