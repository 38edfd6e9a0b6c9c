"""The words of the trade, as plain frozen values. Knows no database, no screen and no file format."""
