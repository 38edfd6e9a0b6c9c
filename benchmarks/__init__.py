"""Benchmarks: what Storybank adds to the bare parts it is made of, as ratios within one run."""
