"""The network: polite, bounded and guarded fetching."""
