"""The rows come as they are."""

TRIPS = ["train_gain.reshuffles"]


def train_dropout(X, y, p, epochs, generator):
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    model = DropoutMLP([64, 128, 96, 10], [p, p])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model.train()
    for _ in range(epochs):
        for rows in torch.arange(len(X)).split(50):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
