"""Language tools and models behind ports."""
