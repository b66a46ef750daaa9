"""The ground everything stands on: text, dates, fields, lines; it imports nothing of ours."""
