"""Data sets made by rule. Each function takes a torch.Generator, draws from nothing else, and works on the CPU."""
