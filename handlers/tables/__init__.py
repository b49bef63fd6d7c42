"""What has been registered, as tables: for spreadsheets, for other programs, and on paper."""
