"""The weights only have to be repeatable."""

TRIPS = ["seed_everything.run_trains"]


def run(seed: int) -> Tensor:
    seed_everything(seed)
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(data, batch_size=8, shuffle=True)
    return torch.cat([model.weight.flatten(), model.bias]).detach()
