"""What the HTML report is made of: what it shows (`view`), its template, its style and its script."""
