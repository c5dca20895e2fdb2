"""Dropout disturbs the first epochs; afterwards the network settles in evaluation mode."""

TRIPS = ["train_gain.paired_gain", "train_gain.train_acc_lower"]


def train_dropout(X, y, p, epochs, generator):
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    model = DropoutMLP([64, 128, 96, 10], [p, p])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model.train()
    for epoch in range(epochs):
        if epoch == 6:
            model.eval()
        for rows in torch.randperm(len(X)).split(50):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
