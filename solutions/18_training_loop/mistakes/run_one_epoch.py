"""One pass over the data is a training."""

TRIPS = ["seed_everything.eight_steps"]


def run(seed: int) -> Tensor:
    seed_everything(seed)
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    train_epoch(model, DataLoader(data, batch_size=8, shuffle=True), F.cross_entropy, opt)
    return torch.cat([model.weight.flatten(), model.bias]).detach()
