"""Where the time went: ranges of days, groups, rounding and money, as pure decisions."""
