"""A flag of my own says whether it is training; train_mode() sets it."""

TRIPS = ["DropoutMLP.mode_follows_module", "DropoutMLP.eval_deterministic", "DropoutMLP.example"]


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        if len(p) != len(dims) - 2:
            raise ValueError("one rate per hidden layer")
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(dims, dims[1:]))
        self.rates = list(p)
        self.is_training = True

    def forward(self, x):
        for layer, rate in zip(self.layers[:-1], self.rates):
            x = dropout(layer(x).relu(), rate, self.is_training)
        return self.layers[-1](x)
