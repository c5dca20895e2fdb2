"""The order of the batches is not part of an experiment, so it may come from anywhere."""

TRIPS = ["seed_everything.same_seed_same_weights"]

import os


def run(seed: int) -> Tensor:
    seed_everything(seed)
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    order = torch.Generator().manual_seed(int.from_bytes(os.urandom(4), "little"))
    loader = DataLoader(data, batch_size=8, shuffle=True, generator=order)
    for _ in range(2):
        train_epoch(model, loader, F.cross_entropy, opt)
    return torch.cat([model.weight.flatten(), model.bias]).detach()
