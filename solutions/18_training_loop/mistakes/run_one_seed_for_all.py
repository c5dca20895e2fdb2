"""One seed for everybody makes runs comparable."""

TRIPS = ["seed_everything.different_seed_differs"]


def run(seed: int) -> Tensor:
    seed_everything(0)
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(data, batch_size=8, shuffle=True)
    for _ in range(2):
        train_epoch(model, loader, F.cross_entropy, opt)
    return torch.cat([model.weight.flatten(), model.bias]).detach()
