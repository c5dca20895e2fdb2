"""One submission in, one result out; scores and proofs are arithmetic on results."""
