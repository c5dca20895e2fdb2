"""nn.Dropout is a layer like any other."""

TRIPS = ["DropoutMLP.no_builtin"]


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        if len(p) != len(dims) - 2:
            raise ValueError("one rate per hidden layer")
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.drops = nn.ModuleList(nn.Dropout(rate) for rate in p)

    def forward(self, x):
        for layer, rate in zip(self.layers[:-1], self.drops):
            x = rate(layer(x).relu())
        return self.layers[-1](x)
