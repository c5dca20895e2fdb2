"""n // batch batches."""

TRIPS = ["batch_effect.updates", "batch_effect.example"]


def updates_per_run(n, batch, epochs):
    return n // batch * epochs
