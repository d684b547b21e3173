"""Report documents in; HTML and PDF out."""
