"""Pure functions on arrays; they import nothing else of the package."""
