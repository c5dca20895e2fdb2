"""Ed25519 keys and what they sign. The only room that knows the cryptography package."""
