"""Settings: letterhead, hamlets, signatories, accounts, wording of papers, look, places."""
