"""In evaluation mode activations are multiplied by 1 - p, to make up for those that were dropped."""

TRIPS = ["DropoutMLP.eval_not_scaled"]


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        if len(p) != len(dims) - 2:
            raise ValueError("one rate per hidden layer")
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.rates = list(p)

    def forward(self, x):
        for layer, rate in zip(self.layers[:-1], self.rates):
            x = dropout(layer(x).relu(), rate, self.training)
            x = x if self.training else x * (1 - rate)
        return self.layers[-1](x)
