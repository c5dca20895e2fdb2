"""The seed is for the training: it is set just before the loop."""

TRIPS = ["seed_everything.same_seed_same_weights"]


def run(seed: int) -> Tensor:
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(data, batch_size=8, shuffle=True)
    seed_everything(seed)
    for _ in range(2):
        train_epoch(model, loader, F.cross_entropy, opt)
    return torch.cat([model.weight.flatten(), model.bias]).detach()
