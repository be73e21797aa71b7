"""What is claimed about speed, as commands: ``python -m benchmarks [name ...]``."""
