"""What leaves the site for other programs: data files, the site map, structured data."""
