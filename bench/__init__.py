"""Benchmarks: speed and memory of each stage and of the whole way, beside a peer in the same run where there is one."""
