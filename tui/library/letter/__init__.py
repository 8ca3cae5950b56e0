"""A letter about the papers of some days, grouped by topic, for cron and mail."""
