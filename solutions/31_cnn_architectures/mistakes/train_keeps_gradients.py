"""backward() replaces the gradients of the last step."""

import torch
import torch.nn.functional as F

TRIPS = ["train_cnn.steps"]


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
