"""zip goes as far as both lists go."""

TRIPS = ["DropoutMLP.wrong_number_of_rates"]


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.rates = list(p)

    def forward(self, x):
        for layer, rate in zip(self.layers[:-1], self.rates):
            x = dropout(layer(x).relu(), rate, self.training)
        return self.layers[-1](x)
