"""The store: Django models, migrations, and queries by noun."""
