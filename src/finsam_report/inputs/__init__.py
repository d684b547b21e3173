"""The data contract, reading and checking tables, and the synthetic study."""
