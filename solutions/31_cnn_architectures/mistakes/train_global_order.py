"""manual_seed takes care of all randomness."""

import torch
import torch.nn.functional as F

TRIPS = ["train_cnn.generator_only"]


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
