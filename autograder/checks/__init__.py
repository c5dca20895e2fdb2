"""What a check author imports: compare, gradients, training, source_rules, seeding, feedback."""
