"""Checks between the columns and tables of the parts without an experiment."""
