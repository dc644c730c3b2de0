"""The benchmark suites, one versioned JSON file each."""
